import type {Bar} from "../../domain/bar.js";
import type {TradingCalendar} from "../../domain/calendar.js";
import type {InstrumentId} from "../../domain/instrument.js";
import type {Tick} from "../../domain/tick.js";
import type {EpochMs} from "../../domain/time.js";
import {timeframeMs} from "../../domain/timeframe.js";
import type {SidecarEffects} from "../effects.js";
import {barTopic} from "../topics/bar-topic.js";
import type {Hub} from "../topics/hub.js";
import {type CoarseSeries, createCoarseSeries} from "./coarse-series.js";
import type {PullBars} from "./healer.js";
import {type Level, ladder} from "./level.js";
import {createLiveSeries} from "./live-series.js";
import {createSecondSeries} from "./second-series.js";

/** What a live cascade is made of. */
export interface LiveCascadeOptions {
  readonly instrument: InstrumentId;
  readonly calendar: TradingCalendar;
  readonly hub: Hub;
  /** Minutes of the source's history. */
  readonly pull: PullBars;
  /** History is wanted from here on. */
  readonly origin: EpochMs;
  /** Final minutes that were announced before this process began. */
  readonly known?: readonly Bar[];
  readonly onChange: (error?: unknown) => void;
}

/** What a cascade counts. */
export interface CascadeCounts {
  readonly gaps: number;
  readonly late: number;
  readonly corrected: number;
}

/** One instrument's bars of all timeframes, made of its ticks and announced on their topics. */
export interface LiveCascade {
  add(tick: Tick): void;
  /** Ticks come without a break from this moment on. */
  resume(time: EpochMs): void;
  /** Ticks may be missing after *coveredTo*. */
  interrupt(coveredTo: EpochMs): void;
  closeDue(now: EpochMs, coveredTo: EpochMs): void;
  /** History is said to have the minute that opened at a time. */
  ask(time: EpochMs): void;
  counts(): CascadeCounts;
  /** Up to where every bar is final or does not exist. */
  settledTo(): EpochMs;
  stop(): void;
}

/**
 * A live cascade: ticks into seconds, seconds into minutes, minutes into 3m, 5m, 15m, 1h and 1d by the venue's
 * sessions. Holes are filled at the minute, of which sources keep a history; what is longer follows from the minutes.
 */
export function createLiveCascade(options: LiveCascadeOptions, effects: SidecarEffects): LiveCascade {
  const {instrument, calendar, hub, pull, origin, known = [], onChange} = options;
  const common = {calendar, hub, origin};
  const coarse: CoarseSeries[] = [];
  const seconds = createSecondSeries({topic: barTopic(instrument, "1s"), calendar, hub});
  const touchCoarse = (time: EpochMs) => coarse.forEach((series) => void series.touch(time));
  const settle = () => coarse.forEach((series) => void series.settle());
  const minutes = createLiveSeries(
    {
      ...{...common, topic: barTopic(instrument, "1m"), timeframe: "1m", source: seconds, pull, known},
      onBar: touchCoarse,
      onChange(error) {
        settle();
        onChange(error);
      }
    },
    effects
  );
  const levels: Level[] = [minutes];
  for (const timeframe of ladder.slice(2)) {
    const source = levels.findLast((level) => timeframeMs(timeframe) % level.stepMs === 0)!;
    const series = createCoarseSeries({
      ...common,
      topic: barTopic(instrument, timeframe),
      timeframe,
      source,
      base: minutes
    });
    levels.push(series);
    coarse.push(series);
  }
  for (const {time} of known) touchCoarse(time);

  return {
    add(tick) {
      const changes = seconds.add(tick);
      minutes.advance(tick.eventTime);
      for (const {time, isKnown} of changes) minutes.touch(time, isKnown);
      settle();
    },
    resume(time) {
      seconds.resume(time);
      minutes.resume(time);
    },
    interrupt(coveredTo) {
      seconds.interrupt();
      minutes.interrupt(coveredTo);
    },
    closeDue(now, coveredTo) {
      seconds.closeDue(now, coveredTo);
      minutes.closeDue(now, coveredTo);
      for (const series of coarse) series.closeDue(now);
      settle();
    },
    ask: minutes.ask,
    counts: () => ({gaps: minutes.holes, late: seconds.late, corrected: seconds.corrected + minutes.corrected}),
    settledTo: () => minutes.settledTo,
    stop: () => minutes.stop()
  };
}
