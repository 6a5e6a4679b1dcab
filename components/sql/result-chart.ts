import * as Plot from "npm:@observablehq/plot";
import {toWall} from "../../services/domain/zone.js";
import {fitted} from "../charts/fitted.js";
import {timeTicks} from "../charts/time-ticks.js";
import type {Formats} from "../format/create-formats.js";
import {zoneName} from "../format/moment.js";
import {chartFrame} from "../parts/chart-frame.js";
import {emptyState} from "../parts/states.js";
import {type ChartPlan, chartPlan, mostBars, nameOf, type PlannedSeries} from "./chart-plan.js";
import {exactText, tickWords} from "./number-words.js";
import type {SqlColumn, SqlResult} from "./sql-result.js";
import {thinSeries} from "./thin-series.js";

type Lines = Extract<ChartPlan, {shape: "line"}>;
type Bars = Extract<ChartPlan, {shape: "bars"}>;

const lineHeight = 320;
const barHeight = 24;

/** What frames a result's chart; without any of it, its columns name it. */
export interface ResultChartOptions {
  /** The finding. */
  readonly title?: string;
  /** The same rows as a table, made when it is asked for. */
  readonly table?: () => Node;
  /** From `evidenceLine`. */
  readonly source?: Node;
}

/** A result as a chart: the first time or name against the first number; where that cannot be, why and what would do. */
export function resultChart(result: SqlResult, format: Formats, options: ResultChartOptions = {}): HTMLElement {
  const plan = chartPlan(result);
  if ("reason" in plan) return emptyState(`No chart. ${plan.reason}`, plan.step);
  const height = plan.shape === "line" ? lineHeight : barsHeight(plan);
  return chartFrame({
    title: `${plan.y.name} by ${plan.x.name}`,
    ...options,
    subtitle: subtitleOf(plan, result.rowCount, format),
    chart: fitted((width) => (plan.shape === "line" ? drawLines(plan, width, format) : drawBars(plan, width, format)), {
      height
    })
  });
}

function barsHeight({rows}: Bars): number {
  return rows.length * barHeight + 40;
}

function subtitleOf(plan: ChartPlan, rowCount: number, format: Formats): string {
  const n = `n\u202f=\u202f${format.count(rowCount)} ${rowCount === 1 ? "row" : "rows"}`;
  if (plan.shape === "bars")
    return rowCount > mostBars
      ? `${n}; the first ${mostBars} are drawn, ${format.count(rowCount - mostBars)} are left out`
      : n;
  const zone = plan.x.kind === "time" ? `; times in ${format.zone}` : "";
  const drawn = plan.series.reduce((sum, {x}) => sum + x.length, 0);
  const left = drawn < rowCount ? `; ${format.count(rowCount - drawn)} without ${plan.x.name} are left out` : "";
  const thin = drawn > 4000 ? "; of each stretch its first, lowest, highest and last are drawn" : "";
  return `${n}${zone}${left}${thin}`;
}

function drawLines({x, y, series}: Lines, width: number, format: Formats): Node {
  const isTime = x.kind !== "number";
  const wall = (value: number) => (x.kind === "time" ? new Date(toWall(format.zone, value)) : new Date(value));
  const at = (value: number) => (isTime ? wall(value) : value);
  const thin = series.map((each) => thinSeries(each, 4 * width));
  const names = series.length > 1;
  return Plot.plot({
    ...frame(`${y.name} by ${x.name}`, width, lineHeight),
    marginRight: names ? 112 : 72,
    marginLeft: 4,
    x: {type: isTime ? "utc" : "linear", axis: null},
    y: {axis: null},
    marks: [
      Plot.gridY({ticks: 5, stroke: "var(--grid)", strokeOpacity: 1}),
      Plot.axisY({
        anchor: "right",
        ticks: 5,
        tickSize: 0,
        tickPadding: 8,
        label: null,
        tickFormat: tickWords(...spanOf(thin.map(({y}) => y)), format)
      }),
      isTime ? timeAxis(x, thin, wall, width, format) : numberAxis(x, thin, format),
      ...thin.flatMap((each, i) => lineMarks(each, i, at, names)),
      thin.every((each) => each.x.length === 1)
        ? Plot.dot(thin, {x: ({x}) => at(x[0]!), y: ({y}) => y[0]!, r: 3})
        : null,
      pointerTip(thin, at, x, format)
    ]
  });
}

function frame(label: string, width: number, height: number) {
  return {className: "tape-chart", ariaLabel: label, width, height, marginTop: 16, marginBottom: 40};
}

function lineMarks({name, x, y}: PlannedSeries, i: number, at: (value: number) => Date | number, named: boolean) {
  const stroke = `var(--series-${i + 1})`;
  const line = Plot.lineY(x, {x: (value: number) => at(value), y, stroke, strokeWidth: 1.5});
  const last = x.length - 1;
  const label = Plot.text([name], {
    x: at(x[last]!),
    y: y[last]!,
    fill: stroke,
    textAnchor: "start",
    dx: 6,
    stroke: "var(--theme-background)",
    strokeWidth: 4,
    paintOrder: "stroke"
  });
  return named && Number.isFinite(y[last]) ? [line, label] : [line];
}

function timeAxis(
  x: SqlColumn,
  series: readonly PlannedSeries[],
  wall: (value: number) => Date,
  width: number,
  format: Formats
) {
  const [start, end] = spanOf(series.map((each) => each.x));
  const edge = 20 / width;
  const ticks = timeTicks(wall(start), wall(end), Math.max(3, Math.floor(width / 110)), {locale: format.locale, edge});
  return Plot.axisX({
    ...axisStyle,
    ticks: ticks.map((tick) => tick.at),
    tickFormat: (_, i) => ticks[i]!.label,
    label: x.kind === "time" ? zoneName(end, format) : x.name
  });
}

function numberAxis(x: SqlColumn, series: readonly PlannedSeries[], format: Formats) {
  const tickFormat = tickWords(...spanOf(series.map((each) => each.x)), format);
  return Plot.axisX({...axisStyle, ticks: 6, tickFormat, label: x.name});
}

function spanOf(columns: readonly Float64Array[]): [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (const column of columns)
    for (const value of column) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  return [low, high];
}

const axisStyle = {
  tickSize: 4,
  stroke: "var(--theme-foreground-fainter)",
  labelArrow: "none",
  labelAnchor: "right",
  labelOffset: 32
} as const;

function pointerTip(
  series: readonly PlannedSeries[],
  at: (value: number) => Date | number,
  x: SqlColumn,
  format: Formats
) {
  const points = series.flatMap(({name, x, y}) => Array.from(x, (value, i) => ({name, value, y: y[i]!})));
  const where = (value: number) => {
    if (x.kind === "number") return `${x.name} ${exactText(value, format)}`;
    return x.kind === "time" ? format.zoned(value, "second") : new Date(value).toISOString().slice(0, 10);
  };
  return Plot.tip(
    points,
    Plot.pointer({
      x: ({value}) => at(value),
      y: ({y}) => y,
      title: ({name, value, y}) => `${where(value)}\n${name} ${exactText(y, format)}`
    })
  );
}

function drawBars({x, y, rows}: Bars, width: number, format: Formats): Node {
  const bars = rows.map((row) => ({name: nameOf(x.value(row)), value: Number(y.value(row) ?? NaN)}));
  const longest = Math.max(...bars.map(({name}) => name.length));
  return Plot.plot({
    ...frame(`${y.name} by ${x.name}`, width, barsHeight({x, y, rows, shape: "bars"})),
    marginLeft: Math.min(width * 0.4, 16 + longest * 7),
    marginRight: 72,
    x: {axis: null},
    y: {domain: bars.map(({name}) => name), label: null, tickSize: 0},
    marks: [
      Plot.barX(bars, {x: "value", y: "name", fill: "var(--series-1)", insetTop: 4, insetBottom: 4}),
      Plot.ruleX([0], {stroke: "var(--theme-foreground-faint)"}),
      Plot.text(bars, {
        x: "value",
        y: "name",
        text: ({value}) => exactText(value, format),
        textAnchor: "start",
        dx: 4,
        filter: ({value}) => value >= 0
      }),
      Plot.text(bars, {
        x: "value",
        y: "name",
        text: ({value}) => exactText(value, format),
        textAnchor: "end",
        dx: -4,
        filter: ({value}) => value < 0
      })
    ]
  });
}
