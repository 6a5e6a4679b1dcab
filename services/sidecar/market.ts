import type {Bar} from "../domain/bar.js";
import {sessionsBetween, type TradingCalendar} from "../domain/calendar.js";
import type {InstrumentId} from "../domain/instrument.js";
import {textOf} from "../domain/text-of.js";
import {DAY_MS, type EpochMs} from "../domain/time.js";
import type {FeedStatus, SignalStatus, SnapshotStatus, StoreStatus} from "../domain/wire.js";
import type {TickFeed} from "../sources/tick-feed.js";
import type {PullBars} from "./bars/healer.js";
import {ladder} from "./bars/level.js";
import {createLiveCascade} from "./bars/live-cascade.js";
import type {SidecarEffects} from "./effects.js";
import {createFeedDesk, type FeedDesk} from "./feed-desk.js";
import {createFeedHealth, type FeedHealth} from "./feed-health.js";
import {createInstrumentDesk, type InstrumentDesk} from "./instrument-desk.js";
import type {Limits} from "./limits.js";
import {barTopic} from "./topics/bar-topic.js";
import type {Hub} from "./topics/hub.js";

/** An instrument to follow, and where its history is. */
export interface Followed {
  readonly id: InstrumentId;
  readonly calendar: TradingCalendar;
  /** Minutes of its source's history. */
  readonly pull: PullBars;
  /** Final minutes that were announced before this process began. */
  readonly known?: readonly Bar[];
  /** History is wanted from here on. */
  readonly origin: EpochMs;
}

/** What the market is made of. */
export interface MarketOptions {
  readonly feeds: readonly TickFeed[];
  readonly instruments: readonly Followed[];
  readonly hub: Hub;
  /** What is told of the store, the snapshots and the signals beside the feeds. */
  readonly store?: (() => StoreStatus) | undefined;
  readonly snapshots?: (() => SnapshotStatus) | undefined;
  readonly signals?: (() => SignalStatus) | undefined;
  readonly limits: Pick<Limits, "ticksKept" | "secondsKept" | "barsKept">;
}

/** All feeds, running. */
export interface Market {
  status(): FeedStatus[];
  /** Up to where every bar of an instrument is final or does not exist; −Infinity of one that no feed gives. */
  settledTo(instrument: InstrumentId): EpochMs;
  stop(): Promise<void>;
}

/** Sessions whose bars are asked of history at the start: the running or last one, and the one before. */
const HEALED_SESSIONS = 2;
const CLOSE_CHECK_MS = 250;
const STATUS_CHECK_MS = 1_000;
/** A status goes out this often even when nothing has changed, so that silence means something. */
const STATUS_EVERY_MS = 5_000;

/** Opens the topics of all instruments, starts the feeds, and keeps bars closing and the status told. */
export function openMarket(options: MarketOptions, effects: SidecarEffects): Market {
  const {feeds, instruments, hub, limits} = options;
  hub.open("status", 1);
  const desksById = new Map<InstrumentId, InstrumentDesk>();
  const feedDesks = feeds.map((feed) => openFeed(feed));
  const status = () => feedDesks.map((desk) => desk.status());
  const teller = createStatusTeller(status, options, effects);

  function openFeed(feed: TickFeed): FeedDesk {
    const followed = instruments.filter(({id}) => feed.instruments.includes(id));
    const health = createFeedHealth(feed.name, feed.instruments);
    const desks = new Map(followed.map((instrument) => [instrument.id, openDesk(instrument, health)]));
    return createFeedDesk(feed, health, desks, () => teller.tell(), effects);
  }

  function openDesk({id, calendar, pull, origin, known = []}: Followed, health: FeedHealth): InstrumentDesk {
    hub.open(`tick:${id}`, limits.ticksKept);
    for (const timeframe of ladder)
      hub.open(barTopic(id, timeframe), timeframe === "1s" ? limits.secondsKept : limits.barsKept);
    const onChange = (error?: unknown) => health.failed(`history of ${id}`, error === undefined ? null : textOf(error));
    const bars = createLiveCascade({instrument: id, calendar, hub, pull, origin, known, onChange}, effects);
    const desk = createInstrumentDesk({instrument: id, bars, hub});
    desksById.set(id, desk);
    return desk;
  }

  for (const desk of feedDesks) desk.start();
  const stops = [
    effects.every(CLOSE_CHECK_MS, () => feedDesks.forEach((desk) => void desk.closeDue())),
    effects.every(STATUS_CHECK_MS, () => teller.tellIfDue())
  ];
  return {
    status,
    settledTo: (instrument) => desksById.get(instrument)?.settledTo() ?? Number.NEGATIVE_INFINITY,
    async stop() {
      for (const stop of stops) stop();
      await Promise.all(feedDesks.map((desk) => desk.stop()));
    }
  };
}

/** When the session before the running, or last, one opened. */
export function historyOrigin(calendar: TradingCalendar, now: EpochMs): EpochMs {
  const recent = sessionsBetween(calendar, now - 14 * DAY_MS, now).slice(-HEALED_SESSIONS);
  return recent[0]?.open ?? now - DAY_MS;
}

function createStatusTeller(
  status: () => FeedStatus[],
  {hub, store, snapshots, signals}: Pick<MarketOptions, "hub" | "store" | "snapshots" | "signals">,
  effects: SidecarEffects
) {
  let told = "";
  let toldAt = -Infinity;
  const current = () => ({
    feeds: status(),
    ...(store ? {store: store()} : {}),
    ...(snapshots ? {snapshots: snapshots()} : {}),
    ...(signals ? {signals: signals()} : {})
  });
  function tell(now = current()): void {
    told = JSON.stringify(now);
    toldAt = effects.now();
    hub.publish("status", [{type: "status", ...now, serverTime: toldAt}]);
  }
  function tellIfDue(): void {
    const now = current();
    if (JSON.stringify(now) !== told || effects.now() - toldAt >= STATUS_EVERY_MS) tell(now);
  }
  return {tell: () => tell(), tellIfDue};
}
