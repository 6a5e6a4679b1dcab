import {SourceError} from "../../domain/source-error.js";
import type {Tick} from "../../domain/tick.js";
import {type EpochMs, MINUTE_MS, SECOND_MS} from "../../domain/time.js";
import type {SourceEffects} from "../effects.js";
import {createStatusBoard} from "../feed-status.js";
import type {Listing} from "../settings/settings.js";
import type {ClockRule} from "../settings/source-settings.js";
import type {TickFeed} from "../tick-feed.js";
import type {TickRow} from "../tick-rows.js";
import type {BridgeClient} from "./client.js";
import {createClock, formatClock} from "./clock.js";
import {parseTicks} from "./parse-rows.js";
import {createPollCoverage, type PollCoverage} from "./poll-coverage.js";
import {createTickMemory, type TickMemory} from "./poll-ticks.js";

/** Which symbols are polled, on what clock, and how often. */
export interface BridgeFeedOptions {
  readonly client: BridgeClient;
  readonly clock: ClockRule;
  readonly listings: readonly Listing[];
  /** Pause between polls while ticks come. */
  readonly fastMs?: number; // 0.2 s
  /** Pause that polls slow down to while none come. */
  readonly slowMs?: number; // 2 s
}

const LIMITS = [100, 1_000, 10_000] as const;
/** A tick from further ahead is a wrong clock rule, not a slow clock of ours. */
const MAX_AHEAD_MS = MINUTE_MS;
const MAX_PAUSE_MS = 15 * SECOND_MS;

type FeedEffects = Pick<SourceEffects, "random" | "sleep">;

/**
 * A bridge polled for ticks, each symbol by itself: quickly while they come, slowly while they do not, and for more
 * where an answer does not reach back to the last one known. The first poll gives the newest tick only.
 */
export function createBridgeFeed(options: BridgeFeedOptions, effects: FeedEffects): TickFeed {
  const {client, listings} = options;
  const coverages = new Map(listings.map(({instrument}) => [instrument, createPollCoverage()]));
  const stopping = new AbortController();
  let running: Promise<unknown> | undefined;
  return {
    name: client.name,
    instruments: listings.map(({instrument}) => instrument),
    start(onTick, onStatus) {
      if (running !== undefined) throw new TypeError(`feed has been started before: ${client.name}`);
      const {signal} = stopping;
      const board = createStatusBoard((status) => {
        if (!signal.aborted) onStatus(status);
      });
      const symbols = listings.map(({symbol}) => symbol);
      const health = createHealth(symbols, (isUp, error) => {
        const isBack = isUp && !board.current.connected && board.current.lastError !== null;
        const reconnects = board.current.reconnects + (isBack ? 1 : 0);
        board.set({connected: isUp, lastError: error, reconnects});
      });
      running = Promise.all(
        listings.map((listing, i) => {
          const coverage = coverages.get(listing.instrument)!;
          return poll(options, listing, effects, signal, coverage, onTick, (error) => health(i, error));
        })
      );
    },
    covered: (instrument) => coverages.get(instrument)?.value,
    async stop() {
      stopping.abort();
      await running;
    }
  };
}

/** A feed is up while any of its symbols is; its error is the first of those that fail, with the symbols' names. */
function createHealth(symbols: readonly string[], onChange: (isUp: boolean, error: string | null) => void) {
  const errors: (string | null | undefined)[] = symbols.map(() => undefined); // not asked yet
  return (i: number, error: string | null) => {
    errors[i] = error;
    const failing = symbols.filter((_, at) => typeof errors[at] === "string");
    const first = errors.find((each) => typeof each === "string");
    onChange(errors.includes(null), first === undefined ? null : `${failing.join(", ")}: ${first}`);
  };
}

async function poll(
  {client, clock: rule, fastMs = 200, slowMs = 2 * SECOND_MS}: BridgeFeedOptions,
  {symbol, instrument}: Listing,
  {random, sleep}: FeedEffects,
  signal: AbortSignal,
  coverage: PollCoverage,
  onTick: (tick: Tick) => void,
  onHealth: (error: string | null) => void
): Promise<void> {
  const clock = createClock(rule);
  const memory = createTickMemory();
  const ask = async (limit: number) => {
    const {body, where, receivedTime} = await client.get("/ticks", {symbol, limit: String(limit)}, signal);
    return {
      rows: checkAhead(parseTicks(body, `${where} ${symbol}`, clock, receivedTime), receivedTime, rule),
      receivedTime
    };
  };
  let [pause, isBegun, failures] = [fastMs, false, 0];
  while (!signal.aborted) {
    try {
      const {ticks, receivedTime, isAnew} = isBegun ? await askForNew(ask, memory) : await askForNewest(ask, memory);
      isBegun = true;
      failures = 0;
      if (isAnew) coverage.begin(receivedTime);
      onHealth(null);
      for (const row of ticks) {
        const tick = toTick(row, instrument, receivedTime);
        if (tick !== undefined && !signal.aborted) onTick(tick);
      }
      coverage.reach(receivedTime);
      pause = ticks.length > 0 ? fastMs : Math.min(pause * 1.5, slowMs);
    } catch (error) {
      if (signal.aborted) return;
      ++failures;
      onHealth(error instanceof Error ? error.message : String(error));
      pause = Math.min(SECOND_MS * 2 ** Math.min(failures - 1, 10), MAX_PAUSE_MS) * (0.5 + random() / 2);
    }
    await sleep(pause, signal).catch(() => {});
    if (failures > 0) pause = fastMs;
  }
}

type Ask = (limit: number) => Promise<{rows: TickRow[]; receivedTime: EpochMs}>;

async function askForNewest(ask: Ask, memory: TickMemory) {
  const {rows, receivedTime} = await ask(LIMITS[0]);
  return {ticks: memory.begin(rows), receivedTime, isAnew: true};
}

/** Asks for more, up to a limit, until the answer reaches back to the last tick known or to the terminal's first. */
async function askForNew(ask: Ask, memory: TickMemory) {
  for (const limit of LIMITS) {
    const {rows, receivedTime} = await ask(limit);
    const {ticks, isShort} = memory.next(rows);
    if (!isShort) return {ticks, receivedTime, isAnew: false};
    if (rows.length < limit || limit === LIMITS.at(-1)) {
      memory.begin(rows);
      return {ticks, receivedTime, isAnew: true};
    }
  }
  throw new RangeError("no limit to ask with");
}

function checkAhead<Row extends TickRow>(rows: Row[], receivedTime: EpochMs, rule: ClockRule): Row[] {
  const ahead = Math.max(...rows.map(({time}) => time), Number.NEGATIVE_INFINITY) - receivedTime;
  if (ahead > MAX_AHEAD_MS)
    throw new SourceError(
      "SOURCE_CLOCK",
      `ticks are ${Math.round(ahead / MINUTE_MS)} minutes ahead under the clock rule ${formatClock(rule)}; correct the source's clock in settings`
    );
  return rows;
}

function toTick(
  {bid, ask, last, volume, time: eventTime}: TickRow,
  instrument: Listing["instrument"],
  receivedTime: EpochMs
): Tick | undefined {
  const base = {instrument, eventTime, receivedTime};
  if (bid > 0 && ask > 0) return {...base, type: "quote", bid, ask};
  return last > 0 ? {...base, type: "trade", price: last, volume} : undefined;
}
