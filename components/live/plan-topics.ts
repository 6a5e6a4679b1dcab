import type {BarSeries} from "../../services/domain/bar.js";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import {lastSession} from "../../services/domain/last-session.js";
import type {EpochMs} from "../../services/domain/time.js";
import type {Timeframe} from "../../services/domain/timeframe.js";
import type {SignalTopic, Topic} from "../../services/domain/wire.js";

/** What a desk asks of its line, as `createClient` takes it. */
export interface WantedTopics {
  readonly topics: readonly Topic[];
  readonly wished: readonly Topic[];
  readonly since: Readonly<Record<string, EpochMs>>;
}

/** An instrument that is to be followed on from its snapshot. */
export interface Followed {
  readonly id: InstrumentId;
  readonly calendar: TradingCalendar;
  /** Its minutes so far. */
  readonly snapshot: BarSeries;
}

/** Topics that a sidecar lets one client follow. */
const TOPICS_MOST = 256;
/** Before any bar: a page without a snapshot asks for all that the sidecar has. */
const BEGINNING = Date.UTC(1980, 0, 1);

/** The topic of an instrument's minutes. */
export function minutesTopic(id: InstrumentId): Topic {
  return `bar:${id}:1m`;
}

/** The topic of an instrument's signals. */
export function signalTopic(id: InstrumentId, timeframe: Timeframe): SignalTopic {
  return `signal:${id}:${timeframe}`;
}

/**
 * The topics of a desk: of each instrument its ticks, its minutes from the snapshot's last on, and the signals of its
 * running or last session, of as many timeframes as there is room for.
 */
export function planTopics(followed: readonly Followed[], signals: readonly Timeframe[]): WantedTopics {
  const since: Record<string, EpochMs> = {};
  const wished: SignalTopic[] = [];
  const room = Math.max(0, Math.floor((TOPICS_MOST - 1) / Math.max(1, followed.length)) - 2);
  for (const {id, calendar, snapshot} of followed) {
    const end = snapshot.time.at(-1);
    since[minutesTopic(id)] = end ?? BEGINNING;
    for (const timeframe of signals.slice(0, room)) {
      const topic = signalTopic(id, timeframe);
      wished.push(topic);
      since[topic] = (end === undefined ? undefined : lastSession(calendar, end)?.open) ?? BEGINNING;
    }
  }
  return {topics: followed.flatMap(({id}): Topic[] => [`tick:${id}`, minutesTopic(id)]), wished, since};
}
