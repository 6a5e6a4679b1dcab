import {type BarSeries, barColumns, createBarSeries} from "../domain/bar.js";
import type {Restatement} from "../domain/dataset.js";
import type {EpochMs} from "../domain/time.js";
import {commonFactor} from "./common-factor.js";
import {gatherRows} from "./gather-rows.js";
import {anotherHistory, assertOneHistory, createRestatements} from "./restatements.js";

/** A series after a pull: what was held, what came, and what the source now says otherwise. */
export interface JoinedBars {
  readonly bars: BarSeries;
  readonly added: number;
  /** All that are known, those of earlier pulls first. */
  readonly restatements: readonly Restatement[];
}

/** What is known when rows are joined. */
export interface JoinContext {
  readonly restatements: readonly Restatement[];
  /** When the pulled rows were seen. */
  readonly seenAt: EpochMs;
}

const valueColumns = barColumns.filter((name) => name !== "time");

/**
 * Joins pulled bars to those held. **What was shown first stays**: a bar that comes again with other values is
 * recorded and not replaced. A bar that comes late, between bars that are held, is taken in and recorded as late. A
 * bar that the source no longer has, though it has bars on both sides of it, is kept and recorded.
 *
 * @param held bars as they stand, oldest first; may be empty
 * @param pulled closed bars from the source, of any range
 * @throws {SnapshotError} SNAPSHOT_RESTATED if the source has multiplied all its prices, as after a split, or tells more
 * than 500 bars otherwise or has them no longer: two histories cannot be one series
 */
export function joinBars(held: BarSeries, pulled: BarSeries, {restatements, seenAt}: JoinContext): JoinedBars {
  const factor = commonFactor(held, pulled);
  if (factor !== undefined)
    throw anotherHistory(`restates all its prices multiplied by ${Number(factor.toPrecision(4))} (a split?)`);
  const record = createRestatements(restatements, seenAt);
  const rows = new Float64Array(held.length + pulled.length); // as `MergedRows`
  let length = 0;
  const isInside = (time: EpochMs, series: BarSeries) =>
    time > (series.time[0] ?? Infinity) && time < series.time.at(-1)!;
  let added = 0;
  for (let i = 0, j = 0; i < held.length || j < pulled.length; ) {
    const [a, b] = [held.time[i] ?? Infinity, pulled.time[j] ?? Infinity];
    if (a < b && isInside(a, pulled)) record.withdrawn(a, length);
    if (b < a && isInside(b, held)) record.late(b, length);
    if (a === b) for (const name of valueColumns) record.value(a, name, held[name][i]!, pulled[name][j]!);
    if (b < a) ++added;
    rows[length++] = a <= b ? i : -1 - j;
    if (a <= b) ++i;
    if (b <= a) ++j;
  }
  assertOneHistory(record, "bars");
  const bars = added === 0 ? held : createBarSeries(length);
  if (added > 0) gatherRows(bars, barColumns, [held, pulled], {rows, length});
  return {bars, added, restatements: record.all()};
}
