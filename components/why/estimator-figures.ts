import type {VolatilityEstimator} from "../../services/analytics/volatility/estimators.js";
import {meanOf} from "./recompute.js";
import type {Why} from "./why.js";

/** A session's moves, in logarithms. */
export type Moves = Readonly<Record<"Overnight" | "High" | "Low" | "Close", number>>;

/** How an estimator makes a volatility of moves. */
export interface EstimatorFigure extends Pick<Why, "name" | "formula" | "definition" | "reference"> {
  readonly words: string;
  readonly of: (rows: readonly Moves[]) => number;
}

const variance = (values: readonly number[]): number => {
  const mean = meanOf(values)!;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
};
const rootMean = (rows: readonly Moves[], term: (row: Moves) => number) => Math.sqrt(meanOf(rows.map(term))!);
const rogers = ({High, Low, Close}: Moves) => High * (High - Close) + Low * (Low - Close);

/** The estimators, in words and as code that takes rows alone. */
export const estimators: Readonly<Record<VolatilityEstimator, EstimatorFigure>> = {
  "yang-zhang": {
    name: "Yang–Zhang volatility",
    formula: "√(V(o) + k V(c) + (1 − k) mean(h (h − c) + l (l − c))), k = 0.34 / (1.34 + (n + 1) / (n − 1))",
    definition:
      "Overnight and open-to-close variance, and Rogers and Satchell's between them: right whatever the drift, with gaps.",
    reference: "Yang & Zhang, Journal of Business 73 (2000), 477–491",
    words: "The formula with o Overnight, h High, l Low, c Close, and V the sample variance",
    of: (rows) => {
      const k = 0.34 / (1.34 + (rows.length + 1) / (rows.length - 1));
      const inner = (1 - k) * rootMean(rows, rogers) ** 2 + k * variance(rows.map(({Close}) => Close));
      return Math.sqrt(variance(rows.map(({Overnight}) => Overnight)) + inner);
    }
  },
  "close-to-close": {
    name: "Close-to-close volatility",
    formula: "sd(o + c)",
    definition: "Sample deviation of log returns from close to close.",
    words: "Sample deviation of Overnight + Close",
    of: (rows) => Math.sqrt(variance(rows.map(({Overnight, Close}) => Overnight + Close)))
  },
  "rogers-satchell": {
    name: "Rogers–Satchell volatility",
    formula: "√mean(h (h − c) + l (l − c))",
    definition: "From open, high, low and close of the session's own hours; right whatever the drift.",
    reference: "Rogers & Satchell, Annals of Applied Probability 1 (1991), 504–512",
    words: "Root of the mean of High (High − Close) + Low (Low − Close)",
    of: (rows) => rootMean(rows, rogers)
  },
  "garman-klass": {
    name: "Garman–Klass volatility",
    formula: "√mean(½ (h − l)² − (2 ln 2 − 1) c²)",
    definition: "From open, high, low and close of the session's own hours; assumes no drift and no jump.",
    reference: "Garman & Klass, Journal of Business 53 (1980), 67–78",
    words: "Root of the mean of half the square of High − Low, less (2 ln 2 − 1) times the square of Close",
    of: (rows) => rootMean(rows, ({High, Low, Close}) => (High - Low) ** 2 / 2 - (2 * Math.LN2 - 1) * Close ** 2)
  },
  parkinson: {
    name: "Parkinson volatility",
    formula: "√(mean((h − l)²) / (4 ln 2))",
    definition: "From the high and the low of the session's own hours alone; assumes no drift and no jump.",
    reference: "Parkinson, Journal of Business 53 (1980), 61–65",
    words: "Root of the mean of the square of High − Low, over 4 ln 2",
    of: (rows) => rootMean(rows, ({High, Low}) => (High - Low) ** 2 / (4 * Math.LN2))
  }
};
