import type pg from "pg";
import {sessionsBetween, type TradingCalendar} from "../../domain/calendar.js";
import {SourceError} from "../../domain/source-error.js";
import {DAY_MS, type EpochMs} from "../../domain/time.js";
import {isIntraday, isTimeframe, type Timeframe, timeframeMs} from "../../domain/timeframe.js";
import {timeframeOf} from "./schema.js";

/** Sessions looked at: a year holds both of a zone's clocks. */
const LOOKED_AT_MS = 370 * DAY_MS;

/**
 * Which stored timeframes bars can be made of: those that divide the one asked for, the longest first.
 *
 * @returns none where bars of the one asked for are stored at all, of whatever time
 */
export async function timeframesToResample(
  client: pg.ClientBase,
  contractId: string,
  timeframe: Timeframe
): Promise<Timeframe[]> {
  if (!isIntraday(timeframe)) return [];
  const {rows} = await client.query<{unit: number; value: number}>(
    `select distinct timeframe_unit::int as unit, timeframe_value::int as value from ohlc_bars where contract_id = $1`,
    [contractId]
  );
  const stored = rows.map(({unit, value}) => timeframeOf(unit, value) ?? "").filter(isTimeframe);
  if (stored.includes(timeframe)) return [];
  const length = timeframeMs(timeframe);
  const fitting = stored.filter((each) => isIntraday(each) && length % timeframeMs(each) === 0);
  return fitting.sort((a, b) => timeframeMs(b) - timeframeMs(a));
}

/**
 * The database counts its buckets from midnight UTC; bars here begin with their session. The two are one only where
 * every session begins on a bucket.
 *
 * @throws {SourceError} SOURCE_REFUSED if some session of the year before *end* does not
 */
export function assertBucketsFit(
  calendar: TradingCalendar | undefined,
  timeframe: Timeframe,
  end: EpochMs,
  {name, contractId, from}: {readonly name: string; readonly contractId: string; readonly from: Timeframe}
): void {
  if (calendar === undefined) return;
  const odd = sessionsBetween(calendar, end - LOOKED_AT_MS, end).find(({open}) => open % timeframeMs(timeframe) !== 0);
  if (odd === undefined) return;
  throw new SourceError(
    "SOURCE_REFUSED",
    `${name}: no ${timeframe} bars of ${contractId} are stored, and none can be made of ${from}: the session of ` +
      `${odd.date} does not begin on a whole ${timeframe} of UTC; store them, or ask for another timeframe`
  );
}
