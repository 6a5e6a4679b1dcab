import {lowerBound} from "../../domain/lower-bound.js";
import {SourceError} from "../../domain/source-error.js";
import {createTickSeries, type TickSeries} from "../../domain/tick-series.js";
import {formatIso} from "../../domain/time.js";
import {cutTicks} from "../cut-ticks.js";
import {createTickRows} from "../tick-rows.js";
import type {SourcedTicks, TickRequest} from "../tick-source.js";
import type {BridgeClient} from "./client.js";
import type {ServerClock} from "./clock.js";
import {parseTicks} from "./parse-rows.js";

/** Where ticks are fetched from, and what makes UTC of the server's times. */
export interface TickContext {
  readonly client: BridgeClient;
  readonly clock: ServerClock;
  /** Told of the times of each answer before anything is made of them; throws where they contradict the clock's rule. */
  check(times: Float64Array): void;
}

const LIMITS = [1_000, 10_000, 100_000] as const;

/**
 * Ticks of a range. A bridge gives the last so many only: it is asked for more until they reach back to the start.
 *
 * @throws {SourceError} SOURCE_SHORT_RANGE if they do not, with the time they reach back to; with `allowShort` only if
 * there are none
 */
export async function fetchTicks(
  {client, clock, check}: TickContext,
  {symbol, start, end, allowShort = false}: TickRequest,
  signal: AbortSignal | undefined
): Promise<SourcedTicks> {
  let found = createTickSeries(0);
  for (const limit of LIMITS) {
    const all = await askTicks(client, clock, {symbol, limit: String(limit)}, signal);
    check(all.time);
    const first = all.time[0] ?? Number.POSITIVE_INFINITY;
    if (first < start)
      return {ticks: cutTicks(all, lowerBound(all.time, start), lowerBound(all.time, end)), warnings: []};
    const hasNoMore = first === (found.time[0] ?? Number.POSITIVE_INFINITY);
    found = all;
    if (hasNoMore) break;
  }
  const [reached] = found.time;
  const words = reached === undefined ? "there are none" : `reach back to ${formatIso(reached)} only`;
  const message = `ticks of ${symbol} ${words}, asked from ${formatIso(start)}`;
  if (!allowShort || reached === undefined) throw new SourceError("SOURCE_SHORT_RANGE", `${client.name}: ${message}`);
  // The first millisecond may have been cut through.
  return {
    ticks: cutTicks(found, lowerBound(found.time, reached + 1), lowerBound(found.time, end)),
    warnings: [message]
  };
}

async function askTicks(
  client: BridgeClient,
  clock: ServerClock,
  query: {readonly symbol: string; readonly limit: string},
  signal: AbortSignal | undefined
): Promise<TickSeries> {
  const {body, where, receivedTime} = await client.get("/ticks", query, signal);
  const rows = parseTicks(body, `${where} ${query.symbol}`, clock, receivedTime).sort((a, b) => a.time - b.time);
  const ticks = createTickRows();
  for (const row of rows) ticks.add(row, row.where);
  return ticks.finish();
}
