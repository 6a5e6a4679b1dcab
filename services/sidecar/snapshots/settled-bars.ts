import {createBucketRule} from "../../analytics/bars/bucket.js";
import {type Bar, type BarSeries, toBarSeries} from "../../domain/bar.js";
import type {TradingCalendar} from "../../domain/calendar.js";
import type {InstrumentId} from "../../domain/instrument.js";
import type {EpochMs} from "../../domain/time.js";
import {barTopic} from "../topics/bar-topic.js";
import type {Hub} from "../topics/hub.js";

/** Minutes that no event to come will add to, and where their topic goes on. */
export interface SettledBars {
  readonly bars: BarSeries;
  /** Every event about another bar has a higher number. */
  readonly lastSeq: number;
}

/**
 * An instrument's final minutes up to a moment, as its topic has said and corrected them; `undefined` where the topic
 * does not hold all of them any more, or has none.
 *
 * @param settledTo up to where every bar is final or does not exist
 */
export function settledMinutes(
  hub: Hub,
  {
    instrument,
    calendar,
    origin
  }: {readonly instrument: InstrumentId; readonly calendar: TradingCalendar; readonly origin: EpochMs},
  settledTo: EpochMs
): SettledBars | undefined {
  const topic = barTopic(instrument, "1m");
  const endOf = createBucketRule("1m", calendar);
  const {events, lastSeq, complete} = hub.replay(topic, 0);
  const finals = new Map<EpochMs, Bar>();
  let firstOpen = Infinity;
  for (const event of events) {
    if (event.type !== "bar" || !event.final) continue;
    if ((endOf(event.bar.time)?.end ?? Infinity) <= settledTo) finals.set(event.bar.time, event.bar);
    else firstOpen = Math.min(firstOpen, event.seq);
  }
  const bars = [...finals.values()].sort((a, b) => a.time - b.time);
  const [first] = bars;
  const isWhole = first !== undefined && (complete || hub.replay(topic, Math.max(origin, first.time)).complete);
  return isWhole ? {bars: toBarSeries(bars), lastSeq: Math.min(lastSeq, firstOpen - 1)} : undefined;
}
