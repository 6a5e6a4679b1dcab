import type {TimedDrawdown, Underwater} from "../../services/analytics/risk/underwater.js";
import {formatIso} from "../../services/domain/time.js";
import {fitted} from "../charts/fitted.js";
import {timeChart} from "../charts/time-chart.js";
import type {Formats} from "../format/create-formats.js";
import {chartFrame} from "../parts/chart-frame.js";
import {dataTable} from "../parts/data-table.js";
import {moment} from "../parts/figure.js";
import {html} from "../parts/html.js";
import type {BalanceMeasure} from "./balance-panel.js";

/** What stands below its peak, in words, and the evidence under it. */
export interface UnderwaterPanelOptions {
  readonly format: Formats;
  readonly source: Node; // from `evidenceLine`
  /** What the curve is of; the balance by close unless told. */
  readonly measure?: Pick<BalanceMeasure, "subject" | "counted"> & {readonly below: string};
}

const ofBalance = {
  subject: "The balance",
  counted: "deals",
  below: "Balance of closed trades below its peak, deposits aside"
} as const;

const height = 300;

/** How far the balance stood below its peak after each close, its worst stay named. */
export function underwaterPanel(
  {points, worst, timeUnderFraction, reason}: Underwater,
  {format, source, measure = ofBalance}: UnderwaterPanelOptions
) {
  const percent = (value: number) => format.fraction(value);
  const series = {time: points.map(({time}) => time), value: points.map(({drawdown}) => drawdown)};
  const [deepest] = worst;
  const annotations =
    deepest === undefined
      ? []
      : [
          {
            time: deepest.troughTime,
            value: deepest.depth,
            label: `${percent(deepest.depth)}, ${format.moment(deepest.troughTime, "date")}`
          }
        ];
  const under = timeUnderFraction === undefined ? "" : `; ${percent(timeUnderFraction)} of the time below the peak`;
  const options = {
    format,
    tickFormat: percent,
    shape: "area",
    colour: "var(--down)",
    height,
    annotations,
    label: "Drawdown"
  } as const;
  return chartFrame({
    title:
      deepest === undefined
        ? `${measure.subject} never fell below its peak`
        : `The deepest fall was ${percent(-deepest.depth)}, ${recovery(deepest, format)}`,
    subtitle: `${measure.below}; n = ${format.count(points.length)} ${measure.counted}${under}${reason === undefined ? "" : `; ${reason}`}`,
    chart: fitted((width) => timeChart(series, {...options, width}), {height}),
    table: () =>
      html`<div><h4>${measure.below}</h4>${depthTable(points, format)}<h4>The worst, from peak to peak</h4>${drawdownTable(worst, format)}</div>`,
    source
  });
}

function recovery({startTime, recoveryTime}: TimedDrawdown, format: Formats): string {
  if (recoveryTime === undefined) return `from ${format.moment(startTime, "date")} and not yet made good`;
  return `made good after ${format.duration(recoveryTime - startTime)}`;
}

/** The curve as it is drawn, the latest first. */
function depthTable(points: Underwater["points"], format: Formats): HTMLElement {
  return dataTable(
    [...points].reverse(),
    [
      {
        label: "Time",
        unit: format.zone,
        value: ({time}) => formatIso(time),
        node: ({time}) => moment(time, format.moment(time))
      },
      {
        label: "Below the peak",
        kind: "number",
        value: ({drawdown}) => drawdown,
        text: ({drawdown}) => format.fraction(drawdown, {decimals: 2})
      }
    ],
    {caption: "Drawdown", emptyStep: "It begins with the first deposit."}
  );
}

/** The worst drawdowns, deepest first: depth, start, trough and recovery. */
export function drawdownTable(worst: readonly TimedDrawdown[], format: Formats): HTMLElement {
  const time = (label: string, of: (row: TimedDrawdown) => number | undefined) => ({
    label,
    unit: format.zone,
    value: (row: TimedDrawdown) => (of(row) === undefined ? undefined : formatIso(of(row)!)),
    node: (row: TimedDrawdown) => moment(of(row), of(row) === undefined ? "not yet" : format.moment(of(row), "date"))
  });
  return dataTable(
    worst,
    [
      {
        label: "Depth",
        kind: "number",
        value: ({depth}: TimedDrawdown) => depth,
        text: ({depth}: TimedDrawdown) => format.fraction(depth, {decimals: 2})
      },
      time("Peak", ({startTime}) => startTime),
      time("Trough", ({troughTime}) => troughTime),
      time("Made good", ({recoveryTime}) => recoveryTime),
      {
        label: "Length",
        kind: "number",
        value: ({startTime, recoveryTime}: TimedDrawdown) => recoveryTime && recoveryTime - startTime,
        text: ({startTime, recoveryTime}: TimedDrawdown) => format.duration(recoveryTime && recoveryTime - startTime)
      }
    ],
    {caption: "Worst drawdowns", emptyStep: "The balance has not been below its peak."}
  );
}
