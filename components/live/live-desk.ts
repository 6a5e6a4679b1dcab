import {type BarSeries, createBarSeries} from "../../services/domain/bar.js";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import {lastSession} from "../../services/domain/last-session.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import type {Tick} from "../../services/domain/tick.js";
import {type EpochMs, MINUTE_MS} from "../../services/domain/time.js";
import {type Timeframe, timeframeMs} from "../../services/domain/timeframe.js";
import type {FeedStatus, Topic, TopicEvent} from "../../services/domain/wire.js";
import {atTimeframe} from "./at-timeframe.js";
import type {Client} from "./client.js";
import {createJoin, type JoinedSeries, type SeriesJoin} from "./join-series.js";
import {type LiveState, liveState} from "./live-state.js";
import {minutesTopic, planTopics, signalTopic, type WantedTopics} from "./plan-topics.js";
import {type BookedSignal, createSignalBook} from "./signal-book.js";

/** What a desk follows, and the snapshots it begins with. */
export interface LiveDeskOptions<C extends Client = Client> {
  readonly instruments: readonly InstrumentSettings[];
  readonly calendars: Readonly<Record<string, TradingCalendar>>;
  /** Minutes; of a live page the last session's, and the bar before it. */
  readonly snapshots: ReadonlyMap<InstrumentId, BarSeries>;
  /** The timeframes whose signals are followed where the sidecar states any: the first of them, as far as topics reach. */
  readonly signals?: readonly Timeframe[];
  /** Opens the line, given topics and where to begin; `undefined` where there is no sidecar. */
  readonly connect: (wanted: WantedTopics) => C | undefined;
  /** The clock by which states are judged while there is no line. */
  readonly now: () => EpochMs;
}

/** Every instrument of a live page: joined series, ticks, signals, state. */
export interface LiveDesk<C extends Client = Client> {
  readonly client: C | undefined;
  readonly instruments: readonly InstrumentSettings[];
  /** The sidecar's clock. */
  now(): EpochMs;
  /** Minutes. */
  joined(id: InstrumentId): JoinedSeries;
  /** Bars of any timeframe from a minute up, made of the joined minutes. */
  series(id: InstrumentId, timeframe: Timeframe): JoinedSeries;
  /** Opening of the first minute since the snapshot that may still be filled in, with bars after it; the sidecar is asked. */
  openHole(id: InstrumentId): EpochMs | undefined;
  /** Takes bars of 15 minutes from before the snapshots, for timeframes as long or longer. */
  addHistory(history: ReadonlyMap<InstrumentId, BarSeries>): void;
  /** Whether bars from before the snapshots were added. */
  readonly hasHistory: boolean;
  /** The newest ticks, newest first, at most `TICKS_KEPT`. */
  ticks(id: InstrumentId): readonly Tick[];
  /** Trend starts of all instruments, the last known first. */
  signals(timeframe: Timeframe): readonly BookedSignal[];
  /** Those of one instrument. */
  signalsOf(id: InstrumentId, timeframe: Timeframe): readonly BookedSignal[];
  /** Whether the sidecar states an instrument's signals, and this desk hears them. */
  hearsSignals(id: InstrumentId, timeframe: Timeframe): boolean;
  feed(id: InstrumentId): FeedStatus | undefined;
  state(id: InstrumentId): LiveState;
  calendar(id: InstrumentId): TradingCalendar;
  /** Called after each change, many times a second. */
  listen(listener: () => void): () => void;
  close(): void;
}

/** Ticks kept of each instrument. */
export const TICKS_KEPT = 100;
/** How long the bars are of the time before the snapshots. */
const HISTORY_BAR_MS = timeframeMs("15m");

/** What a desk keeps of one instrument. */
interface Kept {
  readonly settings: InstrumentSettings;
  readonly calendar: TradingCalendar;
  readonly snapshot: BarSeries;
  readonly join: SeriesJoin;
  readonly ticks: Tick[];
  readonly longer: Map<Timeframe, {readonly of: JoinedSeries; readonly bars: JoinedSeries}>;
  /** Up to where the sidecar has said that no minute is missing. */
  wholeTo: EpochMs;
}

/** A desk over one client: its events are folded as they come, and read when they are drawn. */
export function createLiveDesk<C extends Client>(options: LiveDeskOptions<C>): LiveDesk<C> {
  const {instruments, calendars, snapshots, signals = []} = options;
  const byId = new Map<InstrumentId, Kept>();
  for (const settings of instruments) byId.set(settings.id, keep(settings, calendars, snapshots));
  const byTopic = new Map<Topic, Kept>([...byId].map(([id, kept]) => [minutesTopic(id), kept]));
  const book = createSignalBook();
  let history: ReadonlyMap<InstrumentId, BarSeries> = new Map();

  function of(id: InstrumentId): Kept {
    const kept = byId.get(id);
    if (!kept) throw new RangeError(`instrument not followed: ${id}`);
    return kept;
  }

  function take(event: TopicEvent): void {
    if (event.type === "bar") byTopic.get(event.topic)?.join.apply([event]);
    if (event.type === "signal") book.take(event.signal);
    if (event.type !== "tick") return;
    const ticks = byId.get(event.tick.instrument)?.ticks;
    ticks?.unshift(event.tick);
    ticks?.splice(TICKS_KEPT);
  }

  const listeners = new Set<() => void>();
  const tell = () => listeners.forEach((listener) => void listener());
  const followed = [...byId].map(([id, {calendar, snapshot}]) => ({id, calendar, snapshot}));
  const wanted = planTopics(followed, signals);
  const client = options.connect(wanted);
  client?.listen({
    onEvents(events) {
      events.forEach(take);
      tell();
    },
    onWhole(topic) {
      const kept = byTopic.get(topic);
      if (kept) kept.wholeTo = Math.max(kept.wholeTo, lastFinalEnd(kept.join.series()));
    },
    onState: tell
  });

  const now = () => client?.serverNow() ?? options.now();
  const joined = (id: InstrumentId) => of(id).join.series();
  const feed = (id: InstrumentId) => client?.state.feeds.find((one) => one.instruments.includes(id));

  const series = (id: InstrumentId, timeframe: Timeframe) => seriesOf(of(id), timeframe, history.get(id));

  return {
    client,
    instruments,
    now,
    joined,
    series,
    feed,
    state: (id) => stateOf(of(id), {line: client, feed: feed(id), now: now()}),
    calendar: (id) => of(id).calendar,
    openHole(id) {
      const {wholeTo} = of(id);
      const gap = joined(id).gaps.find(({start}) => start >= wholeTo);
      if (gap) client?.doubt(minutesTopic(id), gap.start);
      return gap?.start;
    },
    hearsSignals(id, timeframe) {
      const topic = signalTopic(id, timeframe);
      return wanted.wished.includes(topic) && (client?.state.offered.includes(topic) ?? false);
    },
    get hasHistory() {
      return history.size > 0;
    },
    addHistory(bars) {
      history = bars;
      for (const {longer} of byId.values()) longer.clear();
      tell();
    },
    ticks: (id) => byId.get(id)?.ticks ?? [],
    signals(timeframe) {
      for (const {id} of instruments) book.find(id, timeframe, series(id, timeframe));
      return book.signals(timeframe);
    },
    signalsOf(id, timeframe) {
      book.find(id, timeframe, series(id, timeframe));
      return book.signalsOf(id, timeframe);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => client?.close()
  };
}

function keep(
  settings: InstrumentSettings,
  calendars: LiveDeskOptions["calendars"],
  snapshots: LiveDeskOptions["snapshots"]
): Kept {
  const calendar = calendars[settings.calendar];
  if (!calendar) throw new RangeError(`unknown calendar: ${settings.calendar}`);
  const snapshot = snapshots.get(settings.id) ?? createBarSeries(0);
  const join = createJoin(snapshot, {timeframe: "1m", calendar});
  return {settings, calendar, snapshot, join, ticks: [], longer: new Map(), wholeTo: -Infinity};
}

function seriesOf(
  {calendar, snapshot, join, longer}: Kept,
  timeframe: Timeframe,
  history: BarSeries | undefined
): JoinedSeries {
  const minutes = join.series();
  const known = longer.get(timeframe);
  if (known?.of === minutes) return known.bars;
  const wholeFrom = firstWhole(snapshot, calendar);
  const bars = atTimeframe(minutes, {
    timeframe,
    calendar,
    ...(history && timeframeMs(timeframe) >= HISTORY_BAR_MS && {before: history}),
    ...(wholeFrom !== undefined && {wholeFrom})
  });
  longer.set(timeframe, {of: minutes, bars});
  return bars;
}

function stateOf(
  {calendar, join, ticks}: Kept,
  {line, feed, now}: {readonly line: Client | undefined; readonly feed: FeedStatus | undefined; readonly now: EpochMs}
): LiveState {
  const {connection, changedTime = now, offsetMs = NaN} = line?.state ?? {};
  const shownTime = join.series().bars.time.at(-1);
  return liveState({
    now,
    isConnected: connection === "open",
    heldTime: line?.heldTime,
    changedTime: changedTime + (Number.isFinite(offsetMs) ? offsetMs : 0),
    ...(shownTime === undefined ? {} : {shownTime}),
    feed,
    heardTime: ticks[0]?.receivedTime,
    calendar
  });
}

/** From when on a snapshot's minutes are whole: it begins with one bar of the session before. */
function firstWhole({time}: BarSeries, calendar: TradingCalendar): EpochMs | undefined {
  const last = time.at(-1);
  const open = last === undefined ? undefined : lastSession(calendar, last)?.open;
  return open === undefined ? undefined : Math.max(open, time[0]!);
}

function lastFinalEnd({bars: {time, length}, forming}: JoinedSeries): EpochMs {
  const row = length - (forming ? 2 : 1);
  return row < 0 ? -Infinity : time[row]! + MINUTE_MS;
}
