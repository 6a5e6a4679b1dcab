import type {ReportRow} from "./report-rows.js";
import {parseReportNumber} from "./report-table.js";

/** Figures by the label that MetaTrader prints, and the name they go by here. */
const labels = {
  "Initial Deposit": "deposit",
  "Initial deposit": "deposit",
  "Total Net Profit": "net",
  "Total net profit": "net",
  "Gross Profit": "grossProfit",
  "Gross profit": "grossProfit",
  "Gross Loss": "grossLoss",
  "Gross loss": "grossLoss",
  "Profit Factor": "profitFactor",
  "Profit factor": "profitFactor",
  "Expected Payoff": "expectedPayoff",
  "Expected payoff": "expectedPayoff",
  "Recovery Factor": "recoveryFactor",
  "Sharpe Ratio": "sharpe",
  "Z-Score": "zScore",
  AHPR: "ahpr",
  GHPR: "ghpr",
  "LR Correlation": "lrCorrelation",
  "LR Standard Error": "lrStandardError",
  "Balance Drawdown Absolute": "balanceDrawdownAbsolute",
  "Balance Drawdown Maximal": "balanceDrawdownMaximal",
  "Balance Drawdown Relative": "balanceDrawdownRelative",
  "Equity Drawdown Absolute": "equityDrawdownAbsolute",
  "Equity Drawdown Maximal": "equityDrawdownMaximal",
  "Equity Drawdown Relative": "equityDrawdownRelative",
  "Absolute drawdown": "balanceDrawdownAbsolute",
  "Absolute Drawdown": "balanceDrawdownAbsolute",
  "Maximal drawdown": "balanceDrawdownMaximal",
  "Maximal Drawdown": "balanceDrawdownMaximal",
  "Relative drawdown": "balanceDrawdownRelative",
  "Relative Drawdown": "balanceDrawdownRelative",
  "Total Trades": "trades",
  "Total trades": "trades",
  "Total Deals": "deals",
  "Short Trades (won %)": "short",
  "Short positions (won %)": "short",
  "Short Positions (won %)": "short",
  "Long Trades (won %)": "long",
  "Long positions (won %)": "long",
  "Long Positions (won %)": "long",
  "Profit Trades (% of total)": "wins",
  "Profit trades (% of total)": "wins",
  "Loss Trades (% of total)": "losses",
  "Loss trades (% of total)": "losses",
  "Largest profit trade": "largestProfit",
  "Largest loss trade": "largestLoss",
  "Average profit trade": "averageProfit",
  "Average loss trade": "averageLoss",
  "Maximum consecutive wins ($)": "maxConsecutiveWins",
  "Maximum consecutive losses ($)": "maxConsecutiveLosses",
  "Maximal consecutive profit (count)": "maxConsecutiveProfit",
  "Maximal consecutive loss (count)": "maxConsecutiveLoss",
  "Average consecutive wins": "averageConsecutiveWins",
  "Average consecutive losses": "averageConsecutiveLosses"
} as const;

/** Name of a figure that a report states of itself. */
export type StatedFigure = (typeof labels)[keyof typeof labels];

/**
 * What a report says of itself, in the order printed, per cent as a fraction: `967.94 (8.09%)` is `[967.94, 0.0809]`.
 * Kept beside what is computed: some, as the drawdown of equity, cannot be had from the deals.
 */
export type StatedFigures = Readonly<Partial<Record<StatedFigure, readonly number[]>>>;

/** Reads the figures a report states, wherever a known label stands before a number. */
export function readStatedFigures(rows: readonly ReportRow[]): StatedFigures {
  const figures: Partial<Record<StatedFigure, readonly number[]>> = {};
  for (const {cells} of rows)
    cells.forEach((cell, i) => {
      const label = cell.replace(/:$/, "");
      const name = Object.hasOwn(labels, label) ? labels[label as keyof typeof labels] : undefined;
      const numbers = name === undefined ? [] : parseFigure(cells[i + 1] ?? "");
      if (name !== undefined && numbers.length > 0 && figures[name] === undefined) figures[name] = numbers;
    });
  return figures;
}

function parseFigure(text: string): number[] {
  const parts = /^([^()]+?)\s*(?:\(([^()]+)\))?$/.exec(text)?.slice(1) ?? [];
  const numbers = parts.filter((part) => part !== undefined).map(parsePart);
  return numbers.every(Number.isFinite) ? numbers : [];
}

function parsePart(text: string): number {
  return text.endsWith("%") ? parseReportNumber(text.slice(0, -1).trim()) / 100 : parseReportNumber(text.trim());
}
