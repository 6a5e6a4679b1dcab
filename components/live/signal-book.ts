import {trendStarts} from "../../services/analytics/structure/trend-starts/trend-starts.js";
import {sliceBars} from "../../services/domain/bar.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import type {Timeframe} from "../../services/domain/timeframe.js";
import type {Signal} from "../../services/domain/wire.js";
import type {JoinedSeries} from "./join-series.js";

/** A signal as a page knows it. */
export interface BookedSignal extends Omit<Signal, "analyzer"> {
  /** Who found it: the sidecar's analyzer, or this page in its joined series. */
  readonly by: string;
  /** Whether the bars as they are now, filled and corrected, still say so. What was stated is kept either way. */
  readonly stands: boolean;
}

/** Signals of a page's instruments. */
export interface SignalBook {
  /** A signal that the sidecar stated. */
  take(signal: Signal): void;
  /** Looks through a joined series for signals, unless the sidecar states those of this instrument and timeframe. */
  find(instrument: InstrumentId, timeframe: Timeframe, joined: JoinedSeries): void;
  /** Of all instruments, the last known first; the same list until it changes. */
  signals(timeframe: Timeframe): readonly BookedSignal[];
  /** Of one instrument, likewise. */
  signalsOf(instrument: InstrumentId, timeframe: Timeframe): readonly BookedSignal[];
}

/**
 * An empty book. A signal once in it stays: where bars are filled or corrected later and no longer say so, it is marked.
 */
export function createSignalBook(): SignalBook {
  const booked = new Map<string, BookedSignal>();
  const stated = new Set<string>();
  const looked = new Map<string, {readonly state: string; readonly first: number | undefined}>();

  const lists = new Map<string, readonly BookedSignal[]>();

  function book(signal: BookedSignal): void {
    lists.clear();
    booked.set(keyOf(signal), signal);
  }

  function list(key: string, isListed: (signal: BookedSignal) => boolean): readonly BookedSignal[] {
    const known = lists.get(key) ?? [...booked.values()].filter(isListed).sort(lastKnownFirst);
    lists.set(key, known);
    return known;
  }

  function forget(pair: string): void {
    lists.clear();
    for (const [key, one] of booked) if (`${one.instrument} ${one.timeframe}` === pair) booked.delete(key);
  }

  function foundIn(instrument: InstrumentId, timeframe: Timeframe, {bars, forming}: JoinedSeries): BookedSignal[] {
    const finals = sliceBars(bars, 0, bars.length - (forming ? 1 : 0));
    return trendStarts(finals).map(({type, time, knownAt, price, rule, ruleType}) => {
      return {instrument, timeframe, type, time, knownAt, price, rule, ruleType, by: "this page", stands: true};
    });
  }

  return {
    take({analyzer, ...signal}) {
      const pair = `${signal.instrument} ${signal.timeframe}`;
      if (!stated.has(pair)) forget(pair);
      stated.add(pair);
      book({...signal, by: analyzer, stands: true});
    },
    find(instrument, timeframe, joined) {
      const pair = `${instrument} ${timeframe}`;
      const [state, first] = [stateOf(joined), joined.bars.time[0]];
      const before = looked.get(pair);
      if (stated.has(pair) || before?.state === state) return;
      if (before && before.first !== first) forget(pair); // other history: what was found on less of it is no evidence
      looked.set(pair, {state, first});
      const found = new Map(foundIn(instrument, timeframe, joined).map((signal) => [keyOf(signal), signal]));
      for (const [key, one] of booked) {
        if (`${one.instrument} ${one.timeframe}` === pair && !found.has(key)) book({...one, stands: false});
      }
      for (const [key, signal] of found) book({...(booked.get(key) ?? signal), stands: true});
    },
    signals: (timeframe) => list(timeframe, (signal) => signal.timeframe === timeframe),
    signalsOf: (instrument, timeframe) =>
      list(`${instrument} ${timeframe}`, (one) => one.instrument === instrument && one.timeframe === timeframe)
  };
}

function lastKnownFirst(a: BookedSignal, b: BookedSignal): number {
  return b.knownAt - a.knownAt || b.time - a.time || a.instrument.localeCompare(b.instrument);
}

/** What makes two signals the same, whoever found them. */
function keyOf({instrument, timeframe, type, time}: Pick<Signal, "instrument" | "timeframe" | "type" | "time">) {
  return `${instrument} ${timeframe} ${type} ${time}`;
}

/** Changes whenever a final bar comes, is filled or corrected. */
function stateOf({bars, forming, healed, corrections}: JoinedSeries): string {
  return [bars.length - (forming ? 1 : 0), bars.time[0], healed.size, corrections.size].join();
}
