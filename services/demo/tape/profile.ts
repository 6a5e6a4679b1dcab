/** How a session's movement and volume are spread over its minutes: weights that add up to 1. */
export interface SessionProfile {
  readonly variance: Float64Array;
  readonly volume: Float64Array;
}

const known = new Map<string, SessionProfile>();

/**
 * The profile of a session of *minutes* minutes. Quotes follow the world's day as counted from 17:00 New York: a quiet
 * roll-over, Tokyo, London, and the busiest hours when New York joins; trades follow the U of an exchange.
 */
export function sessionProfile(ticks: "quotes" | "trades", minutes: number): SessionProfile {
  const key = `${ticks} ${minutes}`;
  const profile = known.get(key) ?? makeProfile(ticks === "quotes" ? worldDay : exchangeDay, minutes);
  known.set(key, profile);
  return profile;
}

function makeProfile(shape: (minute: number, minutes: number) => number, minutes: number): SessionProfile {
  const volume = Float64Array.from({length: minutes}, (_, minute) => shape(minute, minutes));
  return {volume: normalise(volume), variance: normalise(volume.map((weight) => weight ** 0.9))};
}

function worldDay(minute: number): number {
  const hump = (centre: number, width: number) => Math.exp(-(((minute - centre) / width) ** 2) / 2);
  const asleep = 0.75 * Math.exp(-minute / 45);
  return 0.42 - 0.3 * asleep + 0.3 * hump(240, 110) + 1.1 * hump(640, 95) + 1.5 * hump(960, 105);
}

function exchangeDay(minute: number, minutes: number): number {
  return 0.7 + 2.4 * Math.exp(-minute / 22) + 1.3 * Math.exp(-(minutes - 1 - minute) / 28);
}

function normalise(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
