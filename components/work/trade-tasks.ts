import {type BalancePoint, balanceCurve} from "../../services/analytics/performance/balance-curve.js";
import type {BalanceStep} from "../../services/analytics/performance/balance-drawdown.js";
import {closedDeals} from "../../services/analytics/performance/closed-deals.js";
import {type DailyRatios, dailyRatios} from "../../services/analytics/performance/daily-ratios.js";
import {
  type MetaTraderStatistics,
  metaTraderStatistics
} from "../../services/analytics/performance/metatrader-statistics.js";
import {type Reconciliation, reconcile} from "../../services/analytics/performance/reconcile.js";
import {type RoundTrips, roundTrips} from "../../services/analytics/performance/round-trips.js";
import {type TradeStatistics, tradeStatistics} from "../../services/analytics/performance/trade-statistics.js";
import type {TripGroup} from "../../services/analytics/performance/trips-by-group.js";
import type {Deal} from "../../services/domain/deal.js";
import type {RoundTrip} from "../../services/domain/round-trip.js";
import {readCloses} from "../../services/snapshots/read-closes.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import {readAccountState, readPositions, readStatedFigures} from "../../services/snapshots/read-positions.js";
import {readTripBars} from "../../services/snapshots/trip-bars.js";
import {type Grouping, groupTrips} from "./group-trips.js";
import type {Tasks} from "./tasks.js";

/** An account's history as its snapshots hold it, put together; its deals stay behind until somebody asks for them. */
export interface TradeHistory {
  readonly history: Omit<RoundTrips, "shares">;
  readonly points: readonly BalancePoint[];
  /** The balance after each close and payment, all costs of a round trip at its close. */
  readonly steps: readonly BalancePoint[];
  readonly metaTrader: MetaTraderStatistics;
  /** What the broker stated when it was asked. */
  readonly stated: Readonly<Record<string, unknown>> | undefined;
  /** Whether it adds up, and the deals that do not reconcile. */
  readonly adding: {readonly found: Reconciliation; readonly deals: readonly Deal[]};
}

/** Round trips that were chosen, and the account's day. */
export interface ChosenTrips {
  readonly trips: readonly RoundTrip[];
  readonly zone: string;
}

/** The snapshots of an account, and what its money is in. */
export interface AccountRead {
  readonly deals: ArrayBuffer;
  readonly positions: ArrayBuffer;
  readonly currency: string;
}

async function read(account: AccountRead): Promise<TradeHistory> {
  const deals = await readDeals(account.deals);
  const {shares: _ofNoUse, ...history} = roundTrips(deals);
  return {
    history,
    points: balanceCurve(deals),
    steps: closedDeals(deals).steps,
    metaTrader: metaTraderStatistics(deals),
    stated: readStatedFigures(account.positions),
    adding: await adding(deals, history, account)
  };
}

/** The deals behind one round trip and what each put into it; `undefined` where the account has no such trip. */
async function behind(asked: {readonly deals: ArrayBuffer; readonly trip: string}) {
  const all = await readDeals(asked.deals);
  const {trips, shares} = roundTrips(all);
  const own = shares.get(asked.trip);
  const tickets = trips.find(({id}) => id === asked.trip)?.tickets ?? [];
  return own && {deals: all.filter(({ticket}) => tickets.includes(ticket)), shares: own};
}

/** Whether the account adds up, with the deals that do not reconcile. */
async function adding(
  deals: readonly Deal[],
  history: TradeHistory["history"],
  {positions: held, currency}: AccountRead
) {
  const state = readAccountState(held);
  const found = reconcile(deals, history, {currency, state, ...(state && {positions: await readPositions(held)})});
  const tickets = new Set(history.problems.map(({ticket}) => ticket));
  return {found, deals: deals.filter(({ticket}) => tickets.has(ticket))};
}

/** Of a part of the account's round trips there is no balance, and *steps* are left out. */
function statistics({
  trips,
  zone,
  steps
}: ChosenTrips & {readonly steps: readonly BalanceStep[] | undefined}): TradeStatistics {
  return tradeStatistics(trips, {zone, steps});
}

function ratios(returns: readonly number[]): DailyRatios {
  return dailyRatios(returns);
}

function groups({trips, zone, by}: ChosenTrips & {readonly by: Grouping}): TripGroup<string>[] {
  return groupTrips(trips, {by, zone});
}

/** What a Trades page has computed for it. */
export const tradeTasks = {
  read,
  behind,
  statistics,
  ratios,
  groups,
  closes: readCloses,
  tripBars: readTripBars
} satisfies Tasks;
