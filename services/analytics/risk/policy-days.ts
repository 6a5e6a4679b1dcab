import {toAmount} from "../../domain/money.js";
import type {SessionDate} from "../../domain/time.js";
import {dateIn} from "../../domain/zone.js";
import type {BalancePoint} from "../performance/balance-curve.js";
import type {Opening} from "../performance/openings.js";
import type {LimitObservations, PolicyObservation} from "./policy-observation.js";

/**
 * Losses by account day: how deep the closes of a day, added up in order, stood below nothing, over the balance before
 * the first of them.
 *
 * @param steps of the balance, as `closedDeals` gives them
 * @param allowed a fraction that a day may lose
 * @returns one observation a day with a close, 0 where it was never below nothing; days before the first deposit, or on
 * a balance of nothing, are not measured
 */
export function dayLosses(steps: readonly BalancePoint[], zone: string, allowed: number): LimitObservations {
  const observed: PolicyObservation[] = [];
  const isFunded = steps[0]?.isOperation === true;
  let unmeasured = 0;
  const closes = steps.filter(({isOperation}) => !isOperation);
  for (const [date, own] of byDay(closes, zone)) {
    const before = own[0]!.balance.minor - own[0]!.change.minor;
    if (isFunded && before > 0) observed.push(deepest(date, own, {before, allowed}));
    else ++unmeasured;
  }
  const reason = isFunded ? "on a balance of nothing" : "of a history that does not begin with a deposit";
  return {observed, unmeasured: unmeasured === 0 ? [] : [{n: unmeasured, reason}]};
}

function deepest(
  name: SessionDate,
  closes: readonly BalancePoint[],
  {before, allowed}: {readonly before: number; readonly allowed: number}
): PolicyObservation {
  let [sum, depth, time] = [0, 0, closes[0]!.time];
  let brokenAt: number | undefined;
  for (const close of closes) {
    sum += close.change.minor;
    if (-sum > depth) [depth, time] = [-sum, close.time];
    if (-sum / before > allowed) brokenAt ??= close.time;
  }
  const inMajor = (minor: number) => toAmount({minor, currency: closes[0]!.change.currency});
  const share = {found: depth / before, part: inMajor(depth), whole: inMajor(before)};
  return {name, time, ...share, ...(brokenAt !== undefined && {brokenAt})};
}

/**
 * Openings by account day.
 *
 * @param allowed openings that a day may have
 * @returns one observation a day with an opening, at its last one
 */
export function dayOpenings(openings: readonly Opening[], zone: string, allowed: number): LimitObservations {
  const observed = [...byDay(openings, zone)].map(([name, own]): PolicyObservation => {
    const brokenAt = own[allowed]?.time;
    return {name, time: own.at(-1)!.time, found: own.length, ...(brokenAt !== undefined && {brokenAt})};
  });
  return {observed, unmeasured: []};
}

function byDay<Row extends {readonly time: number}>(rows: readonly Row[], zone: string): Map<SessionDate, Row[]> {
  const days = new Map<SessionDate, Row[]>();
  for (const row of rows) {
    const date = dateIn(zone, row.time);
    const own = days.get(date);
    if (own) own.push(row);
    else days.set(date, [row]);
  }
  return days;
}
