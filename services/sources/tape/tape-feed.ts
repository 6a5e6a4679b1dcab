import type {Tick} from "../../domain/tick.js";
import {SECOND_MS} from "../../domain/time.js";
import type {SourceEffects} from "../effects.js";
import {createStatusBoard} from "../feed-status.js";
import {type ToldTick, toTick} from "../postgres/payloads.js";
import type {Listing} from "../settings/settings.js";
import type {TickCoverage, TickFeed} from "../tick-feed.js";

/** What a tape's feed is made of. */
export interface TapeFeedOptions {
  readonly name: string;
  readonly listings: readonly Listing[];
  /** In order of time. */
  readonly ticks: readonly ToldTick[];
}

/** How long a tape that has ended is covered on: long enough for its last bars to close by time. */
const AFTERGLOW_MS = 120 * SECOND_MS;

/**
 * A recorded tape as a feed: each tick is given when the clock has come to its time, so a clock that runs faster plays it
 * faster. Ticks from before the start are passed over. Once it has ended it is not connected any more, and says so.
 */
export function createTapeFeed(
  {name, listings, ticks}: TapeFeedOptions,
  {now, sleep}: Pick<SourceEffects, "now" | "sleep">
): TickFeed {
  const instruments = new Map(listings.map(({symbol, instrument}) => [symbol, instrument]));
  const own = ticks.filter(({contractId}) => instruments.has(contractId));
  const stopping = new AbortController();
  const {signal} = stopping;
  let running: Promise<void> | undefined;
  let coverage: TickCoverage | undefined;

  async function play(onTick: (tick: Tick) => void): Promise<void> {
    const start = now();
    let next = own.findIndex(({time}) => time >= start);
    while (!signal.aborted && next >= 0 && next < own.length) {
      const time = now();
      for (; next < own.length && own[next]!.time <= time; ++next) {
        const told = own[next]!;
        onTick(toTick(told, instruments.get(told.contractId)!, time));
      }
      coverage = {start, end: time};
      if (next < own.length) await sleep(Math.min(SECOND_MS, own[next]!.time - time), signal).catch(() => {});
    }
    const end = now() + AFTERGLOW_MS;
    while (!signal.aborted && now() < end) {
      coverage = {start, end: now()};
      await sleep(SECOND_MS, signal).catch(() => {});
    }
    coverage = {start, end};
  }

  return {
    name,
    instruments: listings.map(({instrument}) => instrument),
    start(onTick, onStatus) {
      if (running !== undefined) throw new TypeError(`feed has been started before: ${name}`);
      const board = createStatusBoard((status) => {
        if (!signal.aborted) onStatus(status);
      });
      coverage = {start: now(), end: now()};
      board.set({connected: true});
      running = play(onTick).then(() => board.set({connected: false, lastError: "the tape has ended"}));
    },
    covered: () => coverage,
    async stop() {
      stopping.abort();
      await running;
    }
  };
}
