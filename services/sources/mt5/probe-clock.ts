import type {TradingCalendar} from "../../domain/calendar.js";
import type {InstrumentId} from "../../domain/instrument.js";
import {SourceError} from "../../domain/source-error.js";
import {DAY_MS, type EpochMs, formatIso, MINUTE_MS} from "../../domain/time.js";
import type {ClockRule} from "../settings/source-settings.js";
import {type BridgeClient, BridgeRefusal} from "./client.js";
import {createClock, formatClock} from "./clock.js";
import {canShowFault, checkClock} from "./clock-check.js";
import {fetchWallBars} from "./fetch-bars.js";

/** The bridge that is asked, the clock rule that is checked, and the weeks it is checked against. */
export interface ClockProbeOptions {
  readonly client: BridgeClient;
  readonly clock: ClockRule;
  calendarOf(instrument: InstrumentId): TradingCalendar | undefined;
}

/** A symbol by whose bars a clock can be checked, and the instrument that it is. */
export interface ProbeSymbol {
  readonly symbol: string;
  readonly instrument: InstrumentId;
}

/**
 * Checks a server's clock on its bars of five minutes before *end*, for answers that hold no edge of a week themselves:
 * a few bars, days, ticks, deals, positions. The first symbol that can tell anything is enough.
 *
 * @throws {SourceError} SOURCE_CLOCK if they contradict the rule
 */
export type ClockProbe = (
  symbols: readonly ProbeSymbol[],
  end: EpochMs,
  signal: AbortSignal | undefined
) => Promise<void>;

/** Long enough to hold the close of one week and the open of the next. */
const PROBE_MS = 9 * DAY_MS;

/** A probe that asks once for each day of history; a symbol by which nothing could be told does not count. */
export function createClockProbe({client, clock: rule, calendarOf}: ClockProbeOptions): ClockProbe {
  const done = new Map<number, Promise<boolean>>();
  return async (symbols, end, signal) => {
    const day = Math.floor(end / DAY_MS);
    if (await done.get(day)?.catch(() => false)) return;
    for (const {symbol, instrument} of symbols) {
      const calendar = calendarOf(instrument);
      if (calendar === undefined || !canShowFault(calendar)) continue;
      const check = probeClock(client, {symbol, rule, calendar, end}, signal);
      done.set(day, check);
      if (await check) return;
    }
  };
}

/** @returns whether there was anything to check by */
async function probeClock(
  client: BridgeClient,
  {symbol, rule, calendar, end}: {symbol: string; rule: ClockRule; calendar: TradingCalendar; end: EpochMs},
  signal: AbortSignal | undefined
): Promise<boolean> {
  const clock = createClock(rule);
  const wallEnd = clock.fromUtc(end);
  try {
    const request = {symbol, timeframe: "5m", start: wallEnd - PROBE_MS, end: wallEnd} as const;
    const times = (await fetchWallBars(client, request, signal)).map(({time}) => clock.toUtc(time));
    checkClock(times, {rule, calendar, name: `${client.name}: ${symbol} 5m`, rowMs: 5 * MINUTE_MS});
    return times.length > 0;
  } catch (error) {
    // A bridge may not know the symbol, or the route: then there is nothing to check it by.
    if (error instanceof BridgeRefusal) return false;
    throw error;
  }
}

/** @throws {SourceError} SOURCE_CLOCK if the newest row lies in the future */
export function checkNotAhead(newest: EpochMs | undefined, now: EpochMs, rule: ClockRule, name: string): void {
  if (newest === undefined || !(newest > now + MINUTE_MS)) return;
  throw new SourceError(
    "SOURCE_CLOCK",
    `${name}: times disagree with the clock rule ${formatClock(rule)}: expected none after now, ${formatIso(now)}, ` +
      `saw ${formatIso(newest)}; correct the source's clock in settings`
  );
}
