import type {BalancePoint} from "../../services/analytics/performance/balance-curve.js";
import type {DailyReturn} from "../../services/analytics/risk/daily-returns.js";
import type {Exposure} from "../../services/analytics/risk/exposure.js";
import type {PolicyUse} from "../../services/analytics/risk/policy-use.js";
import type {ValuedPosition} from "../../services/analytics/risk/position-value.js";
import type {Underwater} from "../../services/analytics/risk/underwater.js";
import type {VarBacktest} from "../../services/analytics/risk/var-backtest.js";
import type {Dataset} from "../../services/domain/dataset.js";
import type {Estimate} from "../../services/domain/estimate.js";
import type {Formats} from "../format/create-formats.js";
import {numberColumn, textColumn} from "./columns.js";
import {type CurveContext, curveWhy} from "./curve-why.js";
import {policyWhy} from "./policy-why.js";
import {sumOf, valuesOf} from "./recompute.js";
import {spanOf, type Why, type WhyRow} from "./why.js";

/** What a Risk page shows figures of. */
export interface RiskContext {
  readonly valueAtRisk: Estimate;
  readonly shortfall: Estimate;
  /** As 0.95. */
  readonly confidence: number;
  /** Of the window chosen, and how the reader chose it. */
  readonly returns: readonly DailyReturn[];
  readonly window: string;
  readonly points: readonly BalancePoint[];
  readonly depth: Underwater;
  readonly valued: readonly ValuedPosition[];
  readonly open: Exposure;
  readonly policy: PolicyUse;
  readonly backtest: VarBacktest;
  /** All days, which the backtest runs over. */
  readonly allReturns: readonly DailyReturn[];
  readonly currency: string;
  readonly zone: string;
  readonly deals: Dataset;
  readonly positions: Dataset;
  readonly format: Formats;
}

type FigureOf = (context: RiskContext) => Why;

/** What one figure of a Risk page stands on. @throws {RangeError} for an unknown figure */
export function riskWhy(name: string, context: RiskContext): Why {
  const figure = figures[name];
  if (figure === undefined) throw new RangeError(`unknown figure: ${name}`);
  return figure(context);
}

const figures: Readonly<Record<string, FigureOf>> = {
  "value-at-risk": (context) => ({
    ...ofReturns(context, context.valueAtRisk),
    name: `Value at risk, one day, ${context.format.fraction(context.confidence, {decimals: 0})}`,
    formula: "−quantile(returns, 1 − confidence), type 7",
    definition:
      "The loss that a day's return exceeds on one day in 1 / (1 − confidence), by historical simulation: the quantile of the window's own days. A loss is positive.",
    reference: "Hyndman & Fan, The American Statistician 50 (1996), 361–365, for the quantile",
    recompute: {
      words: `The ${context.format.fraction(1 - context.confidence, {decimals: 0})} quantile of Return, on a straight line between the two returns about rank (n − 1) · ${context.format.number(1 - context.confidence, {decimals: 2})}, with its sign turned`,
      of: (rows) => -quantileOf(valuesOf(rows, "Return"), 1 - context.confidence)
    }
  }),
  "expected-shortfall": (context) => ({
    ...ofReturns(context, context.shortfall),
    name: `Expected shortfall, one day, ${context.format.fraction(context.confidence, {decimals: 0})}`,
    formula: "−mean of the worst n · (1 − confidence) returns",
    definition:
      "The mean loss of the worst share 1 − confidence of days; the return on the edge counts by its part of the share. A loss is positive.",
    reference: "Acerbi & Tasche, Journal of Banking & Finance 26 (2002), 1487–1503",
    recompute: {
      words: "Mean of the worst n · (1 − confidence) values of Return, the last of them in part, with its sign turned",
      of: (rows) => -worstMean(valuesOf(rows, "Return"), 1 - context.confidence)
    }
  }),
  "var-exceptions": ofBacktest,
  "policy-violations": ({policy, ...context}) => policyWhy({use: policy, ...context}),
  "below-peak": (context) => curveWhy("below-peak", ofBalance(context)),
  "deepest-fall": (context) => curveWhy("deepest-fall", ofBalance(context)),
  "gross-exposure": (context) => ({
    ...ofPositions(context),
    name: "Gross exposure",
    ...context.open.gross,
    formula: "Σ |market value|",
    definition:
      "What all open positions are worth at the broker's last price, in the account's currency, whatever their side.",
    recompute: {words: "Sum of Value without its signs", of: (rows) => sumOf(valuesOf(rows, "Value").map(Math.abs))}
  }),
  "net-exposure": (context) => ({
    ...ofPositions(context),
    name: "Net exposure",
    ...context.open.net,
    formula: "Σ ± market value",
    definition: "What is bought less what is sold, at the broker's last price, in the account's currency.",
    recompute: {words: "Sum of Value", of: (rows) => sumOf(valuesOf(rows, "Value"))}
  })
};

function ofReturns({returns, window, confidence, deals, zone, format}: RiskContext, estimate: Estimate) {
  const percent = (value: number) => format.fraction(value, {decimals: 3, signed: true});
  return {
    value: estimate.value,
    reason: estimate.reason,
    estimate,
    show: (value: number) => format.fraction(value, {decimals: 2}),
    inputs: [
      ["Horizon", "one account day"],
      ["Confidence", format.fraction(confidence, {decimals: 0})],
      ["Window", window],
      ["Account day", `ends in ${zone}; weekdays without a close return 0`]
    ] as const,
    rows: {
      caption: "Daily returns behind it",
      columns: [
        textColumn("Account day"),
        numberColumn("Return", percent, {isSigned: true}),
        textColumn("Closed something")
      ],
      rows: returns.map((day) => ({
        "Account day": day.date,
        Return: day.return,
        "Closed something": day.isTraded ? "yes" : "no"
      }))
    },
    datasets: [deals],
    span: spanOf(deals),
    knownAt: `at the end of the account's day of ${returns.at(-1)?.date ?? "–"}`
  };
}

function ofBacktest({backtest, allReturns, deals, zone, format}: RiskContext): Why {
  const {coverage, forecasts, window, confidence} = backtest;
  const percent = (value: number) => format.fraction(value, {decimals: 3});
  const days = allReturns.map((day, i) => ({
    "Account day": day.date,
    Return: day.return,
    VaR: Number.isNaN(forecasts[i]) ? undefined : forecasts[i]
  }));
  return {
    name: "Share of days beyond the value at risk",
    value: coverage.value,
    reason: coverage.reason,
    estimate: coverage,
    show: (value) => format.fraction(value, {decimals: 2}),
    formula: "days with −return > VaR / days out of sample",
    definition: `Each day's loss against the ${format.fraction(confidence, {decimals: 0})} value at risk of the ${format.count(window)} account days before it, which is all that a forecast may see. Kupiec's test asks whether the share is 1 − confidence; Christoffersen's whether such days follow one another.`,
    reference: "Kupiec, Journal of Derivatives 3 (1995); Christoffersen, International Economic Review 39 (1998)",
    inputs: [
      ["Confidence", format.fraction(confidence, {decimals: 0})],
      ["Account days a forecast is made from", format.count(window)],
      ["Account day", `ends in ${zone}; weekdays without a close return 0`]
    ],
    rows: {
      caption: "Days and the value at risk forecast for them",
      columns: [
        textColumn("Account day"),
        numberColumn("Return", (value) => format.fraction(value, {decimals: 3, signed: true}), {isSigned: true}),
        numberColumn("VaR", percent)
      ],
      rows: days
    },
    recompute: {
      words: "Of the rows with a VaR, the share whose Return is below it with its sign turned",
      of: (rows) => {
        const forecast = rows.filter(({VaR}) => VaR !== undefined);
        return forecast.filter((row) => -Number(row["Return"]) > Number(row["VaR"])).length / forecast.length;
      }
    },
    datasets: [deals],
    span: spanOf(deals),
    knownAt: `each day's at its end; the share at the end of ${allReturns.at(-1)?.date ?? "–"}`
  };
}

function ofBalance({points, depth, deals, currency, format}: RiskContext): CurveContext {
  return {points, depth, subject: "balance of closed trades", datasets: [deals], currency, format};
}

function ofPositions({valued, positions, format, currency}: RiskContext) {
  const whole = (value: number) => format.amount(value, currency, {decimals: 0, signed: true});
  return {
    show: (value: number) => `${format.amount(value, currency, {decimals: 0})}\u00a0${currency}`,
    inputs: [
      ["Valued", "lots · contract size · price · rate; a missing rate is named and leaves the sum open"]
    ] as const,
    rows: {
      caption: "Open positions behind it",
      columns: [
        textColumn("Position"),
        textColumn("Instrument"),
        textColumn("Side"),
        numberColumn("Lots", (value) => format.number(value, {decimals: 2})),
        numberColumn("Units", (value) => format.number(value, {decimals: 2})),
        numberColumn("Price", (value) => String(value)),
        numberColumn("Value", whole, {unit: currency, isSigned: true})
      ],
      rows: valued.map(
        ({position, sign, units, value}): WhyRow => ({
          Position: position.ticket,
          Instrument: position.instrument.replace(/^\w+:/, ""),
          Side: position.side === "buy" ? "long" : "short",
          Lots: position.volumeLots,
          Units: units,
          Price: position.currentPrice,
          Value: value && sign * value
        })
      )
    },
    datasets: [positions],
    knownAt: `${format.zoned(positions.takenTime)}, when the broker was asked`
  };
}

function quantileOf(values: readonly number[], probability: number): number {
  const sorted = values.slice().sort((a, b) => a - b);
  const rank = (sorted.length - 1) * probability;
  const low = sorted[Math.floor(rank)]!;
  return low + (rank - Math.floor(rank)) * (sorted[Math.ceil(rank)]! - low);
}

function worstMean(values: readonly number[], tail: number): number {
  const sorted = values.slice().sort((a, b) => a - b);
  const worst = sorted.length * tail;
  const whole = Math.min(Math.floor(worst), sorted.length - 1);
  return (sumOf(sorted.slice(0, whole)) + (worst - whole) * sorted[whole]!) / worst;
}
