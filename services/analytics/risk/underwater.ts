import {toAmount} from "../../domain/money.js";
import type {EpochMs} from "../../domain/time.js";
import type {BalancePoint} from "../performance/balance-curve.js";
import {type DrawdownSpell, drawdown, drawdownSpells} from "../performance/drawdown.js";

/** How far the account stood below its peak after a close; deposits and withdrawals aside. */
export interface UnderwaterPoint {
  readonly time: EpochMs;
  /** In (−1, 0]. */
  readonly drawdown: number;
}

/** A drawdown with its times. */
export interface TimedDrawdown {
  readonly depth: number; // a fraction of the peak, in (−1, 0)
  readonly startTime: EpochMs;
  readonly troughTime: EpochMs;
  /** `undefined` while it lasts. */
  readonly recoveryTime: EpochMs | undefined;
}

/** An account below its peak: the curve, its worst falls, and for how long. */
export interface Underwater {
  readonly points: readonly UnderwaterPoint[];
  /** Deepest first. */
  readonly worst: readonly TimedDrawdown[];
  /** Share of the time from the first point to the last spent below the peak; `undefined` for fewer than two points. */
  readonly timeUnderFraction: number | undefined;
  /** Why the curve ends early, if it does: the balance fell to nothing, and a fraction of nothing is not defined. */
  readonly reason?: string;
}

/**
 * Underwater curve of an account's closed round trips, by the growth of one unit of its balance, so that money paid in
 * or out moves nothing.
 *
 * @param points as `balanceCurve` gives them
 * @param count how many of the worst drawdowns
 * @returns one point per deal with money in it from the first deposit on; what came before it is left out
 *
 * Source: time-weighted return, Bacon, *Practical Portfolio Performance Measurement and Attribution* (2008), chapter 2.
 */
export function underwater(points: readonly BalancePoint[], {count = 5} = {}): Underwater {
  const {rows, growth, reason} = growthCurve(points);
  const depths = drawdown(growth);
  const spells = drawdownSpells(depths);
  const worst = spells.slice().sort((a, b) => a.depth - b.depth || a.start - b.start);
  const timed = (spell: DrawdownSpell): TimedDrawdown => ({
    depth: spell.depth,
    startTime: rows[spell.start]!.time,
    troughTime: rows[spell.trough]!.time,
    recoveryTime: spell.recovery === undefined ? undefined : rows[spell.recovery]!.time
  });
  return {
    points: rows.map(({time}, i) => ({time, drawdown: depths[i]!})),
    worst: worst.slice(0, count).map(timed),
    timeUnderFraction: timeUnder(rows, spells.map(timed)),
    ...(reason === undefined ? {} : {reason})
  };
}

function growthCurve(points: readonly BalancePoint[]): {rows: BalancePoint[]; growth: number[]; reason?: string} {
  const start = points.findIndex(({isOperation, balance}) => isOperation && balance.minor > 0);
  if (start < 0) return {rows: [], growth: [], reason: "no deposit in this history"};
  const rows = [points[start]!];
  const growth = [1];
  for (const point of points.slice(start + 1)) {
    const before = rows.at(-1)!.balance.minor;
    const factor = point.isOperation ? 1 : 1 + point.change.minor / before;
    if (!(factor > 0 && point.balance.minor > 0))
      return {
        rows,
        growth,
        reason: `balance ${toAmount(point.balance)} at deal ${point.ticket}: nothing left to measure`
      };
    rows.push(point);
    growth.push(growth.at(-1)! * factor);
  }
  return {rows, growth};
}

function timeUnder(rows: readonly BalancePoint[], spells: readonly TimedDrawdown[]): number | undefined {
  const [first, last] = [rows[0]?.time, rows.at(-1)?.time];
  if (first === undefined || last === undefined || last === first) return undefined;
  const under = spells.reduce((sum, {startTime, recoveryTime = last}) => sum + recoveryTime - startTime, 0);
  return under / (last - first);
}
