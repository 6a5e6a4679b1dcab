import pg from "pg";
import type {Tick} from "../../domain/tick.js";
import {type EpochMs, SECOND_MS} from "../../domain/time.js";
import type {SourceEffects} from "../effects.js";
import {createStatusBoard, type StatusBoard} from "../feed-status.js";
import {createReconnects} from "../reconnects.js";
import type {Listing} from "../settings/settings.js";
import type {TickCoverage, TickFeed, TickFeedHandlers} from "../tick-feed.js";
import {toDatabaseError} from "./database.js";
import {parseBarPayload, parseTickPayload, toTick} from "./payloads.js";

/** What a listening feed is made of. */
export interface ListenFeedOptions {
  readonly name: string;
  readonly url: string;
  readonly listings: readonly Listing[];
  /** How often the connection is asked whether it is alive; a second silence as long ends it. */
  readonly checkMs?: number;
  readonly backoffMs?: number;
}

const channels = ["tick_data_channel", "ohlc_update"] as const;

/**
 * A feed of what an ingester notifies: ticks on `tick_data_channel`, and on `ohlc_update` that a bar is in `ohlc_bars`.
 * What belongs to no listing is passed over; a payload that is not as the contract has it is named in the status. After an end it connects
 * anew, and the stretch between is a gap: a notification is not kept for those who do not listen.
 */
export function createListenFeed(
  options: ListenFeedOptions,
  effects: Pick<SourceEffects, "now" | "random" | "sleep">
): TickFeed {
  const {name, listings} = options;
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let coverage: TickCoverage | undefined;
  return {
    name,
    instruments: listings.map(({instrument}) => instrument),
    start(onTick, onStatus, handlers = {}) {
      if (running !== undefined) throw new TypeError(`feed has been started before: ${name}`);
      const board = createStatusBoard((status) => {
        if (!stopping.signal.aborted) onStatus(status);
      });
      const hear = createHearing(listings, effects.now, board, handlers, (tick) => {
        onTick(tick);
        // One connection gives all contracts in the order of their transactions.
        if (coverage) coverage = {...coverage, end: Math.max(coverage.end, tick.eventTime)};
      });
      const begin = () => {
        coverage = {start: effects.now(), end: effects.now()};
      };
      running = run(options, effects, board, hear, begin, stopping.signal);
    },
    covered: () => coverage,
    async stop() {
      stopping.abort();
      await running;
    }
  };
}

type Hear = (channel: string, payload: string) => void;

function createHearing(
  listings: readonly Listing[],
  now: () => EpochMs,
  board: StatusBoard,
  {onHistory}: TickFeedHandlers,
  give: (tick: Tick) => void
): Hear {
  const instruments = new Map(listings.map(({symbol, instrument}) => [symbol, instrument]));
  return (channel, payload) => {
    try {
      if (channel === "tick_data_channel") {
        const told = parseTickPayload(payload);
        const instrument = instruments.get(told.contractId);
        if (instrument !== undefined) give(toTick(told, instrument, now()));
      } else {
        const {contractId, timeframe, bar} = parseBarPayload(payload);
        const instrument = instruments.get(contractId);
        if (instrument !== undefined && timeframe === "1m") onHistory?.(instrument, bar.time);
      }
    } catch (error) {
      board.set({lastError: `${channel}: ${error instanceof Error ? error.message : error}`});
    }
  };
}

async function run(
  options: ListenFeedOptions,
  effects: Pick<SourceEffects, "now" | "random" | "sleep">,
  board: StatusBoard,
  hear: Hear,
  begin: () => void,
  signal: AbortSignal
): Promise<void> {
  const reconnects = createReconnects({...options, random: effects.random});
  while (!signal.aborted) {
    let since: EpochMs | undefined;
    const reason = await listen(options, effects, hear, signal, () => {
      since = effects.now();
      begin();
      board.set({connected: true, lastError: null});
    }).catch((error: unknown) => toDatabaseError(error, options.name).message);
    if (signal.aborted) return;
    board.set({connected: false, lastError: reason});
    const heldMs = since === undefined ? 0 : effects.now() - since;
    await effects.sleep(reconnects.pauseMs(heldMs), signal).catch(() => {});
    if (!signal.aborted) board.set({reconnects: board.current.reconnects + 1});
  }
}

/** Listens on one connection until it ends. @returns why */
async function listen(
  {url, checkMs = 10 * SECOND_MS}: ListenFeedOptions,
  {sleep}: Pick<SourceEffects, "sleep">,
  hear: Hear,
  signal: AbortSignal,
  onListening: () => void
): Promise<string> {
  const client = new pg.Client({
    ...{connectionString: url, application_name: "tapebook feed", keepAlive: true},
    ...{connectionTimeoutMillis: 10_000, query_timeout: checkMs}
  });
  const ended = new AbortController();
  let reason = "the database closed the connection";
  client.on("error", (error) => {
    reason = error.message;
    ended.abort();
  });
  client.on("end", () => ended.abort());
  client.on("notification", ({channel, payload = ""}) => {
    if (!signal.aborted) hear(channel, payload);
  });
  const either = AbortSignal.any([signal, ended.signal]);
  try {
    await client.connect();
    for (const channel of channels) await client.query(`listen ${channel}`);
    onListening();
    while (!either.aborted) {
      await sleep(checkMs, either).catch(() => {});
      if (!either.aborted) await client.query("select 1"); // a connection may be dead and say nothing
    }
    return reason;
  } finally {
    ended.abort();
    void client.end().catch(() => {}); // one that is dead need not be waited for
  }
}
