import {fitted} from "../charts/fitted.js";
import {returnHistogram} from "../charts/return-histogram.js";
import {counted} from "../format/counted.js";
import {formatSessionDate} from "../format/moment.js";
import {chartFrame} from "../parts/chart-frame.js";
import {dataTable} from "../parts/data-table.js";
import type {TailRisk} from "./risk-tiles.js";

/** The tail that is marked on the histogram of returns, and the evidence under it. */
export interface VarPanelOptions extends TailRisk {
  readonly source: Node; // from `evidenceLine`
}

const height = 300;

/** Daily returns as they fell, with value at risk and expected shortfall marked; both named as the losses they are. */
export function varPanel({valueAtRisk, shortfall, confidence, returns, format, source}: VarPanelOptions): HTMLElement {
  const level = format.fraction(confidence, {decimals: 0});
  const percent = (value: number) => format.fraction(value, {decimals: 2});
  const marks = [
    {estimate: valueAtRisk, name: "VaR"},
    {estimate: shortfall, name: "ES"}
  ].flatMap(({estimate: {value}, name}) =>
    value === undefined ? [] : [{value: -value, label: `${name} ${level}: ${percent(value)}`}]
  );
  const {value, reason} = valueAtRisk;
  const [first, last] = [returns[0]?.date, returns.at(-1)?.date];
  const beyond = value === undefined ? 0 : returns.filter((day) => day.return < -value).length;
  const options = {
    format,
    tickFormat: (fraction: number) => format.fraction(fraction),
    markers: marks,
    height,
    label: "Daily returns"
  };
  return chartFrame({
    title:
      value === undefined
        ? `Too little to state a loss at ${level}: ${reason}`
        : `On one day in ${format.number(1 / (1 - confidence), {decimals: 0})} the account lost more than ${percent(value)}`,
    subtitle: `Daily return of the balance of closed trades; n = ${counted(returns.length, "account day", format)}, ${format.count(returns.filter(({isTraded}) => isTraded).length)} with a close${first && last ? `, ${formatSessionDate(first, format)} to ${formatSessionDate(last, format)}` : ""}; ${counted(beyond, "day", format)} beyond the VaR`,
    chart: fitted(
      (width) =>
        returnHistogram(
          returns.map((day) => day.return),
          {...options, width, ...(value !== undefined && {tail: -value})}
        ),
      {height}
    ),
    table: () =>
      dataTable(
        [...returns].reverse(),
        [
          {label: "Account day", value: ({date}) => date, text: ({date}) => formatSessionDate(date, format)},
          {
            label: "Return",
            kind: "number",
            isSigned: true,
            value: (day) => day.return,
            text: (day) => format.fraction(day.return, {decimals: 3, signed: true})
          },
          {label: "Closed something", value: ({isTraded}) => (isTraded ? "yes" : "no")}
        ],
        {caption: "Daily returns"}
      ),
    source
  });
}
