import {addMoney, type Money} from "../../domain/money.js";
import {dateIn} from "../../domain/zone.js";
import type {BalancePoint} from "./balance-curve.js";

/**
 * Balance by day: what a balance curve comes to on each day of the account's clock.
 *
 * @param points as `balanceCurve` gives them, oldest first
 * @param zone in which the account's day is counted
 * @returns for each day with money in it: first a point for what was paid in and out, if anything was, then one for
 * what trading made, both at the time of the day's last deal and under its ticket. So money paid in counts from the
 * start of its day, as in a time-weighted return by day.
 * @throws {RangeError} if the zone is unknown
 */
export function balanceByDay(points: readonly BalancePoint[], zone: string): BalancePoint[] {
  const days = new Map<string, BalancePoint[]>();
  for (const point of points) {
    const date = dateIn(zone, point.time);
    const day = days.get(date);
    if (day) day.push(point);
    else days.set(date, [point]);
  }
  return [...days.values()].flatMap(dayPoints);
}

function dayPoints(day: readonly BalancePoint[]): BalancePoint[] {
  const {time, ticket, balance} = day.at(-1)!;
  const sum = (isOperation: boolean): Money | undefined => {
    const changes = day.filter((point) => point.isOperation === isOperation).map(({change}) => change);
    return changes.length === 0 ? undefined : changes.reduce(addMoney);
  };
  const [paid, made] = [sum(true), sum(false)];
  const before = {minor: balance.minor - (made?.minor ?? 0), currency: balance.currency};
  return [
    ...(paid ? [{time, ticket, isOperation: true, change: paid, balance: before}] : []),
    ...(made ? [{time, ticket, isOperation: false, change: made, balance}] : [])
  ];
}
