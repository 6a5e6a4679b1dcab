import {shiftDate} from "../../domain/calendar.js";
import type {SessionDate} from "../../domain/time.js";
import {dateIn} from "../../domain/zone.js";
import type {BalancePoint} from "../performance/balance-curve.js";

/** What an account's closed round trips made on one day, as a fraction of the balance it began with. */
export interface DailyReturn {
  readonly date: SessionDate;
  readonly return: number;
  /** Whether anything was closed: a weekday without a close returns 0 and counts. */
  readonly isTraded: boolean;
}

/**
 * Daily returns of an account's balance, time-weighted, so that money paid in or out is no return.
 * Every weekday from the first deal after the first deposit to the last counts; a Saturday or Sunday only where
 * something was closed.
 *
 * @param points as `balanceCurve` gives them
 * @param zone in which the account's trading day is counted
 * @throws {RangeError} if the balance was nothing or less before a close: its return is not defined
 */
export function dailyReturns(points: readonly BalancePoint[], zone = "UTC"): DailyReturn[] {
  const factors = new Map<SessionDate, number>();
  const start = points.findIndex(({isOperation, balance}) => isOperation && balance.minor > 0);
  let before = points[start]?.balance.minor ?? NaN;
  for (const {time, ticket, isOperation, change, balance} of start < 0 ? [] : points.slice(start + 1)) {
    const date = dateIn(zone, time);
    if (!isOperation && !(before > 0))
      throw new RangeError(`no balance before deal ${ticket} to measure its return by`);
    if (!isOperation) factors.set(date, (factors.get(date) ?? 1) * (1 + change.minor / before));
    before = balance.minor;
  }
  return fillWeekdays(factors);
}

function fillWeekdays(factors: ReadonlyMap<SessionDate, number>): DailyReturn[] {
  const returns: DailyReturn[] = [];
  const dates = [...factors.keys()];
  const last = dates.at(-1) ?? "";
  for (let date = dates[0] ?? "1"; date <= last; date = shiftDate(date, 1)) {
    const factor = factors.get(date);
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    if (factor !== undefined) returns.push({date, return: factor - 1, isTraded: true});
    else if (weekday > 0 && weekday < 6) returns.push({date, return: 0, isTraded: false});
  }
  return returns;
}
