import {createBucketRule} from "../../services/analytics/bars/bucket.js";
import {type BarSeries, barColumns, createBarSeries, sliceBars} from "../../services/domain/bar.js";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import {lastSessionRow} from "../../services/domain/last-session.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import type {EpochMs} from "../../services/domain/time.js";
import {isIntraday, type Timeframe} from "../../services/domain/timeframe.js";
import {createClient} from "./client.js";
import {type ClientEffects, defaultClientEffects} from "./client-effects.js";
import type {JoinedSeries} from "./join-series.js";
import {createLiveDesk, type LiveDesk} from "./live-desk.js";

/** What of a report's instrument is carried on by a sidecar. */
export interface LiveEdgeOptions {
  readonly instrument: InstrumentSettings;
  readonly calendar: TradingCalendar;
  /** The snapshot's minutes, of its last session at least; none where there is no snapshot. */
  readonly minutes: BarSeries | undefined;
  readonly url: string;
  readonly effects?: ClientEffects;
}

/** A series of a report, carried on: the snapshot's bars, then what came since. */
export interface EdgedSeries extends Pick<JoinedSeries, "bars" | "seam" | "forming" | "isPartial" | "healed"> {
  /** Opening of the first bar that may still be filled in, with bars after it; `undefined` where there is none. */
  readonly hole: EpochMs | undefined;
}

/** The live end of a report's series. */
export interface LiveEdge {
  readonly desk: LiveDesk;
  /** The report's own bars of a timeframe up to a day, with the live end in place; longer ones as they are. */
  extend(series: BarSeries, timeframe: Timeframe): EdgedSeries;
  /**
   * Tells, as Framework's `Generators.observe` wants it, how often something has changed: with `finals` alone when a
   * bar has become final, else at most once every *atLeastMs*.
   */
  observe(options?: {
    readonly finals?: boolean;
    readonly atLeastMs?: number;
  }): (change: (version: number) => void) => () => void;
  end(): void;
}

/** Joins the last session of a snapshot's minutes to a sidecar's bars. */
export function createLiveEdge(options: LiveEdgeOptions): LiveEdge {
  const {instrument, calendar, minutes, url, effects = defaultClientEffects} = options;
  const {id} = instrument;
  const desk = createLiveDesk({
    instruments: [instrument],
    calendars: {[instrument.calendar]: calendar},
    snapshots: new Map(minutes && [[id, sliceBars(minutes, lastSessionRow(minutes, calendar))]]),
    connect: (wanted) => createClient({url, ...wanted, effects}),
    now: effects.now
  });
  return {
    desk,
    extend(series, timeframe) {
      const minute = desk.openHole(id);
      const hole = minute && (createBucketRule(timeframe, calendar)(minute)?.start ?? minute);
      return {...extendSeries(series, desk.series(id, timeframe), timeframe), hole};
    },
    observe: ({finals = false, atLeastMs = 1_000} = {}) => {
      return (change) => {
        let [told, version] = ["", 0];
        let due: ReturnType<typeof setTimeout> | undefined;
        const tell = () => {
          due = undefined;
          const {bars, forming, healed, corrections} = desk.joined(id);
          const state = [bars.length, healed.size, corrections.size, desk.openHole(id), desk.state(id).state];
          const text = [...state, ...(finals ? [forming === undefined] : Object.values(forming ?? {}))].join();
          if (text === told || document.hidden) return;
          told = text;
          change(++version);
        };
        const unlisten = desk.listen(() => (due ??= setTimeout(tell, atLeastMs)));
        document.addEventListener("visibilitychange", tell);
        tell();
        return () => {
          clearTimeout(due);
          unlisten();
          document.removeEventListener("visibilitychange", tell);
        };
      };
    },
    end: () => desk.close()
  };
}

/** A report's series up to where the joined bars begin, then those. */
export function extendSeries(series: BarSeries, joined: JoinedSeries, timeframe: Timeframe): Omit<EdgedSeries, "hole"> {
  const {seam, forming, isPartial, healed} = joined;
  const first = joined.bars.time[0];
  const isShort = isIntraday(timeframe) || timeframe === "1d";
  if (first === undefined || seam === undefined || !isShort)
    return {bars: series, seam: undefined, forming: undefined, isPartial: false, healed: new Set()};
  let rows = series.length;
  while (rows > 0 && series.time[rows - 1]! >= first) --rows;
  const bars = createBarSeries(rows + joined.bars.length);
  for (const name of barColumns) {
    bars[name].set(series[name].subarray(0, rows));
    bars[name].set(joined.bars[name], rows);
  }
  return {bars, seam, forming, isPartial, healed};
}
