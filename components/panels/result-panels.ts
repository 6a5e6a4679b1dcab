import type {BalancePoint} from "../../services/analytics/performance/balance-curve.js";
import {resultFalls} from "../../services/analytics/performance/result-curve.js";
import {toAmount} from "../../services/domain/money.js";
import {formatIso} from "../../services/domain/time.js";
import {fitted} from "../charts/fitted.js";
import {timeChart} from "../charts/time-chart.js";
import type {Formats} from "../format/create-formats.js";
import {chartFrame} from "../parts/chart-frame.js";
import {dataTable} from "../parts/data-table.js";
import {moment} from "../parts/figure.js";

/** Which round trips were chosen, whether they are added up by close or by day, and in what currency. */
export interface ResultPanelOptions {
  readonly format: Formats;
  readonly currency: string;
  /** What was chosen, as `42 of 549 round trips: long`. */
  readonly words: string;
  /** Whether a point is a day, and not a close. */
  readonly isByDay: boolean;
  readonly source: Node; // from `evidenceLine`
}

const height = 300;

/** What chosen round trips made together, added up from nothing. */
export function resultCurvePanel(points: readonly BalancePoint[], options: ResultPanelOptions): HTMLElement {
  const {format, currency, words, isByDay, source} = options;
  const last = points.at(-1);
  const sum = last === undefined ? 0 : toAmount(last.balance);
  const made = `${format.amount(Math.abs(sum), currency)}\u00a0${currency}`;
  const exact = (value: number) => format.amount(value, currency, {signed: true});
  const series = {time: points.map(({time}) => time), value: points.map(({balance}) => toAmount(balance))};
  return chartFrame({
    title: last === undefined ? "Nothing chosen" : `Together they ${sum < 0 ? "lost" : "made"} ${made}`,
    subtitle: `Net added up by ${isByDay ? "day" : "close"} from nothing, ${currency}; ${words}. A part of the round trips has no balance of its own`,
    chart: fitted(
      (width) =>
        timeChart(series, {
          width,
          format,
          height,
          shape: "step",
          tickFormat: (value) => format.amount(value, currency, {decimals: 0}),
          valueFormat: exact,
          levels: [{value: 0, label: ""}],
          label: "Net added up"
        }),
      {height}
    ),
    table: () => resultTable(points, options),
    source
  });
}

/** How far that sum stood below its own highest so far, in money. */
export function resultFallPanel(points: readonly BalancePoint[], options: ResultPanelOptions): HTMLElement {
  const {format, currency, words, isByDay, source} = options;
  const falls = resultFalls(points);
  const value = Array.from(falls, (minor) => toAmount({minor, currency}));
  const deepest = value.reduce((low, each) => Math.min(low, each), 0);
  const at = points[value.indexOf(deepest)];
  const text = `${format.amount(-deepest, currency)}\u00a0${currency}`;
  const series = {time: points.map(({time}) => time), value};
  const annotations =
    deepest < 0 && at !== undefined
      ? [
          {
            time: at.time,
            value: deepest,
            label: `${format.amount(deepest, currency)}, ${format.moment(at.time, "date")}`
          }
        ]
      : [];
  return chartFrame({
    title: deepest === 0 ? "The sum never fell below its highest" : `The deepest fall of the sum was ${text}`,
    subtitle: `Money below its own highest so far, by ${isByDay ? "day" : "close"}, ${currency}; ${words}. As a fraction it would need a balance`,
    chart: fitted(
      (width) =>
        timeChart(series, {
          width,
          format,
          height,
          shape: "area",
          colour: "var(--down)",
          tickFormat: (each) => format.amount(each, currency, {decimals: 0}),
          valueFormat: (each) => format.amount(each, currency),
          annotations,
          label: "Fall of the sum"
        }),
      {height}
    ),
    table: () => resultTable(points, options),
    source
  });
}

function resultTable(points: readonly BalancePoint[], {format, currency, isByDay}: ResultPanelOptions): HTMLElement {
  const falls = resultFalls(points);
  const rows = points.map((point, i) => ({...point, fall: toAmount({minor: falls[i]!, currency})})).reverse();
  type Row = (typeof rows)[number];
  const money = (label: string, value: (row: Row) => number) => ({
    label,
    unit: currency,
    kind: "number" as const,
    isSigned: true,
    value,
    text: (row: Row) => format.amount(value(row), currency, {signed: true})
  });
  return dataTable(
    rows,
    [
      {
        label: isByDay ? "Day" : "Closed",
        unit: format.zone,
        value: ({time}: Row) => formatIso(time),
        node: ({time}: Row) => moment(time, format.moment(time, isByDay ? "date" : "minute"))
      },
      {label: isByDay ? "Last deal" : "Round trip", value: ({ticket}: Row) => ticket},
      money("Net", ({change}) => toAmount(change)),
      money("Added up", ({balance}) => toAmount(balance)),
      money("Below its highest", ({fall}) => fall)
    ],
    {caption: isByDay ? "Net by day" : "Net by close"}
  );
}
