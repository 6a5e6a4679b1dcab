import type {Estimate} from "../../domain/estimate.js";
import {type BootstrapOptions, createSumResampling} from "./bootstrap.js";
import {estimateWith, refuseSmall} from "./estimates.js";
import {minimumSample} from "./minimum-sample.js";
import {type PermutationOptions, permutationTest} from "./permutation-test.js";

/** Observations of two kinds, as columns of one length. */
export interface Comparison {
  readonly values: ArrayLike<number>;
  /** 1 for the kind in question, 0 for what it is compared with. */
  readonly labels: ArrayLike<number>;
  readonly sessions: ArrayLike<number>;
}

interface SessionPair {
  weight: number;
  weighted: number;
}

/**
 * Mean difference between two kinds of observations of the same session, in the unit of the values.
 *
 * Each session's difference is weighted by n₁n₀/(n₁ + n₀), as a regression with a level for each session does; a session
 * with one kind alone says nothing and does not count in n. The interval is a bootstrap over sessions, p a permutation
 * within them.
 *
 * @param names what the two kinds are called in a refusal: `["re-entries after a loss", "… after a win"]`
 * @param options draws and level of the bootstrap, shuffles of the test, one seed for both
 */
export function compareWithinSessions(
  {values, labels, sessions}: Comparison,
  names: readonly [string, string],
  options: BootstrapOptions & PermutationOptions = {}
): Estimate {
  const pairs = sessionPairs({values, labels, sessions});
  const compared = Array.from(sessions, (session) => pairs.has(session));
  const count = (label: number) => compared.filter((isCompared, i) => isCompared && labels[i] === label).length;
  const [ones, zeros] = [count(1), count(0)];
  const n = ones + zeros;
  const {side, sessions: fewest} = minimumSample;
  if (ones < side) return {...refuseSmall(ones, side, `${names[0]} in sessions with both`), n};
  if (zeros < side) return {...refuseSmall(zeros, side, `${names[1]} in sessions with both`), n};
  if (pairs.size < fewest) return {...refuseSmall(pairs.size, fewest, "sessions with both"), n};
  const units = [...pairs.values()];
  const interval = createSumResampling(
    units.map(({weight, weighted}) => [weight, weighted]),
    options
  )(([weight, weighted]) => weighted! / weight!);
  const estimate = estimateWith(ratioOf(units), n, interval, "bootstrap by session");
  return {...estimate, p: permutationTest(values, labels, sessions, options)[1]!};
}

function ratioOf(pairs: readonly SessionPair[]): number {
  let weight = 0;
  let weighted = 0;
  for (const pair of pairs) {
    weight += pair.weight;
    weighted += pair.weighted;
  }
  return weighted / weight;
}

/** Weight and weighted difference of each session that holds both kinds. */
function sessionPairs({values, labels, sessions}: Comparison): Map<number, SessionPair> {
  const sums = new Map<number, [number, number, number, number]>();
  for (let i = 0; i < values.length; ++i) {
    const sum = sums.get(sessions[i]!) ?? [0, 0, 0, 0];
    sums.set(sessions[i]!, sum);
    sum[labels[i] === 1 ? 0 : 2] += 1;
    sum[labels[i] === 1 ? 1 : 3] += values[i]!;
  }
  const pairs = new Map<number, SessionPair>();
  for (const [session, [ones, oneSum, zeros, zeroSum]] of sums) {
    const weight = (ones * zeros) / (ones + zeros);
    if (weight > 0) pairs.set(session, {weight, weighted: weight * (oneSum / ones - zeroSum / zeros)});
  }
  return pairs;
}
