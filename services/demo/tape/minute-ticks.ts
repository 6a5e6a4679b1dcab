import type {RandomStream} from "./random.js";
import type {StepBar} from "./step-bars.js";

/** Ticks of a minute as columns: milliseconds after it opened, price and spread in steps, volume. */
export interface MinuteTicks {
  readonly length: number;
  readonly offsetMs: Float64Array;
  readonly price: Float64Array;
  readonly spread: Float64Array;
  readonly volume: Float64Array;
}

const minuteMs = 60_000;
const mostTicks = 2_000;

/**
 * Ticks that fold into a minute's bar exactly: the first is its open, the last its close, one its high, one its low, no
 * other beyond them. A quote counts one; a trade's quantity is at least one, and they add up to the bar's volume.
 *
 * @param spread the least spread of the minute, in steps
 */
export function minuteTicks(
  bar: StepBar,
  kind: "quotes" | "trades",
  spread: number,
  random: RandomStream
): MinuteTicks {
  const length = kind === "quotes" ? bar.volume : Math.min(bar.volume, mostTicks, 6 + random.integer(0, 18));
  const offsetMs = drawOffsets(length, random);
  const price = drawPrices(bar, length, random);
  const spreads = drawSpreads(length, spread, random);
  const volume = new Float64Array(length).fill(1);
  if (kind === "trades") shareOut(volume, bar.volume, random);
  return {length, offsetMs, price, spread: spreads, volume};
}

/** One tick in each of *length* equal parts of the minute, so that times rise strictly. */
function drawOffsets(length: number, random: RandomStream): Float64Array {
  const offsets = new Float64Array(length);
  for (let i = 0; i < length; ++i) offsets[i] = Math.floor(((i + random.uniform()) / length) * minuteMs);
  return offsets;
}

function drawSpreads(length: number, least: number, random: RandomStream): Float64Array {
  const spreads = new Float64Array(length).fill(least);
  for (let i = 1; i < length; ++i) if (random.uniform() < 0.2) spreads[i]! += random.integer(1, 2);
  return spreads;
}

function drawPrices({open, high, low, close}: StepBar, length: number, random: RandomStream): Float64Array {
  const prices = new Float64Array(length);
  const first = random.integer(1, length - 3);
  const second = random.integer(first + 1, length - 2);
  const isHighFirst = random.uniform() < (close >= open ? 0.35 : 0.65);
  const stops: readonly (readonly [number, number])[] = [
    [0, open],
    [first, isHighFirst ? high : low],
    [second, isHighFirst ? low : high],
    [length - 1, close]
  ];
  const noise = Math.max(0.4, (high - low) * 0.08);
  for (let s = 1; s < stops.length; ++s) {
    const [[from, start], [to, end]] = [stops[s - 1]!, stops[s]!];
    for (let i = from; i <= to; ++i) {
      const between = start + ((end - start) * (i - from)) / (to - from);
      const isStop = i === from || i === to;
      prices[i] = isStop ? between : Math.min(high, Math.max(low, Math.round(between + noise * random.normal())));
    }
  }
  return prices;
}

function shareOut(volume: Float64Array, total: number, random: RandomStream): void {
  const weights = volume.map(() => random.exponential());
  const sum = weights.reduce((all, weight) => all + weight, 0);
  let [running, given] = [0, 0];
  for (let i = 0; i < volume.length; ++i) {
    running += weights[i]!;
    const upTo =
      i === volume.length - 1 ? total - volume.length : Math.floor((running / sum) * (total - volume.length));
    volume[i] = 1 + upTo - given;
    given = upTo;
  }
}
