import {SourceError} from "../../domain/source-error.js";
import {DAY_MS, HOUR_MS, MINUTE_MS} from "../../domain/time.js";
import {type BarRangeRequest, fetchBarRange} from "../bar-range.js";

/** Clocks differ by quarters of an hour. */
const QUARTER_MS = 15 * MINUTE_MS;
/** From the zone furthest behind to that furthest ahead. */
const MOST_MS = DAY_MS + 2 * HOUR_MS;

interface Row {
  readonly time: number;
}

type Ask<T extends Row> = (from: number, to: number) => Promise<readonly T[]>;

/**
 * All bars of a range, from a bridge that may read it on another clock than that of its rows. Where it does, all is asked
 * for twice: what was asked before that was known may have been cut at its ends.
 *
 * @throws {SourceError} as `fetchBarRange`; SOURCE_BAD_DATA if answers lie further off than any two clocks
 */
export async function fetchOnRowClock<T extends Row>(ask: Ask<T>, range: BarRangeRequest): Promise<T[]> {
  const clock = createRowClock(ask, range);
  const fetch = () => fetchBarRange(clock.ask, {...range, mostEarlyMs: MOST_MS});
  const rows = await fetch();
  if (clock.shiftMs() === 0) return rows;
  const again = await fetch();
  const times = new Set(again.map(({time}) => time));
  return [...again, ...rows.filter(({time}) => !times.has(time))].sort((a, b) => a.time - b.time);
}

/**
 * Not every bridge reads the range it is asked for on the clock that it writes its rows by: each answer then lies
 * earlier or later than was asked, and where one range ends and the next begins rows would be lost. Rows outside the
 * range that was asked show by how much; it is asked for again by so much earlier or later, and what follows with it.
 *
 * @throws {SourceError} SOURCE_BAD_DATA if answers lie further off than any two clocks
 */
function createRowClock<T extends Row>(ask: Ask<T>, {barMs, name}: BarRangeRequest) {
  let shiftMs = 0;
  const askShifted: Ask<T> = async (from, to) => {
    for (let before = 0; ; ) {
      const rows = await ask(from - shiftMs, to - shiftMs);
      const off = offRange(rows, from, to, barMs);
      // Beyond both ends by turns: the bridge changes its clock within the range, which this answer covers whole.
      if (off === 0 || off * before < 0) return rows;
      shiftMs += off;
      before = off;
      if (!(Math.abs(shiftMs) <= MOST_MS))
        throw new SourceError(
          "SOURCE_BAD_DATA",
          `${name}: rows lie more than a day outside the range that was asked for`
        );
    }
  };
  return {ask: askShifted, shiftMs: () => shiftMs};
}

/**
 * How far rows must at least be off to lie outside a range, in quarters of an hour; later is positive. An answer that
 * holds rows near both ends is more than was asked, and not off.
 */
function offRange(rows: readonly Row[], from: number, to: number, barMs: number): number {
  let [earliest, latest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const {time} of rows) {
    earliest = Math.min(earliest, time);
    latest = Math.max(latest, time);
  }
  const late = latest >= to ? Math.ceil((latest - to + 1) / QUARTER_MS) * QUARTER_MS : 0;
  if (late > 0) return earliest >= from + late ? late : 0;
  const early = earliest <= from - barMs ? Math.floor((earliest - from) / QUARTER_MS) * QUARTER_MS : 0;
  return early < 0 && latest < to + early ? early : 0;
}
