import {leastMinuteVolume} from "./free-day.js";
import {blockMinutes} from "./planted.js";
import {sessionProfile} from "./profile.js";
import type {Shares} from "./subdivide.js";

/** What share of a session falls to each block, and of each block to each minute. */
export interface SessionShares {
  readonly blocks: Shares;
  readonly minutes: readonly Shares[];
}

const known = new Map<string, SessionShares>();

/** The shares of a session of *minutes* minutes, by its profile. */
export function sessionShares(ticks: "quotes" | "trades", minutes: number): SessionShares {
  const key = `${ticks} ${minutes}`;
  const shares = known.get(key) ?? makeShares(ticks, minutes);
  known.set(key, shares);
  return shares;
}

function makeShares(ticks: "quotes" | "trades", minutes: number): SessionShares {
  const {variance, volume} = sessionProfile(ticks, minutes);
  const starts = Array.from({length: Math.ceil(minutes / blockMinutes)}, (_, i) => i * blockMinutes);
  const total = (weights: Float64Array) => weights.reduce((sum, weight) => sum + weight, 0);
  const totals = (weights: Float64Array) =>
    Float64Array.from(starts, (start) => total(weights.subarray(start, start + blockMinutes)));
  const blocks = {
    variance: totals(variance),
    volume: totals(volume),
    leastVolume: Float64Array.from(starts, (start) => leastMinuteVolume * Math.min(blockMinutes, minutes - start))
  };
  const parts = starts.map((start) => {
    const own = variance.slice(start, start + blockMinutes);
    const leastVolume = new Float64Array(own.length).fill(leastMinuteVolume);
    return {
      variance: own.map((weight) => weight / total(own)),
      volume: volume.slice(start, start + blockMinutes),
      leastVolume
    };
  });
  return {blocks, minutes: parts};
}
