import type {Restatement} from "../domain/dataset.js";
import {createTickSeries, type TickSeries, tickColumns} from "../domain/tick-series.js";
import type {EpochMs} from "../domain/time.js";
import {gatherRows} from "./gather-rows.js";
import type {JoinContext} from "./join-bars.js";
import {assertOneHistory, createRestatements} from "./restatements.js";

/** Ticks after a pull: what was held, what came, and what the source now says otherwise. */
export interface JoinedTicks {
  readonly ticks: TickSeries;
  readonly added: number;
  /** All that are known, those of earlier pulls first. */
  readonly restatements: readonly Restatement[];
}

/**
 * Joins pulled ticks to those held. **What was shown first stays.** A tick is known again by its time, bid and ask, and
 * a trade by its last price and volume too; like trades are matched one by one. One that comes late, between ticks that
 * are held, is taken in and recorded as late; one that the source no longer has, though it has ticks before and after
 * it, is kept and recorded.
 *
 * @param held ticks as they stand, oldest first; may be empty
 * @param pulled ticks of any range, oldest first
 * @throws {SnapshotError} SNAPSHOT_RESTATED if the source no longer has more than 500 of the ticks that it gave before
 */
export function joinTicks(held: TickSeries, pulled: TickSeries, {restatements, seenAt}: JoinContext): JoinedTicks {
  const record = createRestatements(restatements, seenAt);
  const rows = new Float64Array(held.length + pulled.length); // as `MergedRows`
  let length = 0;
  let added = 0;
  const keep = (i: number) => {
    if (isWithin(held.time[i]!, pulled)) record.withdrawn(held.time[i]!, length);
    rows[length++] = i;
  };
  const take = (j: number) => {
    if (isWithin(pulled.time[j]!, held)) record.late(pulled.time[j]!, length);
    rows[length++] = -1 - j;
    ++added;
  };
  for (let i = 0, j = 0; i < held.length || j < pulled.length; ) {
    const [a, b] = [held.time[i] ?? Infinity, pulled.time[j] ?? Infinity];
    if (a < b) keep(i++);
    else if (b < a) take(j++);
    else {
      const [iEnd, jEnd] = [groupEnd(held, i), groupEnd(pulled, j)];
      while (i < iEnd && j < jEnd && isSameTick(held, i, pulled, j)) {
        rows[length++] = i++;
        ++j;
      }
      const [came, were] = [countAlike(pulled, j, jEnd), countAlike(held, i, iEnd)];
      for (; i < iEnd; ++i)
        if (takeOne(came, keyOf(held, i))) rows[length++] = i;
        else keep(i);
      for (; j < jEnd; ++j) if (!takeOne(were, keyOf(pulled, j))) take(j);
    }
  }
  assertOneHistory(record, "ticks");
  const ticks = added === 0 ? held : createTickSeries(length);
  if (added > 0) gatherRows(ticks, tickColumns, [held, pulled], {rows, length});
  return {ticks, added, restatements: record.all()};
}

function isWithin(time: EpochMs, {time: times, length}: TickSeries): boolean {
  return length > 0 && time > times[0]! && time < times[length - 1]!;
}

function groupEnd({time, length}: TickSeries, start: number): number {
  let end = start + 1;
  while (end < length && time[end] === time[start]) ++end;
  return end;
}

/** Rows of one moment by what they say, and how many say so. */
function countAlike(ticks: TickSeries, start: number, end: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = start; i < end; ++i) {
    const key = keyOf(ticks, i);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function takeOne(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0;
  if (count > 0) counts.set(key, count - 1);
  return count > 0;
}

function isSameTick(a: TickSeries, i: number, b: TickSeries, j: number): boolean {
  if (!(Object.is(a.bid[i], b.bid[j]) && Object.is(a.ask[i], b.ask[j]))) return false;
  const isQuote = Number.isNaN(a.last[i]!) && Number.isNaN(b.last[j]!);
  return isQuote || (Object.is(a.last[i], b.last[j]) && a.volume[i] === b.volume[j]);
}

/** What a tick says beside its time, as one text: the same for the same tick, as `isSameTick` has it. */
function keyOf({bid, ask, last, volume}: TickSeries, i: number): string {
  const quote = `${bid[i]}|${ask[i]}`;
  return Number.isNaN(last[i]!) ? quote : `${quote}|${last[i]}|${volume[i]}`;
}
