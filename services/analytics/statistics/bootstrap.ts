import {quantileInPlace} from "./quantile.js";
import {createRandom, type Random, scaledBelow} from "./random.js";

/** An interval and how it came about. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly level: number; // as 0.95
  readonly draws: number; // samples drawn
}

/** How many resamples, at what confidence, from which seed. */
export interface BootstrapOptions {
  /** Resamples. */
  readonly draws?: number; // 2000
  /** Confidence, in (0, 1). */
  readonly level?: number; // 0.95
  readonly seed?: number; // 1
}

/** The share of resamples in which a statistic may be undefined (no losses drawn, say) before there is no interval. */
const undefinedDrawsLimit = 0.05;

/**
 * Percentile bootstrap interval: units are drawn with replacement, as many as there are, and the statistic taken anew.
 * The unit is what is independent: a session with all its round trips, not a round trip, where days differ.
 *
 * @param units one entry per session (or per observation); the statistic sees a reused array and must not keep it
 * @returns `undefined` for fewer than two units, or if more than 5 % of the draws have no finite statistic
 * @throws {RangeError} if draws or level make no sense
 * @example bootstrapInterval([3, 5, 4, 8, 6], (sample) => mean(sample))
 *
 * Source: Efron & Tibshirani, *An Introduction to the Bootstrap* (1993), chapter 13; by cluster, Davison & Hinkley,
 * *Bootstrap Methods and their Application* (1997), section 3.8.
 */
export function bootstrapInterval<T>(
  units: readonly T[],
  statistic: (sample: readonly T[]) => number,
  options: BootstrapOptions = {}
): Interval | undefined {
  return createResampling(units, statistic, options)((value) => value);
}

/**
 * Resampling for several statistics of the same units: `bootstrapInterval` of each, from one set of draws, which are
 * made when the first is asked for and kept as summaries.
 *
 * @param summarise what the statistics are taken of; sees a reused array and must not keep it
 * @returns the interval of a statistic, just as `bootstrapInterval` of it
 * @throws {RangeError} from the first question, as `bootstrapInterval`
 */
export function createResampling<T, Summary>(
  units: readonly T[],
  summarise: (sample: readonly T[]) => Summary,
  options: BootstrapOptions = {}
): (statistic: (summary: Summary) => number) => Interval | undefined {
  let summaries: readonly Summary[] | undefined;
  return (statistic) => {
    const {draws, level, seed} = checkOptions(options);
    if (units.length < 2) return undefined;
    summaries ??= drawSamples(units, createRandom(seed), draws, summarise);
    return percentiles(Float64Array.from(summaries, statistic), level);
  };
}

/**
 * As `createResampling` for statistics of sums: of each unit only its sums count, and a resample adds up those of the
 * units that it drew.
 *
 * @param units the sums of each, as many of every one
 * @returns the interval of a statistic, just as `bootstrapInterval` of it; it sees a part of a reused array
 * @throws {RangeError} from the first question, as `bootstrapInterval`
 * @example createSumResampling([[2, 9], [1, 3]])(([n, sum]) => sum / n) // of means over all that the units hold
 */
export function createSumResampling(
  units: readonly (readonly number[])[],
  options: BootstrapOptions = {}
): (statistic: (sums: Float64Array) => number) => Interval | undefined {
  const width = units[0]?.length ?? 0;
  let drawn: Float64Array | undefined;
  return (statistic) => {
    const {draws, level, seed} = checkOptions(options);
    if (units.length < 2) return undefined;
    drawn ??= drawSums(units, width, draws, createRandom(seed));
    const sums = drawn;
    const found = new Float64Array(draws);
    for (let draw = 0; draw < draws; ++draw) found[draw] = statistic(sums.subarray(draw * width, (draw + 1) * width));
    return percentiles(found, level);
  };
}

/** The sums of each draw, one draw after another. */
function drawSums(units: readonly (readonly number[])[], width: number, draws: number, random: Random): Float64Array {
  const columns = Array.from({length: width}, (_, column) => Float64Array.from(units, (unit) => unit[column]!));
  const picked = new Uint32Array(units.length);
  const sums = new Float64Array(draws * width);
  for (let draw = 0; draw < draws; ++draw) {
    random.fill(picked);
    for (let i = 0; i < picked.length; ++i) picked[i] = scaledBelow(picked[i]!, picked.length);
    for (let column = 0; column < width; ++column) sums[draw * width + column] = sumOf(columns[column]!, picked);
  }
  return sums;
}

function sumOf(values: Float64Array, picked: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < picked.length; ++i) sum += values[picked[i]!]!;
  return sum;
}

function drawSamples<T, Summary>(
  units: readonly T[],
  random: Random,
  draws: number,
  summarise: (sample: readonly T[]) => Summary
): Summary[] {
  const sample = units.slice();
  const bits = new Uint32Array(units.length);
  return Array.from({length: draws}, () => {
    random.fill(bits);
    for (let i = 0; i < sample.length; ++i) sample[i] = units[scaledBelow(bits[i]!, units.length)]!;
    return summarise(sample);
  });
}

/**
 * Circular block bootstrap interval, for a series whose neighbours depend on each other, as returns do.
 *
 * @param values oldest first; the statistic sees a reused array and may reorder it
 * @param blockLength observations a block; n^(1/3) rounded up unless given
 * @returns `undefined` as `bootstrapInterval`
 * @throws {RangeError} if draws, level or block length make no sense
 *
 * Source: Politis & Romano, A circular block-resampling procedure, in *Exploring the Limits of Bootstrap* (1992).
 */
export function blockBootstrapInterval(
  values: ArrayLike<number>,
  statistic: (sample: Float64Array) => number,
  {
    blockLength = Math.ceil(Math.cbrt(values.length)),
    ...options
  }: BootstrapOptions & {readonly blockLength?: number} = {}
): Interval | undefined {
  if (!(Number.isInteger(blockLength) && (blockLength > 0 || values.length === 0)))
    throw new RangeError(`invalid block length: ${blockLength}`);
  const sample = new Float64Array(values.length);
  return intervalOf(values.length, options, (random) => {
    for (let i = 0, from = 0; i < sample.length; ++i) {
      from = i % blockLength === 0 ? random.below(values.length) : from + 1;
      sample[i] = values[from % values.length]!;
    }
    return statistic(sample);
  });
}

function intervalOf(units: number, options: BootstrapOptions, draw: (random: Random) => number): Interval | undefined {
  const {draws, level, seed} = checkOptions(options);
  if (units < 2) return undefined;
  const random = createRandom(seed);
  return percentiles(
    Float64Array.from({length: draws}, () => draw(random)),
    level
  );
}

function checkOptions({draws = 2000, level = 0.95, seed = 1}: BootstrapOptions): Required<BootstrapOptions> {
  if (!(Number.isInteger(draws) && draws > 0)) throw new RangeError(`invalid draws: ${draws}`);
  if (!(level > 0 && level < 1)) throw new RangeError(`invalid level: ${level}`);
  return {draws, level, seed};
}

function percentiles(drawn: Float64Array, level: number): Interval | undefined {
  const statistics = drawn.filter(Number.isFinite);
  if (statistics.length < (1 - undefinedDrawsLimit) * drawn.length) return undefined;
  const low = quantileInPlace(statistics, (1 - level) / 2);
  return {low, high: quantileInPlace(statistics, (1 + level) / 2), level, draws: drawn.length};
}
