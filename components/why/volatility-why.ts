import {rollingVolatility} from "../../services/analytics/volatility/estimate-volatility.js";
import type {VolatilityEstimator} from "../../services/analytics/volatility/estimators.js";
import type {SessionMoves} from "../../services/analytics/volatility/session-moves.js";
import {formatIso} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import {leadingPart} from "../panels/volatility-words.js";
import {numberColumn, timeColumn} from "./columns.js";
import {estimators, type Moves} from "./estimator-figures.js";
import {partWhy} from "./part-why.js";
import {clustering, horizon, sampling, timesOf, type VolatilityContext} from "./volatility-findings.js";
import type {Why, WhyRow} from "./why.js";

/** What one figure of the volatility study stands on. @throws {RangeError} for an unknown figure */
export function volatilityWhy(name: string, context: VolatilityContext): Why {
  if (Object.hasOwn(estimators, name)) return ofEstimator(name as VolatilityEstimator, context);
  if (!Object.hasOwn(figures, name)) throw new RangeError(`unknown figure: ${name}`);
  return figures[name as keyof typeof figures](context);
}

const figures = {rolling, clustering, horizon, sampling, "movement-by-hour": movement} as const;

function ofEstimator(name: VolatilityEstimator, {study, datasets, show, format}: VolatilityContext): Why {
  const {words, of, ...rest} = estimators[name];
  const estimate = study.estimates[name];
  return {
    ...rest,
    value: estimate.value,
    reason: estimate.reason,
    estimate,
    show,
    ...ofMoves(study.moves, format),
    recompute: {words, of: volatilityOf(of)},
    datasets
  };
}

function rolling({study: {moves}, estimator, window, datasets, show, format}: VolatilityContext): Why {
  const {words, of, name, ...rest} = estimators[estimator];
  const start = Math.max(0, moves.length - window);
  return {
    ...rest,
    name: `${name} of the last ${window} sessions`,
    value: rollingVolatility(moves, estimator, window).value.at(-1),
    reason: `needs ${window} sessions; ${moves.length} are kept`,
    show,
    ...ofMoves(moves, format, start),
    recompute: {words, of: volatilityOf(of)},
    datasets
  };
}

function movement({study: {hours}, fine, zone, format}: VolatilityContext): Why {
  return partWhy(leadingPart(hours), hours, {
    subject: "Movement",
    measure: "Share over even share",
    formula:
      "mean over sessions of (Σ r² of the part / Σ r² of the session) / (time of the part / time of the session)",
    definition:
      "Share of a session's squared log returns that a part of it holds, over its share of the session's time.",
    show: (value) => `${format.number(value, {decimals: 2})} times`,
    inputs: [["Clock", zone]],
    datasets: fine
  });
}

/** The moves from one row on, as a table. */
function ofMoves(moves: SessionMoves, format: Formats, start = 0) {
  const percent = (value: number) => format.fraction(value, {decimals: 3, signed: true});
  const rows = Array.from(
    moves.time,
    (time, i): WhyRow => ({
      "Session opened": formatIso(time),
      Overnight: moves.overnight[i],
      High: moves.high[i],
      Low: moves.low[i],
      Close: moves.close[i]
    })
  );
  const columns = ["Overnight", "High", "Low", "Close"].map((column) => numberColumn(column, percent));
  return {
    inputs: [
      ["Moves", "natural logarithms: the open against the close before; high, low and close against the open"]
    ] as const,
    rows: {
      caption: "Moves of the sessions",
      columns: [timeColumn("Session opened", format), ...columns],
      rows: rows.slice(start)
    },
    ...timesOf(moves, start)
  };
}

function volatilityOf(of: (rows: readonly Moves[]) => number): (rows: readonly WhyRow[]) => number | undefined {
  return (rows) => (rows.length < 2 ? undefined : of(rows as unknown as readonly Moves[]));
}
