import type {Estimate} from "../../domain/estimate.js";
import {type BootstrapOptions, createSumResampling} from "./bootstrap.js";
import {estimateWith, refuse, refuseSmall} from "./estimates.js";
import {minimumSample} from "./minimum-sample.js";
import {enoughAsFar, type PermutationOptions} from "./permutation-test.js";
import {createRandom} from "./random.js";
import {centreWithin, createShuffle, groupSessions, type SessionRows} from "./session-shuffle.js";

/** Pairs of observations, as columns of one length. */
export interface Pairs {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly sessions: ArrayLike<number>;
}

/**
 * Slope of y on x inside sessions: what one more of x goes with, days compared with themselves alone.
 *
 * The interval is a bootstrap over sessions, p a permutation of x within them. Sessions in which x does not vary say
 * nothing and do not count in n.
 *
 * @param unit what a pair is called in a refusal: `re-entries`
 * @param options draws and level of the bootstrap, shuffles of the test, one seed for both
 */
export function slopeWithinSessions(
  {x, y, sessions}: Pairs,
  unit: string,
  options: BootstrapOptions & PermutationOptions = {}
): Estimate {
  const grouped = groupSessions(sessions, (rows) => rows.some((row) => x[row] !== x[rows[0]!]));
  const [n, count] = [grouped.rows.length, grouped.ends.length];
  const {ratio, sessions: fewest} = minimumSample;
  if (n < ratio) return refuseSmall(n, ratio, `${unit} in sessions that can be compared`);
  if (count < fewest) return {...refuseSmall(count, fewest, "sessions that can be compared"), n};
  const [centredX, centredY] = [centreWithin(x, grouped), centreWithin(y, grouped)];
  if (centredY.every((value) => Math.abs(value) < 1e-12)) return refuse(n, "it never varies within a session");
  const products = sumsBySession(centredX, centredY, grouped);
  const interval = createSumResampling(
    products.map(({xy, xx}) => [xy, xx]),
    options
  )(([xy, xx]) => xy! / xx!);
  const estimate = estimateWith(slopeOf(products), n, interval, "bootstrap by session");
  return {...estimate, p: permutationP(centredX, centredY, grouped, options)};
}

interface Products {
  readonly xy: number;
  readonly xx: number;
}

function slopeOf(products: readonly Products[]): number {
  let xy = 0;
  let xx = 0;
  for (const product of products) {
    xy += product.xy;
    xx += product.xx;
  }
  return xy / xx;
}

function sumsBySession(x: Float64Array, y: Float64Array, {ends}: SessionRows): Products[] {
  return Array.from(ends, (end, i) => {
    const start = i === 0 ? 0 : ends[i - 1]!;
    return {
      xy: dot(x.subarray(start, end), y.subarray(start, end)),
      xx: dot(x.subarray(start, end), x.subarray(start, end))
    };
  });
}

function permutationP(
  x: Float64Array,
  y: Float64Array,
  {ends}: SessionRows,
  {shuffles = 9_999, seed = 1}: PermutationOptions
): number {
  const shuffled = x.slice();
  const observed = Math.abs(dot(x, y)) * (1 - 1e-10);
  const shuffleAll = createShuffle(shuffled, ends, createRandom(seed));
  let asFar = 0;
  for (let shuffle = 1; shuffle <= shuffles; ++shuffle) {
    shuffleAll();
    if (Math.abs(dot(shuffled, y)) >= observed && ++asFar === enoughAsFar) return enoughAsFar / shuffle;
  }
  return (1 + asFar) / (1 + shuffles);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; ++i) sum += a[i]! * b[i]!;
  return sum;
}
