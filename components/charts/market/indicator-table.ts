import {dataTable} from "../../parts/data-table.js";
import {figure} from "../../parts/figure.js";
import type {IndicatorColumn} from "./chart-indicators.js";

/** What the chosen indicators stood at after the last bar of all, to the last digit for machines. */
export function indicatorTable(columns: readonly IndicatorColumn[]): HTMLElement {
  const known = ({values}: IndicatorColumn) => {
    const value = values[values.length - 1];
    return value === undefined || Number.isNaN(value) ? undefined : value;
  };
  const show = (column: IndicatorColumn) => {
    const value = known(column);
    return value === undefined ? "–" : column.format(value);
  };
  return dataTable(
    columns,
    [
      {label: "Indicator", value: ({label}) => label},
      {label: "Value", kind: "number", value: known, node: (column) => figure(known(column), show(column))}
    ],
    {caption: "Indicators at the last bar", emptyStep: "Choose one above."}
  );
}
