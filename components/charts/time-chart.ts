import * as Plot from "npm:@observablehq/plot";
import type {EpochMs} from "../../services/domain/time.js";
import {toWall} from "../../services/domain/zone.js";
import type {Formats} from "../format/create-formats.js";
import {zoneName} from "../format/moment.js";
import {emptyState} from "../parts/states.js";
import {extent} from "./extent.js";
import {timeTicks} from "./time-ticks.js";

/** Values over time, as an account's balance or its depth under water. */
export interface TimeSeries {
  readonly time: ArrayLike<EpochMs>;
  readonly value: ArrayLike<number>;
}

/** One thing worth naming on a chart. */
export interface Annotation {
  readonly time: EpochMs;
  readonly value: number;
  readonly label: string;
}

/**
 * How one series is drawn and read, and what is named on it; levels, annotations and domain are in the series' unit.
 */
export interface TimeChartOptions {
  readonly width: number; // px
  readonly format: Formats;
  /** A value on the axis, in as few decimals as tell ticks apart. */
  readonly tickFormat: (value: number) => string;
  /** A value where it is read off; as on the axis unless told. */
  readonly valueFormat?: (value: number) => string;
  readonly height?: number; // px; 280
  /** Lowest and highest value drawn; those of the values unless told. */
  readonly domain?: readonly [low: number, high: number];
  /** `step` holds a value until the next, as a balance does; `area` fills to zero, as a loss from a peak. */
  readonly shape?: "line" | "step" | "area"; // line
  /** A CSS colour. */
  readonly colour?: string; // var(--series-1)
  readonly annotations?: readonly Annotation[]; // none
  /** Levels drawn across, with their names. */
  readonly levels?: readonly {readonly value: number; readonly label: string}[]; // none
  /** What it shows, for those who cannot see it. */
  readonly label: string;
  /** What a chart without values waits for. */
  readonly emptyHint?: string; // It fills as the account trades.
}

/** A line, a step or a filled area over time: values on the right, times below in the zone named. */
export function timeChart({time, value}: TimeSeries, options: TimeChartOptions): Node {
  const {width, format, tickFormat, height = 280, shape = "line", levels = [], annotations = [], label} = options;
  const {emptyHint = "It fills as the account trades."} = options;
  if (value.length === 0) return emptyState("Nothing to draw yet.", emptyHint);
  const {colour = "var(--series-1)", valueFormat = tickFormat} = options;
  const rows = Array.from({length: value.length}, (_, i) => i);
  const wall = (moment: EpochMs) => new Date(toWall(format.zone, moment));
  const x = (i: number) => wall(time[i]!);
  const y = (i: number) => value[i]!;
  const [low, high] = extent([
    options.domain ?? value,
    levels.map((level) => level.value),
    shape === "area" ? [0] : []
  ]);
  const curve = shape === "line" ? "linear" : "step-after";
  const ticks = timeTicks(wall(time[0]!), wall(time[time.length - 1]!), Math.max(3, Math.floor(width / 110)), {
    locale: format.locale,
    edge: 20 / width
  });
  return Plot.plot({
    className: "tape-chart",
    ariaLabel: label,
    width,
    height,
    marginTop: 16,
    marginRight: 72,
    marginBottom: 40,
    marginLeft: 4,
    x: {type: "utc", axis: null},
    y: {domain: shape === "area" ? [low, 0] : [low, high], axis: null},
    marks: [
      Plot.gridY({ticks: 5, stroke: "var(--grid)", strokeOpacity: 1}),
      Plot.axisY({anchor: "right", ticks: 5, tickSize: 0, tickPadding: 8, label: null, tickFormat}),
      Plot.axisX({
        tickSize: 4,
        stroke: "var(--theme-foreground-fainter)",
        ticks: ticks.map((tick) => tick.at),
        tickFormat: (_, i) => ticks[i]!.label,
        label: zoneName(time[time.length - 1]!, format),
        labelArrow: "none",
        labelAnchor: "right",
        labelOffset: 20
      }),
      shape === "area" ? Plot.areaY(rows, {x, y, fill: colour, fillOpacity: 0.16, curve}) : null,
      Plot.lineY(rows, {x, y, stroke: colour, strokeWidth: 1.5, curve}),
      shape === "area" ? Plot.ruleY([0], {stroke: "var(--theme-foreground-faint)"}) : null,
      ...levelMarks(levels),
      ...annotationMarks(annotations, wall, middleOf(time), shape === "area" ? 0 : -10),
      Plot.tip(
        rows,
        Plot.pointerX({x, y, title: (i: number) => `${format.zoned(time[i]!)}\n${valueFormat(value[i]!)}`})
      )
    ]
  });
}

function levelMarks(levels: readonly {readonly value: number; readonly label: string}[]): Plot.Markish[] {
  return levels.flatMap(({value, label}) => [
    Plot.ruleY([value], {stroke: "var(--theme-foreground-faint)", strokeDasharray: "2,3"}),
    Plot.text([label], {y: value, frameAnchor: "right", textAnchor: "end", dx: -4, dy: -8, ...halo})
  ]);
}

/** Each name on the side of its dot that has more room. */
function annotationMarks(
  annotations: readonly Annotation[],
  wall: (time: EpochMs) => Date,
  middle: EpochMs,
  dy: number
) {
  return annotations.flatMap(({time, value, label}) => {
    const side = time > middle ? {textAnchor: "end", dx: -8} : {textAnchor: "start", dx: 8};
    return [
      Plot.dot([value], {x: wall(time), y: value, r: 3, fill: "var(--theme-foreground)"}),
      Plot.text([label], {x: wall(time), y: value, dy, ...(side as {textAnchor: "start" | "end"; dx: number}), ...halo})
    ];
  });
}

function middleOf(time: ArrayLike<EpochMs>): EpochMs {
  return (time[0]! + time[time.length - 1]!) / 2;
}

const halo = {fill: "var(--theme-foreground)", stroke: "var(--theme-background)", strokeWidth: 4} as const;
