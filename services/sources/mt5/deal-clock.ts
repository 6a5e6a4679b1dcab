import type {TradingCalendar} from "../../domain/calendar.js";
import type {Deal} from "../../domain/deal.js";
import type {InstrumentId} from "../../domain/instrument.js";
import type {ClockRule} from "../settings/source-settings.js";
import {checkClock} from "./clock-check.js";

/**
 * Checks a clock rule against deals: nothing is dealt while the market is shut.
 *
 * @throws {SourceError} SOURCE_CLOCK as `checkClock`
 */
export function checkDealClock(
  deals: readonly Deal[],
  {
    rule,
    name,
    calendarOf
  }: {rule: ClockRule; name: string; calendarOf(instrument: InstrumentId): TradingCalendar | undefined}
): void {
  const trades = deals.filter((deal) => deal.type !== "balance");
  for (const instrument of new Set(trades.map((deal) => deal.instrument))) {
    const calendar = calendarOf(instrument);
    const times = trades.filter((deal) => deal.instrument === instrument).map(({time}) => time);
    if (calendar !== undefined)
      checkClock(times, {rule, calendar, name: `${name}: deals in ${instrument}`, rowMs: 0, evidenceMs: 0});
  }
}
