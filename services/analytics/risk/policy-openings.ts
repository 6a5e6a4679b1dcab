import {toAmount} from "../../domain/money.js";
import {MINUTE_MS} from "../../domain/time.js";
import type {BalancePoint} from "../performance/balance-curve.js";
import type {Opening} from "../performance/openings.js";
import type {LimitObservations, PolicyObservation} from "./policy-observation.js";

/** A way to a stop is a difference of prices in binary: a limit is not passed by the last digits of one. */
const rounding = 1e-9;

/**
 * Initial risk by opening: of all that it opened, over the balance of closed trades before it. It can be said once the
 * first of it is closed, since the money in a price step is measured there.
 *
 * @param steps of the balance, as `closedDeals` gives them
 * @param risks in minor units by round trip, as `initialRisks` gives them
 * @param allowed a fraction that an opening may risk
 */
export function openingRisks(
  openings: readonly Opening[],
  steps: readonly BalancePoint[],
  risks: ReadonlyMap<string, number>,
  allowed: number
): LimitObservations {
  const observed: PolicyObservation[] = [];
  const left = {withoutStop: 0, open: 0, withoutBalance: 0};
  const isFunded = steps[0]?.isOperation === true;
  const lastBefore = createLast(steps);
  for (const {ticket, time, lots, trips} of openings) {
    const before = lastBefore(time - 1)?.balance;
    const [first] = trips;
    const risk = first && risks.get(first.id);
    if (first === undefined) ++left.open;
    else if (risk === undefined) ++left.withoutStop;
    else if (!isFunded || before === undefined || !(before.minor > 0)) ++left.withoutBalance;
    else {
      const minor = (risk * lots) / first.volumeLots;
      const found = minor / before.minor;
      const share = {found, part: toAmount({...before, minor}), whole: toAmount(before)};
      const isBroken = found > allowed * (1 + rounding);
      observed.push({name: ticket, time, ...share, ...(isBroken && {brokenAt: first.closeTime})});
    }
  }
  const reasons = [
    {n: left.withoutStop, reason: "without a stop to measure to"},
    {n: left.open, reason: "still open, so that a price step's money is not known"},
    {n: left.withoutBalance, reason: "on a balance that is not known, or of nothing"}
  ];
  return {observed, unmeasured: reasons.filter(({n}) => n > 0)};
}

/**
 * Waits by opening: minutes since the last close that lost.
 *
 * @param steps of the balance, as `closedDeals` gives them
 * @param allowed minutes to wait at least
 * @returns one observation for each opening that follows a close that lost, on whatever day; the others have nothing to
 * wait for, and stand as not measured
 */
export function openingWaits(
  openings: readonly Opening[],
  steps: readonly BalancePoint[],
  allowed: number
): LimitObservations {
  const losses = steps.filter(({isOperation, change}) => !isOperation && change.minor < 0);
  const lastLoss = createLast(losses);
  const observed = openings.flatMap(({ticket, time}): PolicyObservation[] => {
    const loss = lastLoss(time);
    if (loss === undefined) return [];
    const found = (time - loss.time) / MINUTE_MS;
    return [{name: ticket, time, found, ...(found < allowed && {brokenAt: time})}];
  });
  const n = openings.length - observed.length;
  return {observed, unmeasured: n === 0 ? [] : [{n, reason: "before the first close that lost"}]};
}

/** The last row at or before a moment; moments are asked in rising order. */
function createLast<Row extends {readonly time: number}>(rows: readonly Row[]): (time: number) => Row | undefined {
  let next = 0;
  return (time) => {
    while (next < rows.length && rows[next]!.time <= time) ++next;
    return rows[next - 1];
  };
}
