import type {Session} from "../../domain/calendar.js";
import {DAY_MS, MINUTE_MS} from "../../domain/time.js";
import type {TapeInstrument} from "./instruments.js";
import {type RandomStream, randomStream} from "./random.js";
import {minutesOf} from "./session-index.js";
import type {StepBar} from "./step-bars.js";

/** Trading days in a year, about. */
const sessionsPerYear = 258;

/** The least volume of a minute: enough ticks to show an open, a high, a low and a close. */
export const leastMinuteVolume = 4;

const pullPerYear = 1.2;
const exchangeMinutes = 375;

/** What a day is drawn from: where it comes from, and how restless the market is now. */
export interface DayState {
  readonly spec: TapeInstrument;
  readonly session: Session;
  readonly number: number;
  readonly seed: number;
  /** The close before, in steps. */
  readonly previous: number;
  /** The logarithm of volatility over its usual level. */
  readonly unrest: number;
}

/** The deviation of a day's logarithmic return. */
export function dayVolatility({spec, unrest}: Pick<DayState, "spec" | "unrest">): number {
  return (spec.volatility / Math.sqrt(sessionsPerYear)) * Math.exp(unrest - 0.1);
}

/** A day left to chance: a gap, a move shared in part with the instrument's factor, a pull to its anchor. */
export function drawDay(state: DayState, random: RandomStream): StepBar {
  const {spec, session, previous, unrest} = state;
  const volatility = dayVolatility(state);
  const isMonday = new Date(session.close).getUTCDay() === 1;
  const gapShare = Math.min(0.5, spec.gapShare * (isMonday ? 3 : 1));
  const open = moved(previous, volatility * Math.sqrt(gapShare) * random.normal());
  const close = moved(open, moveOf(state, volatility * Math.sqrt(1 - spec.gapShare), random));
  const volume = usualVolume(spec, session) * Math.exp(0.5 * unrest + 0.15 * random.normal());
  return {...around(open, close, volatility * previous, random), volume: wholeVolume(volume, minutesOf(session))};
}

function moveOf({spec, session, number, seed, previous}: DayState, volatility: number, random: RandomStream): number {
  const anchor = Math.log(spec.startPrice / spec.tickSize) + (spec.drift * number) / sessionsPerYear;
  const pull = ((anchor - Math.log(previous)) * pullPerYear + spec.drift) / sessionsPerYear;
  const shared = randomStream(seed, "factor", spec.factor, session.date).normal();
  return pull + volatility * (spec.loading * shared + Math.sqrt(1 - spec.loading ** 2) * random.normal());
}

function moved(price: number, logarithm: number): number {
  return Math.max(1, Math.round(price * Math.exp(logarithm)));
}

/** A bar from open to close, with the extremes of a Brownian bridge of that deviation, in steps. */
export function around(open: number, close: number, deviation: number, random: RandomStream): Omit<StepBar, "volume"> {
  const reach = () => Math.sqrt((close - open) ** 2 + 2 * deviation ** 2 * random.exponential());
  const high = Math.max(open, close, Math.round((open + close + reach()) / 2));
  const low = Math.max(1, Math.min(open, close, Math.round((open + close - reach()) / 2)));
  return {open, high, low, close};
}

/** The volume a session usually has, by its length. */
export function usualVolume(spec: TapeInstrument, session: Session): number {
  const full = spec.ticks === "quotes" ? DAY_MS / MINUTE_MS : exchangeMinutes;
  return spec.sessionVolume * Math.min(1, minutesOf(session) / full);
}

/** A whole volume that leaves every minute enough. */
export function wholeVolume(volume: number, minutes: number): number {
  return Math.max(leastMinuteVolume * minutes, Math.round(volume));
}
