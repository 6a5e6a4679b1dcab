import type {RollingVolatility} from "../../services/analytics/volatility/estimate-volatility.js";
import {formatIso} from "../../services/domain/time.js";
import {fitted} from "../charts/fitted.js";
import {timeChart} from "../charts/time-chart.js";
import type {Formats} from "../format/create-formats.js";
import {chartFrame} from "../parts/chart-frame.js";
import {dataTable} from "../parts/data-table.js";

/** The words around a rolling measure, and the one value of the whole history that it is held against, in its unit. */
export interface RollingPanelOptions {
  /** The finding. */
  readonly title: string;
  readonly subtitle: string;
  /** The name of the measure: the chart's label, the table's and its file's. */
  readonly measure: string;
  /** A value, on the axis as where it is read off. */
  readonly text: (value: number) => string;
  /** The value of all sessions, drawn across. */
  readonly level: {readonly value: number | undefined; readonly label: string};
  readonly format: Formats;
  readonly source: Node; // from `evidenceLine`
}

const height = 280;

/** A measure of the latest sessions as it moved, its highest value named, the whole history's drawn across. */
export function rollingPanel({time, value}: RollingVolatility, options: RollingPanelOptions): HTMLElement {
  const {title, subtitle, measure, text, level, format, source} = options;
  const highest = value.indexOf(Math.max(...value));
  const named = {
    emptyHint: "It fills as sessions end.",
    annotations:
      value.length < 2
        ? []
        : [{time: time[highest]!, value: value[highest]!, label: `highest: ${text(value[highest]!)}`}],
    levels: level.value === undefined ? [] : [{value: level.value, label: level.label}]
  };
  return chartFrame({
    title,
    subtitle,
    chart: fitted(
      (width) => timeChart({time, value}, {...named, width, height, format, tickFormat: text, label: measure}),
      {height}
    ),
    table: () =>
      dataTable(
        Array.from(value, (each, i) => ({time: time[i]!, value: each})).reverse(),
        [
          {
            label: "Session opened",
            unit: format.zone,
            value: ({time}) => formatIso(time),
            text: ({time}) => format.moment(time)
          },
          {label: measure, kind: "number", value: ({value}) => value, text: ({value}) => text(value)}
        ],
        {caption: measure}
      ),
    source
  });
}
