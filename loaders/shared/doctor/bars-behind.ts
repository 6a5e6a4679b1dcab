import {sessionsBetween, type TradingCalendar} from "../../../services/domain/calendar.js";
import type {Dataset} from "../../../services/domain/dataset.js";
import {DAY_MS, type EpochMs, HOUR_MS} from "../../../services/domain/time.js";
import {isIntraday, parseTimeframe, type Timeframe, timeframeMs} from "../../../services/domain/timeframe.js";
import {tickSlot} from "../../../services/snapshots/tick-quality.js";
import type {Settings} from "../../../services/sources/settings/settings.js";

/**
 * How many bars a series lacks up to now, or five minutes of ticks, if that is more than its last session's worth; 0 where
 * it keeps up, where it comes from files (which hold what they hold), or where it is neither.
 */
export function barsBehind(dataset: Dataset, settings: Settings, now: EpochMs): number {
  const {instrument, lastTime} = dataset;
  const {historyDays, timeframe} = wantedOf(dataset, settings) ?? {historyDays: "all"};
  const own = settings.site.instruments.find(({id}) => id === instrument);
  if (historyDays === "all" || !own || timeframe === undefined || lastTime === null) return 0;
  const calendar = settings.site.calendars[own.calendar]!;
  return isIntraday(timeframe)
    ? minutesBehind(lastTime + timeframeMs(timeframe), timeframe, calendar, now)
    : daysBehind(lastTime, timeframe, calendar, now);
}

function wantedOf({kind, instrument, timeframe}: Dataset, {bars, ticks}: Settings) {
  if (kind !== "ticks") return bars.find((each) => each.instrument === instrument && each.timeframe === timeframe);
  const wanted = ticks.find((each) => each.instrument === instrument);
  return wanted && {...wanted, timeframe: tickSlot};
}

function minutesBehind(from: EpochMs, timeframe: Timeframe, calendar: TradingCalendar, now: EpochMs): number {
  const stepMs = timeframeMs(timeframe);
  const sessions = from < now ? sessionsBetween(calendar, from, now) : [];
  const slots = sessions.map(({open, close}) => ({
    missing: Math.floor((Math.min(close, now) - Math.max(open, from)) / stepMs),
    all: Math.floor((close - open) / stepMs)
  }));
  const missing = slots.reduce((sum, slot) => sum + slot.missing, 0);
  return missing > (slots.at(-1)?.all ?? 0) ? missing : 0;
}

function daysBehind(lastTime: EpochMs, timeframe: Timeframe, calendar: TradingCalendar, now: EpochMs): number {
  const {unit, count} = parseTimeframe(timeframe);
  if (unit !== "d")
    return now - lastTime > 2 * timeframeMs(timeframe) + 7 * DAY_MS
      ? Math.floor((now - lastTime) / timeframeMs(timeframe)) - 1
      : 0;
  const closed = sessionsBetween(calendar, lastTime + DAY_MS, now).filter(({close}) => close + HOUR_MS <= now);
  const missing = Math.floor(closed.length / count);
  return missing > 1 ? missing : 0;
}
