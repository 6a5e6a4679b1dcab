import type {BalancePoint} from "../../services/analytics/performance/balance-curve.js";
import {toAmount} from "../../services/domain/money.js";
import {formatIso} from "../../services/domain/time.js";
import {fitted} from "../charts/fitted.js";
import {timeChart} from "../charts/time-chart.js";
import type {Formats} from "../format/create-formats.js";
import {chartFrame} from "../parts/chart-frame.js";
import {dataTable} from "../parts/data-table.js";
import {moment} from "../parts/figure.js";

/** The account's currency, what its points are, and the evidence under them. */
export interface BalancePanelOptions {
  readonly format: Formats;
  readonly currency: string;
  readonly source: Node; // from `evidenceLine`
  /** What the points are; the balance by close unless told. */
  readonly measure?: BalanceMeasure;
}

/** What a curve is of, and what is to be known of it. */
export interface BalanceMeasure {
  /** As it begins a sentence: `The balance`. */
  readonly subject: string;
  /** As `Balance by close`. */
  readonly name: string;
  /** What one point stands for: `deal with money in it`. */
  readonly counted: string;
  readonly note: string;
}

/** The balance after each deal that moved it. */
export const balanceByClose: BalanceMeasure = {
  subject: "The balance",
  name: "Balance by close",
  counted: "deals with money in them",
  note: "of open positions only costs paid are in it"
};

const height = 300;

/** The balance after each close, as steps; money paid in or out is named and is no result. */
export function balancePanel(
  points: readonly BalancePoint[],
  {format, currency, source, measure = balanceByClose}: BalancePanelOptions
) {
  const whole = (value: number) => format.amount(value, currency, {decimals: 0});
  const exact = (value: number) => format.amount(value, currency);
  const made = points.filter(({isOperation}) => !isOperation).reduce((sum, {change}) => sum + toAmount(change), 0);
  const operations = points.filter(({isOperation}) => isOperation);
  const [first, last] = [points[0], points.at(-1)];
  const series = {time: points.map(({time}) => time), value: points.map(({balance}) => toAmount(balance))};
  const annotations = operations.slice(1).map(({time, change, balance}) => ({
    time,
    value: toAmount(balance),
    label: `${change.minor < 0 ? "withdrawn" : "paid in"} ${whole(Math.abs(toAmount(change)))}`
  }));
  const options = {
    format,
    tickFormat: whole,
    valueFormat: exact,
    shape: "step",
    height,
    annotations,
    label: measure.name
  } as const;
  return chartFrame({
    title:
      last === undefined
        ? `No ${measure.subject.toLowerCase().replace("the ", "")} yet`
        : `${measure.subject} stands at ${exact(toAmount(last.balance))}\u00a0${currency}, ${exact(Math.abs(made))} ${made < 0 ? "lost" : "made"}, payments aside`,
    subtitle: `${measure.name}, ${currency}; n = ${format.count(points.length)} ${measure.counted}${first && last ? `, ${format.span(first.time, last.time, "date")}` : ""}; ${measure.note}`,
    chart: fitted((width) => timeChart(series, {...options, width}), {height}),
    table: () =>
      dataTable(
        [...points].reverse(),
        [
          {
            label: "Time",
            unit: format.zone,
            value: ({time}) => formatIso(time),
            node: ({time}) => moment(time, format.moment(time))
          },
          {label: "Deal", value: ({ticket}) => ticket},
          {label: "Kind", value: ({isOperation}) => (isOperation ? "paid in or out" : "trade")},
          {
            label: "Change",
            unit: currency,
            kind: "number",
            isSigned: true,
            value: ({change}) => toAmount(change),
            text: ({change}) => format.money(change, {signed: true})
          },
          {
            label: "Balance",
            unit: currency,
            kind: "number",
            value: ({balance}) => toAmount(balance),
            text: ({balance}) => format.money(balance)
          }
        ],
        {caption: measure.name}
      ),
    source
  });
}
