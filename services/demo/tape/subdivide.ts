import type {RandomStream} from "./random.js";
import {createStepBars, type StepBar, type StepBars} from "./step-bars.js";

/** The share of movement and volume that falls to each part, and the least volume of a part. */
export interface Shares {
  readonly variance: Float64Array;
  readonly volume: Float64Array;
  readonly leastVolume: ArrayLike<number>;
}

/** A path that must be stretched more than this to reach its bar's high or low is drawn again. */
const mostStretch = 3;
const mostDraws = 12;

/**
 * The parts of a bar: bars that fold back into it exactly, open, high, low, close and volume.
 *
 * Closes are a Brownian bridge whose size is told from the bar's own range (Parkinson 1980: the mean squared range is
 * 4 ln 2 times the variance); each part's extremes are those of a bridge within it. What rises above or falls below the
 * bar's body is then stretched, so that the highest is its high and the lowest its low, and rounded to steps; both keep
 * the order of prices, so that every part stays a sensible bar. A path that hardly leaves the body would put the whole
 * of the bar's reach into one part, as a bad price does: of several draws the first that needs little stretch is taken.
 */
export function subdivide(bar: StepBar, shares: Shares, random: RandomStream): StepBars {
  const variance = (bar.high - bar.low) ** 2 / (4 * Math.LN2);
  const parts = drawPath(bar, shares.variance, variance, random);
  stretch(parts, bar, reachOf(parts, bar));
  allot(parts.volume, bar.volume, shares, random);
  return parts;
}

function drawPath(bar: StepBar, share: Float64Array, variance: number, random: RandomStream): StepBars {
  let [gentlest, least] = [createStepBars(share.length), Infinity];
  for (let draw = 0; draw < mostDraws && !(least <= mostStretch); ++draw) {
    const parts = createStepBars(share.length);
    drawCloses(parts, bar, share, variance, random);
    drawExtremes(parts, share, variance, random);
    const {up, down} = reachOf(parts, bar);
    if (draw === 0 || Math.max(up, down) < least) [gentlest, least] = [parts, Math.max(up, down)];
  }
  return gentlest;
}

function drawCloses(
  {open, close, length}: StepBars,
  bar: StepBar,
  share: Float64Array,
  variance: number,
  random: RandomStream
) {
  let walk = 0;
  let elapsed = 0;
  for (let i = 0; i < length; ++i) close[i] = walk += random.normal() * Math.sqrt(share[i]! * variance);
  const total = share.reduce((sum, value) => sum + value, 0);
  for (let i = 0; i < length; ++i) {
    elapsed += share[i]! / total;
    close[i] = bar.open + close[i]! + (bar.close - bar.open - walk) * elapsed;
    open[i] = i === 0 ? bar.open : close[i - 1]!;
  }
  close[length - 1] = bar.close;
}

function drawExtremes(
  {open, high, low, close, length}: StepBars,
  share: Float64Array,
  variance: number,
  random: RandomStream
) {
  for (let i = 0; i < length; ++i) {
    const spread = share[i]! * variance;
    high[i] = (open[i]! + close[i]! + drawReach(close[i]! - open[i]!, spread, random)) / 2;
    low[i] = (open[i]! + close[i]! - drawReach(close[i]! - open[i]!, spread, random)) / 2;
  }
}

/** How far apart a bridge's two ends and twice its extreme lie; of *change* and *variance* over the part. */
function drawReach(change: number, variance: number, random: RandomStream): number {
  return Math.sqrt(change ** 2 - 2 * variance * Math.log(1 - random.uniform()));
}

/** How much what lies above and below the bar's body must be stretched to reach its high and its low. */
function reachOf({high, low, length}: StepBars, bar: StepBar): {readonly up: number; readonly down: number} {
  const top = Math.max(bar.open, bar.close);
  const bottom = Math.min(bar.open, bar.close);
  let [highest, lowest] = [top, bottom];
  for (let i = 0; i < length; ++i) {
    highest = Math.max(highest, high[i]!);
    lowest = Math.min(lowest, low[i]!);
  }
  return {
    up: highest > top ? (bar.high - top) / (highest - top) : 0,
    down: lowest < bottom ? (bottom - bar.low) / (bottom - lowest) : 0
  };
}

function stretch(
  {open, high, low, close, length}: StepBars,
  bar: StepBar,
  {up, down}: ReturnType<typeof reachOf>
): void {
  const top = Math.max(bar.open, bar.close);
  const bottom = Math.min(bar.open, bar.close);
  const map = (price: number) =>
    Math.round(price > top ? top + (price - top) * up : price < bottom ? bottom - (bottom - price) * down : price);
  for (const column of [open, high, low, close]) for (let i = 0; i < length; ++i) column[i] = map(column[i]!);
}

/** Whole volumes that add up to *total*, none below the least, about in proportion to their shares. */
function allot(volume: Float64Array, total: number, shares: Omit<Shares, "variance">, random: RandomStream): void {
  let spare = total;
  let sum = 0;
  for (let i = 0; i < volume.length; ++i) {
    volume[i] = shares.volume[i]! * Math.exp(0.35 * random.normal());
    sum += volume[i]!;
    spare -= shares.leastVolume[i]!;
  }
  let [running, given] = [0, 0];
  for (let i = 0; i < volume.length; ++i) {
    running += volume[i]!;
    const upTo = i === volume.length - 1 ? spare : Math.floor((running / sum) * spare);
    volume[i] = shares.leastVolume[i]! + upTo - given;
    given = upTo;
  }
}
