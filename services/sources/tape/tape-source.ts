import type {TradingCalendar} from "../../domain/calendar.js";
import type {InstrumentId} from "../../domain/instrument.js";
import type {BarSource} from "../bar-source.js";
import type {SourceEffects} from "../effects.js";
import {barsBetween} from "../merge-bars.js";
import type {ToldTick} from "../postgres/payloads.js";

/**
 * The bars of a tape up to now, made of its ticks: the history of a source that has no other. A quote counts 1, a trade
 * its volume.
 *
 * @param calendarOf an instrument's calendar
 * @throws {RangeError} from `bars` if the caller brought no way to make bars of ticks
 */
export function createTapeSource(
  ticks: readonly ToldTick[],
  calendarOf: (instrument: InstrumentId) => TradingCalendar | undefined,
  {now, ticksToBars}: Pick<SourceEffects, "now" | "ticksToBars">
): BarSource {
  return {
    async bars({instrument, symbol, timeframe, start, end}) {
      const calendar = calendarOf(instrument);
      if (!ticksToBars || !calendar) throw new RangeError(`no way to make bars of the tape of ${instrument}`);
      const asOf = now();
      const own = ticks.filter(({contractId, time}) => contractId === symbol && time >= start && time <= asOf);
      const columns = {
        time: own.map(({time}) => time),
        price: own.map(({price}) => price),
        volume: own.map(({type, volume = 0}) => (type === "quote" ? 1 : volume))
      };
      const bars = ticksToBars(columns, timeframe, calendar, {asOf});
      const closed = barsBetween(bars, start, bars.lastIsPartial ? Math.min(end, bars.time.at(-1)!) : end);
      return {bars: closed, duplicateTimes: [], warnings: []};
    }
  };
}
