import type {MetaTraderStatistics} from "../../services/analytics/performance/metatrader-statistics.js";
import type {Formats} from "../format/create-formats.js";
import {dataTable} from "../parts/data-table.js";
import {figure} from "../parts/figure.js";

/** A figure of a MetaTrader report: its name there, its value, and how it is shown. */
interface ReportFigure {
  readonly name: string;
  /** Its name among the figures that a report states. */
  readonly key: string;
  readonly value: number | undefined;
  readonly show: (value: number | undefined) => string;
  readonly note?: string;
}

/** What a saved report prints about itself, by name: a figure, and for some a second. */
export type StatedReport = Readonly<Record<string, unknown>>;

/**
 * MetaTrader 5's own figures by its own conventions, named as its report names them.
 *
 * @param stated what a saved report prints about itself, shown beside what its deals give
 */
export function metaTraderTable(statistics: MetaTraderStatistics, format: Formats, stated?: StatedReport): HTMLElement {
  const printed = ({key}: ReportFigure) => statedNumber(stated?.[key]);
  const statedColumn = {
    label: "As the report prints it",
    kind: "number" as const,
    value: printed,
    node: (row: ReportFigure) => figure(printed(row), row.show(printed(row)))
  };
  const figures = reportFigures(statistics, format).concat(
    stated === undefined ? [] : equityFigure(statistics, stated, format)
  );
  return dataTable(
    figures,
    [
      {label: "Figure", value: ({name}) => name},
      {label: "Value", kind: "number", value: ({value}) => value, node: ({value, show}) => figure(value, show(value))},
      ...(stated === undefined ? [] : [statedColumn]),
      {label: "As MetaTrader counts it", kind: "wrap", value: ({note}) => note ?? "", text: ({note}) => note ?? ""}
    ],
    {caption: "MetaTrader statistics"}
  );
}

function reportFigures(statistics: MetaTraderStatistics, format: Formats): ReportFigure[] {
  const {currency, short, long, largest, average, balanceDrawdownMaximal, balanceDrawdownRelative, balanceFit} =
    statistics;
  const money = (value: number | undefined) => format.amount(value, currency);
  const amount = (key: string, name: string, value: number | undefined, note = ""): ReportFigure => ({
    key,
    name,
    value,
    show: money,
    note
  });
  const number = (key: string, name: string, value: number | undefined, decimals: number, note = ""): ReportFigure => ({
    key,
    name,
    value,
    show: (shown) => format.number(shown, {decimals}),
    note
  });
  const share = (key: string, name: string, value: number | undefined, note = ""): ReportFigure => ({
    key,
    name,
    value,
    show: (shown) => format.fraction(shown, {decimals: 2}),
    note
  });
  const run = (key: string, name: string, streak: MetaTraderStatistics["maxConsecutiveWins"]): ReportFigure => ({
    key,
    name,
    value: streak?.length,
    show: format.count,
    note: streak === undefined ? "none" : `${format.amount(streak.sum, currency)} ${currency} together`
  });
  return [
    amount("net", "Total net profit", statistics.net, currency),
    amount("grossProfit", "Gross profit", statistics.grossProfit, currency),
    amount("grossLoss", "Gross loss", statistics.grossLoss, currency),
    number("profitFactor", "Profit factor", statistics.profitFactor, 2),
    amount("expectedPayoff", "Expected payoff", statistics.expectedPayoff, `${currency} a trade`),
    number(
      "sharpe",
      "Sharpe ratio",
      statistics.sharpe,
      2,
      "mean over population deviation of holding period returns, per trade"
    ),
    number(
      "zScore",
      "Z-score",
      statistics.zScore,
      2,
      `confidence ${format.fraction(statistics.zConfidence, {decimals: 2})}`
    ),
    number("ahpr", "AHPR", statistics.ahpr, 4, "arithmetic mean of holding period returns"),
    number("ghpr", "GHPR", statistics.ghpr, 4, "geometric mean of holding period returns"),
    amount(
      "balanceDrawdownMaximal",
      "Balance drawdown maximal",
      balanceDrawdownMaximal?.amount,
      `${format.fraction(balanceDrawdownMaximal?.fraction, {decimals: 2})} of the peak`
    ),
    share(
      "balanceDrawdownRelative",
      "Balance drawdown relative",
      balanceDrawdownRelative?.fraction,
      `${format.amount(balanceDrawdownRelative?.amount, currency)} ${currency}`
    ),
    number("trades", "Total trades", statistics.trades, 0, "closing deals"),
    number("wins", "Profit trades", statistics.wins, 0, "a trade that makes nothing counts as won"),
    number("losses", "Loss trades", statistics.losses, 0),
    number("short", "Short trades", short.trades, 0, `won ${format.fraction(short.wonFraction, {decimals: 2})}`),
    number("long", "Long trades", long.trades, 0, `won ${format.fraction(long.wonFraction, {decimals: 2})}`),
    amount("largestProfit", "Largest profit trade", largest.profit, currency),
    amount("largestLoss", "Largest loss trade", largest.loss, currency),
    amount("averageProfit", "Average profit trade", average.profit, currency),
    amount("averageLoss", "Average loss trade", average.loss, currency),
    run("maxConsecutiveWins", "Maximum consecutive wins", statistics.maxConsecutiveWins),
    run("maxConsecutiveLosses", "Maximum consecutive losses", statistics.maxConsecutiveLosses),
    amount(
      "maxConsecutiveProfit",
      "Maximal consecutive profit",
      statistics.maximalConsecutiveProfit?.sum,
      `${format.count(statistics.maximalConsecutiveProfit?.length)} trades`
    ),
    amount(
      "maxConsecutiveLoss",
      "Maximal consecutive loss",
      statistics.maximalConsecutiveLoss?.sum,
      `${format.count(statistics.maximalConsecutiveLoss?.length)} trades`
    ),
    number("lrCorrelation", "LR correlation", balanceFit?.correlation, 2, "of the balance with a straight line"),
    number("lrStandardError", "LR standard error", balanceFit?.standardError, 2, currency)
  ];
}

/** The drawdown of equity, which deals do not carry: only a report that saw every tick can state it. */
function equityFigure({currency}: MetaTraderStatistics, stated: StatedReport, format: Formats): ReportFigure[] {
  const figures = stated["equityDrawdownMaximal"];
  const [amount, fraction] = Array.isArray(figures) ? figures.map(statedNumber) : [];
  if (amount === undefined) return [];
  const show = (value: number | undefined) => format.amount(value, currency);
  const note = `${format.fraction(fraction, {decimals: 2})} of the peak; stated by the report, not computed: deals do not carry equity`;
  return [{key: "equityDrawdownMaximal", name: "Equity drawdown maximal", value: undefined, show, note}];
}

function statedNumber(value: unknown): number | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "number" && Number.isFinite(first) ? first : undefined;
}
