import type {TradeStatistics} from "../../services/analytics/performance/trade-statistics.js";
import type {Estimate} from "../../services/domain/estimate.js";
import {type Money, toAmount} from "../../services/domain/money.js";
import type {RoundTrip} from "../../services/domain/round-trip.js";
import {largestFall} from "./balance-rows.js";
import {longestRun, meanOf, meanOverDeviation, sumOf, valuesOf} from "./recompute.js";
import type {Why, WhyRow} from "./why.js";

/** One statistic of round trips: its words, where it stands, and how its rows give it. */
export interface TripFigure extends Pick<Why, "name" | "formula" | "definition" | "reference" | "recompute"> {
  readonly kind: "money" | "share" | "ratio" | "count";
  readonly of: (
    statistics: TradeStatistics
  ) => Estimate | {readonly value: number | undefined; readonly reason?: string};
  /** Round trips that count, where not all do. */
  readonly only?: (trip: RoundTrip) => boolean;
  /** Whether its rows are the steps of the account's balance, and not the round trips. */
  readonly isOfBalance?: boolean;
}

const nets = (rows: readonly WhyRow[]) => valuesOf(rows, "Net");
const wins = (rows: readonly WhyRow[]) => nets(rows).filter((net) => net > 0);
const losses = (rows: readonly WhyRow[]) => nets(rows).filter((net) => net < 0);
const money = (sum: Money) => ({value: toAmount(sum)});
const gained = (rows: readonly WhyRow[]) => sumOf(wins(rows));
const lost = (rows: readonly WhyRow[]) => -sumOf(losses(rows));
const share = (rows: readonly WhyRow[]) => wins(rows).length / rows.length;
const tharp = "Tharp, Trade Your Way to Financial Freedom (2nd ed., 2007)";

/** Every figure of a page of trades, by name. */
export const tripFigures: Readonly<Record<string, TripFigure>> = {
  net: {
    name: "Net result",
    kind: "money",
    formula: "Σ net",
    definition:
      "What the round trips made together: profit, commission, swap and fee of each, as the broker states them.",
    of: ({net}) => money(net),
    recompute: {words: "Sum of Net", of: (rows) => sumOf(nets(rows))}
  },
  "gross-profit": {
    name: "Gross profit",
    kind: "money",
    formula: "Σ net over net > 0",
    definition: "What the round trips that won made together, after costs.",
    of: ({grossProfit}) => money(grossProfit),
    recompute: {words: "Sum of Net where it is above 0", of: gained}
  },
  "gross-loss": {
    name: "Gross loss",
    kind: "money",
    formula: "Σ net over net < 0",
    definition: "What the round trips that lost cost together, after costs; below zero.",
    of: ({grossLoss}) => money(grossLoss),
    recompute: {words: "Sum of Net where it is below 0", of: (rows) => sumOf(losses(rows))}
  },
  "largest-fall": {
    name: "Largest fall, closed trades",
    kind: "money",
    formula: "−max(peak − balance)",
    definition:
      "The largest fall of the balance below its highest so far, after each close. A round trip counts at its close, with all its costs. Money paid in or out moves the balance and its highest alike: taking it out is no loss.",
    of: ({maxDrawdown}) => ({
      value: maxDrawdown && -toAmount(maxDrawdown.money),
      reason: "no balance to measure it on: a part of the round trips, or no deposit at their beginning"
    }),
    isOfBalance: true,
    recompute: {
      words:
        "Change added up is the balance, the highest so far its peak; a row that is paid in or out moves both. The most that the balance stood below its peak, with its sign turned",
      of: largestFall
    }
  },
  expectancy: {
    name: "Expectancy",
    kind: "money",
    formula: "Σ net / n",
    definition: "Mean net of a round trip; the interval draws sessions anew.",
    reference: tharp,
    of: ({expectancyMoney}) => expectancyMoney,
    recompute: {words: "Mean of Net", of: (rows) => meanOf(nets(rows))}
  },
  "win-rate": {
    name: "Win rate",
    kind: "share",
    formula: "won / n",
    definition:
      "Share of round trips whose net is above zero; one that made nothing counts in n. By round trip, never by day.",
    reference: "interval: Wilson (1927)",
    of: ({winRate}) => winRate,
    recompute: {words: "Rows with Net above 0, over all rows", of: share}
  },
  "profit-factor": {
    name: "Profit factor",
    kind: "ratio",
    formula: "Σ net over net > 0, over |Σ net over net < 0|",
    definition: "Gains over losses; undefined without losses.",
    of: ({profitFactor}) => profitFactor,
    recompute: {
      words: "Sum of Net above 0, over the sum of Net below 0 without its sign",
      of: (rows) => gained(rows) / lost(rows)
    }
  },
  payoff: {
    name: "Payoff, mean win to mean loss",
    kind: "ratio",
    formula: "(gains / wins) / (losses / number of losses)",
    definition: "The mean win over the mean loss, both in money.",
    of: ({payoff}) => payoff,
    recompute: {
      words: "Mean of Net above 0, over the mean of Net below 0 without its sign",
      of: (rows) => gained(rows) / wins(rows).length / (lost(rows) / losses(rows).length)
    }
  },
  "average-win": {
    name: "Average win",
    kind: "money",
    formula: "Σ net over net > 0, over wins",
    definition: "Mean net of the round trips that won.",
    of: ({averageWin}) => averageWin,
    recompute: {words: "Mean of Net where it is above 0", of: (rows) => meanOf(wins(rows))}
  },
  "average-loss": {
    name: "Average loss",
    kind: "money",
    formula: "Σ net over net < 0, over losses",
    definition: "Mean net of the round trips that lost; below zero.",
    of: ({averageLoss}) => averageLoss,
    recompute: {words: "Mean of Net where it is below 0", of: (rows) => meanOf(losses(rows))}
  },
  "expectancy-r": {
    name: "Expectancy in R",
    kind: "ratio",
    formula: "Σ R / n",
    definition:
      "Mean of net over initial risk, from the entry to the first stop; a round trip without a stop has none and is left out.",
    reference: tharp,
    of: ({expectancyR}) => expectancyR,
    recompute: {words: "Mean of R over the rows that have one", of: (rows) => meanOf(valuesOf(rows, "R"))}
  },
  sqn: {
    name: "SQN",
    kind: "ratio",
    formula: "√n · mean(R) / sd(R)",
    definition: "System quality number over the round trips with a stop, from 30 of them, uncapped; sd with n − 1.",
    reference: tharp,
    of: ({sqn}) => sqn,
    recompute: {
      words: "Square root of the number of R, times their mean over their sample deviation",
      of: (rows) => times(meanOverDeviation(valuesOf(rows, "R")), Math.sqrt(valuesOf(rows, "R").length))
    }
  },
  sharpe: {
    name: "Sharpe ratio, per round trip",
    kind: "ratio",
    formula: "mean(net) / sd(net)",
    definition: "Mean over sample deviation of net; per round trip, not annualised.",
    reference: "Sharpe, Journal of Portfolio Management 21 (1994), 49–58",
    of: ({sharpePerTrip}) => sharpePerTrip,
    recompute: {words: "Mean of Net over its sample deviation", of: (rows) => meanOverDeviation(nets(rows))}
  },
  "win-streak": {
    name: "Longest run of wins",
    kind: "count",
    formula: "longest run of net > 0",
    definition:
      "The most round trips one after another, in order of closing, that won; one that made nothing ends a run.",
    of: ({longestWinStreak}) => ({value: longestWinStreak?.length, reason: "there was none"}),
    recompute: {
      words: "The longest run of rows with Net above 0",
      of: (rows) => longestRun(rows, ({Net}) => Number(Net) > 0)
    }
  },
  "loss-streak": {
    name: "Longest run of losses",
    kind: "count",
    formula: "longest run of net < 0",
    definition:
      "The most round trips one after another, in order of closing, that lost; one that made nothing ends a run.",
    of: ({longestLossStreak}) => ({value: longestLossStreak?.length, reason: "there was none"}),
    recompute: {
      words: "The longest run of rows with Net below 0",
      of: (rows) => longestRun(rows, ({Net}) => Number(Net) < 0)
    }
  },
  "long-net": {
    name: "Long, net",
    kind: "money",
    formula: "Σ net over long",
    definition: "What the round trips that bought first made together.",
    only: ({side}) => side === "buy",
    of: ({long}) => money(long.net),
    recompute: {words: "Sum of Net", of: (rows) => sumOf(nets(rows))}
  },
  "short-net": {
    name: "Short, net",
    kind: "money",
    formula: "Σ net over short",
    definition: "What the round trips that sold first made together.",
    only: ({side}) => side === "sell",
    of: ({short}) => money(short.net),
    recompute: {words: "Sum of Net", of: (rows) => sumOf(nets(rows))}
  },
  "long-win-rate": {
    name: "Win rate, long against short",
    kind: "share",
    formula: "long won / long",
    definition:
      "Share of the round trips that bought first whose net is above zero; beside it the same of those that sold first.",
    reference: "interval: Wilson (1927)",
    only: ({side}) => side === "buy",
    of: ({long}) => long.winRate,
    recompute: {words: "Rows with Net above 0, over all rows", of: share}
  }
};

function times(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}
