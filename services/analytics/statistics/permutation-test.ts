import {createRandom} from "./random.js";
import {centreWithin, createShuffle, groupSessions} from "./session-shuffle.js";

/** How many shuffles, from which seed. */
export interface PermutationOptions {
  /** Shuffles at most: fewer where the answer is plain. */
  readonly shuffles?: number; // 9_999
  readonly seed?: number; // 1
}

/** What was as far out by chance this often is not shuffled on: its p is known to a tenth of itself. */
export const enoughAsFar = 100;

/**
 * Permutation test within sessions: does a label go with higher or lower values than the session's other observations?
 * Labels are shuffled among the observations of one session, never across, so that a difference between days cannot
 * pass for an effect of the label. The statistic is the sum of a label's values, each less its session's mean.
 *
 * @param labels one per value: 0, 1, 2 …, below 256
 * @param sessions the session of each value, as whole numbers
 * @returns two-sided p by label, never 0: (1 + shuffles at least as far from 0) / (1 + shuffles), or 100 / shuffles where
 *   100 were as far before the end. NaN for a label that never shares a session with another: it cannot be compared
 * @throws {RangeError} if lengths differ, or a value, a label or the shuffles make no sense
 * @example permutationTest([1, 9, 2, 8], [0, 1, 0, 1], [0, 0, 1, 1]) // about [0.5, 0.5]: of 4 arrangements 2 are as far out
 *
 * Source: Good, *Permutation, Parametric and Bootstrap Tests of Hypotheses* (2005), chapter 3; stopping early, and
 * the exactness of p for all that, from Besag & Clifford, Sequential Monte Carlo p-values, *Biometrika* 78 (1991).
 */
export function permutationTest(
  values: ArrayLike<number>,
  labels: ArrayLike<number>,
  sessions: ArrayLike<number>,
  {shuffles = 9_999, seed = 1}: PermutationOptions = {}
): Float64Array {
  assertColumns(values, labels, sessions, shuffles);
  const labelCount = 1 + Array.from(labels).reduce((most, label) => Math.max(most, label), 0);
  const {shuffled, centred, ends, isCompared} = mixedSessions(values, labels, sessions, labelCount);
  const observed = sumsByLabel(centred, shuffled, new Float64Array(labelCount)).map(Math.abs);
  const tolerance = 1e-10 * centred.reduce((sum, value) => sum + Math.abs(value), 0);
  const asFar = new Uint32Array(labelCount);
  const p = new Float64Array(labelCount).fill(NaN);
  const pending = new Set([...isCompared.keys()].filter((label) => isCompared[label] === 1));
  const sums = new Float64Array(labelCount);
  const shuffleAll = createShuffle(shuffled, ends, createRandom(seed));
  for (let shuffle = 1; shuffle <= shuffles && pending.size > 0; ++shuffle) {
    shuffleAll();
    sumsByLabel(centred, shuffled, sums.fill(0));
    for (const label of pending) {
      if (!(Math.abs(sums[label]!) >= observed[label]! - tolerance)) continue;
      if (++asFar[label]! < enoughAsFar) continue;
      p[label] = enoughAsFar / shuffle;
      pending.delete(label);
    }
  }
  for (const label of pending) p[label] = (1 + asFar[label]!) / (1 + shuffles);
  return p;
}

function assertColumns(
  values: ArrayLike<number>,
  labels: ArrayLike<number>,
  sessions: ArrayLike<number>,
  shuffles: number
) {
  if (!(labels.length === values.length && sessions.length === values.length))
    throw new RangeError(
      `lengths differ: ${values.length} values, ${labels.length} labels, ${sessions.length} sessions`
    );
  if (!(Number.isInteger(shuffles) && shuffles > 0)) throw new RangeError(`invalid shuffles: ${shuffles}`);
  for (let i = 0; i < values.length; ++i) {
    if (!Number.isFinite(values[i])) throw new RangeError(`invalid value at ${i}: ${values[i]}`);
    if (!(Number.isInteger(labels[i]) && labels[i]! >= 0 && labels[i]! < 256))
      throw new RangeError(`invalid label at ${i}: ${labels[i]}`);
  }
}

/** Rows of the sessions that hold several labels; in the others nothing can be shuffled. */
function mixedSessions(
  values: ArrayLike<number>,
  labels: ArrayLike<number>,
  sessions: ArrayLike<number>,
  labelCount: number
) {
  const mixed = groupSessions(sessions, (rows) => rows.some((row) => labels[row] !== labels[rows[0]!]));
  const isCompared = new Uint8Array(labelCount);
  for (const row of mixed.rows) isCompared[labels[row]!] = 1;
  const shuffled = Uint8Array.from(mixed.rows, (row) => labels[row]!);
  return {shuffled, centred: centreWithin(values, mixed), ends: mixed.ends, isCompared};
}

function sumsByLabel(values: Float64Array, labels: Uint8Array, sums: Float64Array): Float64Array {
  for (let i = 0; i < values.length; ++i) sums[labels[i]!]! += values[i]!;
  return sums;
}
