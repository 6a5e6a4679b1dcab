import {type BalancePoint, balanceCurve} from "../../services/analytics/performance/balance-curve.js";
import type {BalanceStep} from "../../services/analytics/performance/balance-drawdown.js";
import {closedDeals} from "../../services/analytics/performance/closed-deals.js";
import {type DailyRatios, dailyRatios} from "../../services/analytics/performance/daily-ratios.js";
import {
  type MetaTraderStatistics,
  metaTraderStatistics
} from "../../services/analytics/performance/metatrader-statistics.js";
import {type RoundTrips, roundTrips} from "../../services/analytics/performance/round-trips.js";
import {type TradeStatistics, tradeStatistics} from "../../services/analytics/performance/trade-statistics.js";
import type {TripGroup} from "../../services/analytics/performance/trips-by-group.js";
import type {Deal} from "../../services/domain/deal.js";
import type {AccountState, Position} from "../../services/domain/position.js";
import type {RoundTrip} from "../../services/domain/round-trip.js";
import {readCloses} from "../../services/snapshots/read-closes.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import {readAccountState, readPositions, readStatedFigures} from "../../services/snapshots/read-positions.js";
import {readTripBars} from "../../services/snapshots/trip-bars.js";
import {type Grouping, groupTrips} from "./group-trips.js";
import type {Tasks} from "./tasks.js";

/** An account's history as its snapshots hold it, put together. */
export interface TradeHistory {
  readonly deals: readonly Deal[];
  readonly history: RoundTrips;
  readonly points: readonly BalancePoint[];
  /** The balance after each close and payment, all costs of a round trip at its close. */
  readonly steps: readonly BalancePoint[];
  readonly metaTrader: MetaTraderStatistics;
  /** What the broker held and stated when it was asked. */
  readonly held: {
    readonly stated: Readonly<Record<string, unknown>> | undefined;
    readonly state: AccountState | undefined;
    readonly positions: readonly Position[];
  };
}

/** Round trips that were chosen, and the account's day. */
export interface ChosenTrips {
  readonly trips: readonly RoundTrip[];
  readonly zone: string;
}

async function read(files: {readonly deals: ArrayBuffer; readonly positions: ArrayBuffer}): Promise<TradeHistory> {
  const deals = await readDeals(files.deals);
  return {
    deals,
    history: roundTrips(deals),
    points: balanceCurve(deals),
    steps: closedDeals(deals).steps,
    metaTrader: metaTraderStatistics(deals),
    held: {
      stated: readStatedFigures(files.positions),
      state: readAccountState(files.positions),
      positions: await readPositions(files.positions)
    }
  };
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
  statistics,
  ratios,
  groups,
  closes: readCloses,
  tripBars: readTripBars
} satisfies Tasks;
