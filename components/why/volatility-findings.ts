import type {VolatilityEstimator} from "../../services/analytics/volatility/estimators.js";
import {type SessionMoves, sessionReturns} from "../../services/analytics/volatility/session-moves.js";
import type {Dataset} from "../../services/domain/dataset.js";
import {formatIso} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import {leadingLag} from "../panels/volatility-words.js";
import type {VolatilityStudy} from "../work/study-tasks.js";
import {numberColumn, textColumn, timeColumn} from "./columns.js";
import {correlationOf, meanOf, valuesOf} from "./recompute.js";
import type {Why, WhyRow} from "./why.js";

/** What the volatility study's figures are of. */
export interface VolatilityContext {
  readonly study: VolatilityStudy;
  /** The estimator that the reader chose, and the window in sessions. */
  readonly estimator: VolatilityEstimator;
  readonly window: number;
  readonly datasets: readonly Dataset[];
  /** Those of the finest bars, of which realised volatility and hours are made. */
  readonly fine: readonly Dataset[];
  /** A volatility per session as the page shows it. */
  readonly show: (value: number) => string;
  /** The venue's, whose hours they are. */
  readonly zone: string;
  readonly format: Formats;
}

/** The correlation of sizes at the lag that the finding speaks of. */
export function clustering({study: {moves, lags}, datasets, format}: VolatilityContext): Why {
  const {lag = 1, estimate} = leadingLag(lags) ?? {estimate: {value: undefined, n: 0, reason: "no sessions"}};
  const sizes = sessionReturns(moves).map(Math.abs);
  const size = (column: string) => numberColumn(column, (value) => format.fraction(value, {decimals: 3}));
  return {
    name: `Correlation of sizes ${lag} sessions apart`,
    value: estimate.value,
    reason: estimate.reason,
    estimate,
    show: (value) => format.number(value, {decimals: 2}),
    formula: "corr(|r(t)|, |r(t + lag)|)",
    definition:
      "Pearson correlation of the sizes of log returns, close to close, each side with its own mean; here at the furthest lag at which it can be told from chance, or at the first where at none.",
    inputs: [["Lag", `${lag} sessions`]],
    rows: {
      caption: `Sizes of moves ${lag} sessions apart`,
      columns: [timeColumn("Session opened", format), size("Size"), size("Size later")],
      rows: Array.from({length: Math.max(0, moves.length - lag)}, (_, i) => ({
        "Session opened": formatIso(moves.time[i]!),
        Size: sizes[i],
        "Size later": sizes[i + lag]
      }))
    },
    recompute: {
      words: "Correlation of Size and Size later",
      of: (rows) => correlationOf(valuesOf(rows, "Size"), valuesOf(rows, "Size later"))
    },
    datasets,
    ...timesOf(moves)
  };
}

/** Volatility over the longest horizon that the sessions bear. */
export function horizon({study: {moves, horizons}, datasets, show, format}: VolatilityContext): Why {
  const {horizon, estimate} = horizons.findLast((row) => row.estimate.value !== undefined) ?? horizons[0]!;
  const returns = sessionReturns(moves);
  const move = numberColumn("Return", (value) => format.fraction(value, {decimals: 3, signed: true}));
  return {
    name: `Volatility over ${horizon} sessions, per session`,
    value: estimate.value,
    reason: estimate.reason,
    estimate,
    show,
    formula: "√(Σ (r − mean r)² / (h · m · (1 − h / (m + h − 1))))",
    definition:
      "Deviation of log returns over h sessions, overlapping, over √h; the last term corrects for the overlap. Here the longest horizon that the sessions bear.",
    reference: "Lo & MacKinlay, Review of Financial Studies 1 (1988), 41–66",
    inputs: [["Horizon", `${horizon} sessions`]],
    rows: {
      caption: `Returns over ${horizon} sessions`,
      columns: [timeColumn("First session opened", format), numberColumn("Sessions", format.count), move],
      rows: Array.from({length: Math.max(0, moves.length - horizon + 1)}, (_, i) => ({
        "First session opened": formatIso(moves.time[i]!),
        Sessions: horizon,
        Return: returns.subarray(i, i + horizon).reduce((sum, each) => sum + each, 0)
      }))
    },
    recompute: {words: "The formula with r Return, h Sessions and m the number of rows", of: overlapping},
    datasets,
    ...timesOf(moves)
  };
}

/** Realised volatility at the shortest step. */
export function sampling({study: {sampled, dates}, fine, show, format}: VolatilityContext): Why {
  const nothing = {label: "", estimate: {value: undefined, n: 0, reason: "no whole session of shorter bars"}};
  const {label, estimate} = sampled.find((row) => row.estimate.value !== undefined) ?? sampled[0] ?? nothing;
  const column = (label: string) => `Moved, ${label}`;
  const percent = (value: number) => format.fraction(value, {decimals: 3});
  return {
    name: `Realised volatility, ${label}`,
    value: estimate.value,
    reason: estimate.reason,
    estimate,
    show,
    formula: "√(Σ over sessions of Σ r² / n)",
    definition:
      "Root of the mean over sessions of the sum of squared log returns within the session's own hours; here at the shortest step.",
    reference: "Andersen & Bollerslev, International Economic Review 39 (1998), 885–905",
    inputs: [["Sampled", label]],
    rows: {
      caption: "Realised moves of the sessions",
      columns: [textColumn("Session"), ...sampled.map((row) => numberColumn(column(row.label), percent))],
      rows: dates.map(
        (date, i): WhyRow => ({
          Session: date,
          ...Object.fromEntries(sampled.map((row) => [column(row.label), Math.sqrt(row.variances[i]!)]))
        })
      )
    },
    recompute: {
      words: `Root of the mean square of ${column(label)}, which is the root of a session's own sum of squared returns`,
      of: (rows) => rootMeanSquare(valuesOf(rows, column(label)))
    },
    datasets: fine,
    knownAt: "at the close of the last session in it"
  };
}

/** When figures of these moves are from, and when they were known. */
export function timesOf({time, length}: SessionMoves, start = 0): Pick<Why, "span" | "knownAt"> {
  return {
    span: length === 0 ? undefined : {start: time[start]!, end: time[length - 1]!},
    knownAt: "at the close of the last session in it"
  };
}

function overlapping(rows: readonly WhyRow[]): number | undefined {
  const returns = valuesOf(rows, "Return");
  const [mean, horizon] = [meanOf(returns), valuesOf(rows, "Sessions")[0]];
  if (mean === undefined || horizon === undefined) return undefined;
  const squares = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (horizon * rows.length * (1 - horizon / (rows.length + horizon - 1))));
}

function rootMeanSquare(values: readonly number[]): number | undefined {
  const square = meanOf(values.map((value) => value ** 2));
  return square === undefined ? undefined : Math.sqrt(square);
}
