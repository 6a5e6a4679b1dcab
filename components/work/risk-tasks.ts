import {type BalancePoint, balanceCurve} from "../../services/analytics/performance/balance-curve.js";
import {roundTrips} from "../../services/analytics/performance/round-trips.js";
import {currencyRates} from "../../services/analytics/risk/currency-rates.js";
import {type DailyReturn, dailyReturns} from "../../services/analytics/risk/daily-returns.js";
import {type Exposure, exposure} from "../../services/analytics/risk/exposure.js";
import {expectedShortfall, historicalVar, minimumReturns} from "../../services/analytics/risk/historical-var.js";
import {type PolicyUse, policyUse} from "../../services/analytics/risk/policy-use.js";
import {type ValuedPosition, valuePosition} from "../../services/analytics/risk/position-value.js";
import {type Underwater, underwater} from "../../services/analytics/risk/underwater.js";
import {backtestVar, type VarBacktest} from "../../services/analytics/risk/var-backtest.js";
import type {Estimate} from "../../services/domain/estimate.js";
import {type Money, toAmount} from "../../services/domain/money.js";
import type {Position} from "../../services/domain/position.js";
import type {InstrumentSettings, Policy} from "../../services/domain/settings.js";
import {readCloses} from "../../services/snapshots/read-closes.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import {readAccountState, readPositions} from "../../services/snapshots/read-positions.js";
import {quotesOf} from "../panels/currency-quotes.js";
import type {Tasks} from "./tasks.js";

/** An account's snapshots as they were fetched, and what the settings say of it. */
export interface AccountFiles {
  readonly deals: ArrayBuffer;
  readonly positions: ArrayBuffer;
  readonly closes: ArrayBuffer;
  readonly currency: string;
  /** In which the account's trading day is counted. */
  readonly zone: string;
  readonly instruments: readonly InstrumentSettings[];
  readonly policy: Policy;
}

/** An account's results by day, its fall below its peak, and what it holds. */
export interface AccountRisk {
  readonly points: readonly BalancePoint[];
  readonly returns: readonly DailyReturn[];
  readonly depth: Underwater;
  readonly positions: readonly Position[];
  /** Each position's value at the rates used; in the order of `positions`. */
  readonly valued: readonly ValuedPosition[];
  readonly open: Exposure;
  /** As the broker states it, or the balance where it does not. */
  readonly equity: Money | undefined;
  /** The history held against the account's policy. */
  readonly policy: PolicyUse;
}

/** Returns of a window, and how sure the reader wants to be. */
export interface TailInput {
  readonly returns: readonly number[]; // fractions
  readonly confidence: number; // as 0.95
}

async function account(files: AccountFiles): Promise<AccountRisk> {
  const {currency, zone, instruments, policy} = files;
  const deals = await readDeals(files.deals);
  const points = balanceCurve(deals);
  const positions = await readPositions(files.positions);
  const equity = readAccountState(files.positions)?.equity ?? points.at(-1)?.balance;
  const rates = currencyRates(quotesOf(await readCloses(files.closes), positions, instruments), currency);
  const options = {currency, instruments, rates};
  return {
    points,
    returns: dailyReturns(points, zone),
    depth: underwater(points),
    positions,
    valued: positions.map((position) => valuePosition(position, options)),
    open: exposure(positions, {...options, ...(equity && {equity: toAmount(equity)})}),
    equity,
    policy: policyUse(deals, roundTrips(deals), {policy, zone})
  };
}

function tail({returns, confidence}: TailInput): {valueAtRisk: Estimate; shortfall: Estimate} {
  return {
    valueAtRisk: historicalVar(returns, {confidence}),
    shortfall: expectedShortfall(returns, {confidence})
  };
}

/** Of all days, each forecast from the *window* before it. */
function backtest({returns, confidence, window}: TailInput & {readonly window: number}): VarBacktest {
  return backtestVar(returns, {confidence, window: Math.max(window, minimumReturns(confidence))});
}

/** What a Risk page has computed for it. */
export const riskTasks = {account, tail, backtest} satisfies Tasks;
