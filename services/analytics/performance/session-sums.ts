import {toAmount} from "../../domain/money.js";
import type {RoundTrip} from "../../domain/round-trip.js";
import {sessionIndex} from "../statistics/session-index.js";

/** Sums over the round trips of one session, from which every trade statistic follows; money in major units. */
export interface SessionSums {
  n: number;
  net: number;
  squares: number;
  wins: number;
  losses: number;
  gain: number;
  loss: number;
  rCount: number;
  rSum: number;
  rSquares: number;
}

/** Sums of nothing. */
const emptySums = (): SessionSums => ({
  n: 0,
  net: 0,
  squares: 0,
  wins: 0,
  losses: 0,
  gain: 0,
  loss: 0,
  rCount: 0,
  rSum: 0,
  rSquares: 0
});

/** One entry per session, by the date of closing in *zone*: the unit that a bootstrap draws. */
export function sessionSums(trips: readonly RoundTrip[], zone: string): SessionSums[] {
  const {index, dates} = sessionIndex(
    trips.map(({closeTime}) => closeTime),
    zone
  );
  const sums = dates.map(emptySums);
  for (const [i, trip] of trips.entries()) addTrip(sums[index[i]!]!, trip);
  return sums;
}

function addTrip(sums: SessionSums, {net, r}: RoundTrip): void {
  const amount = toAmount(net);
  sums.n += 1;
  sums.net += amount;
  sums.squares += amount * amount;
  sums.wins += amount > 0 ? 1 : 0;
  sums.losses += amount < 0 ? 1 : 0;
  sums.gain += Math.max(0, amount);
  sums.loss -= Math.min(0, amount);
  if (r === undefined) return;
  sums.rCount += 1;
  sums.rSum += r;
  sums.rSquares += r * r;
}

/** Sessions added up into *total*, which is overwritten. */
export function totalSums(sessions: readonly SessionSums[], total = emptySums()): SessionSums {
  total.n = total.net = total.squares = total.wins = total.losses = 0;
  total.gain = total.loss = total.rCount = total.rSum = total.rSquares = 0;
  for (const sums of sessions) {
    total.n += sums.n;
    total.net += sums.net;
    total.squares += sums.squares;
    total.wins += sums.wins;
    total.losses += sums.losses;
    total.gain += sums.gain;
    total.loss += sums.loss;
    total.rCount += sums.rCount;
    total.rSum += sums.rSum;
    total.rSquares += sums.rSquares;
  }
  return total;
}

/** Sample deviation from a count, a sum and a sum of squares; NaN for fewer than two or for no variation. */
export function deviationOf(n: number, sum: number, squares: number): number {
  const variance = (squares - (sum * sum) / n) / (n - 1);
  return n > 1 && variance > 1e-12 * (squares / n) ? Math.sqrt(variance) : NaN;
}
