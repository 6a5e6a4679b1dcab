import type {DailyReturn} from "../../services/analytics/risk/daily-returns.js";
import type {VarBacktest} from "../../services/analytics/risk/var-backtest.js";
import {type BacktestDay, backtestChart} from "../charts/backtest-chart.js";
import {fitted} from "../charts/fitted.js";
import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {formatEstimate} from "../format/estimate.js";
import {formatSessionDate} from "../format/moment.js";
import {chartFrame} from "../parts/chart-frame.js";
import {dataTable} from "../parts/data-table.js";

/** A backtest with the returns it was made of, one for each of its forecasts, oldest first. */
export interface BacktestPanelOptions {
  readonly backtest: VarBacktest;
  /** The days that it was made of. */
  readonly returns: readonly DailyReturn[];
  readonly format: Formats;
  readonly source: Node; // from `evidenceLine`
}

const height = 300;
/** p at which a test of the forecasts counts against them. */
const significant = 0.05;

/** Whether value at risk held on the days after it: forecasts that saw only what was before, and the days beyond them. */
export function backtestPanel({backtest, returns, format, source}: BacktestPanelOptions): HTMLElement {
  const days = outOfSample(backtest, returns);
  return chartFrame({
    title: backtestTitle(backtest, format),
    subtitle: subtitleOf(backtest, days, format),
    chart: fitted((width) => backtestChart(days, {width, height, format, label: "Backtest of value at risk"}), {
      height
    }),
    table: () => backtestTable(days, format),
    source
  });
}

function outOfSample({forecasts, window, exceptions}: VarBacktest, returns: readonly DailyReturn[]): BacktestDay[] {
  const beyond = new Set(exceptions);
  const days = returns.map((day, i) => ({...day, forecast: forecasts[i]!, isException: beyond.has(i)}));
  return days.slice(window);
}

/** No stronger than the test: where it finds nothing, there is no evidence against the forecasts. */
function backtestTitle({coverage, confidence, exceptions}: VarBacktest, format: Formats): string {
  const level = format.fraction(confidence, {decimals: 0});
  if (coverage.value === undefined) return `Too little to test value at risk at ${level}: ${coverage.reason}`;
  const expected = format.number(coverage.n * (1 - confidence), {decimals: 1});
  const seen = `passed on ${format.count(exceptions.length)} of ${counted(coverage.n, "day", format)}, where ${expected} were to be expected`;
  if (!(coverage.p! < significant)) return `No evidence against value at risk at ${level}: ${seen}`;
  return `Value at risk at ${level} is too ${coverage.value > 1 - confidence ? "low" : "high"}: ${seen}`;
}

function subtitleOf({coverage, independence, window}: VarBacktest, days: readonly BacktestDay[], format: Formats) {
  const made = `Daily returns, and for each the VaR of the ${counted(window, "account day", format)} before it`;
  const [first, last] = [days[0], days.at(-1)];
  if (coverage.value === undefined || first === undefined || last === undefined) return made;
  const p = (value = NaN) => (value < 0.001 ? "p < 0.001" : `p = ${format.number(value, {decimals: 3})}`);
  const {interval} = formatEstimate(coverage, (share) => format.fraction(share), format.locale);
  const together =
    independence.value === undefined
      ? `whether such days come together: ${independence.reason}`
      : `Christoffersen ${p(independence.value)}${independence.value < significant ? ", such days come together" : ", no evidence that such days come together"}`;
  return `${made}; ${formatSessionDate(first.date, format)} to ${formatSessionDate(last.date, format)}; passed on ${format.fraction(coverage.value)}, ${interval}; Kupiec ${p(coverage.p)}; ${together}`;
}

function backtestTable(days: readonly BacktestDay[], format: Formats): HTMLElement {
  const percent = (value: number) => format.fraction(value, {decimals: 3, signed: true});
  return dataTable(
    [...days].reverse(),
    [
      {label: "Account day", value: ({date}) => date, text: ({date}) => formatSessionDate(date, format)},
      {label: "Return", kind: "number", isSigned: true, value: (day) => day.return, text: (day) => percent(day.return)},
      {
        label: "VaR",
        kind: "number",
        value: ({forecast}) => forecast,
        text: ({forecast}) => format.fraction(forecast, {decimals: 3})
      },
      {label: "Passed", value: ({isException}) => (isException ? "yes" : "no")}
    ],
    {caption: "Backtest of value at risk"}
  );
}
