import {DAY_MS, formatIso, MINUTE_MS} from "../../domain/time.js";
import {type Timeframe, timeframeMs} from "../../domain/timeframe.js";
import {fetchOnRowClock} from "./asked-range.js";
import type {BridgeClient} from "./client.js";
import {type BridgeBar, parseBars} from "./parse-rows.js";
import {mt5Timeframe} from "./timeframes.js";

/** Bars asked for at once: a bridge that is capped lower is asked again. */
const CHUNK_BARS = 20_000;
const MAX_STRETCH = 8;

/** The shortest time between two bars of a timeframe: a month may have 28 days. */
export function shortestBarMs(timeframe: Timeframe): number {
  return timeframe === "1mo" ? 28 * DAY_MS : timeframeMs(timeframe);
}

/**
 * A bridge's bars from one wall time of its server to another, however its answers are capped.
 *
 * @returns rows still on the server's wall clock, in order
 */
export function fetchWallBars(
  client: BridgeClient,
  {symbol, timeframe, start, end}: {symbol: string; timeframe: Timeframe; start: number; end: number},
  signal: AbortSignal | undefined
): Promise<BridgeBar[]> {
  const query = {symbol, timeframe: mt5Timeframe(timeframe)};
  const barMs = shortestBarMs(timeframe);
  const fetch = async (from: number, to: number) => {
    // Both ends are included at the terminal; times are its server's, whatever their zone says.
    const range = {start: formatIso(from), end: formatIso(to - 1)};
    const {body, where} = await client.get("/fetch_data_range", {...query, ...range}, signal);
    return parseBars(body, `${where} ${symbol}`);
  };
  const chunkMs = CHUNK_BARS * Math.max(barMs, MINUTE_MS);
  const name = `${client.name}: ${symbol} ${timeframe}`;
  return fetchOnRowClock(fetch, {start, end, barMs, chunkMs, maxChunkMs: MAX_STRETCH * chunkMs, name});
}
