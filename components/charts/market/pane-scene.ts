import {scaleLinear, scaleLog} from "npm:d3-scale";
import type {Formats} from "../../format/create-formats.js";
import {extent} from "../extent.js";
import {spread} from "../spread.js";
import {type LinePoints, linePoints} from "./line-points.js";
import type {ChartLine, ChartPane, MarketData} from "./market-data.js";
import type {BarColumns, PlaceScale} from "./pixel-columns.js";
import {pixelScale} from "./pixel-scale.js";
import type {RowRange} from "./place-range.js";

/** Candles in pixels, as columns. */
export interface CandleScene extends BarColumns {
  readonly width: number;
}

/** A line in pixels; `lower` is the other edge of a band. */
export interface LineScene {
  readonly colour: string;
  readonly isDashed: boolean;
  readonly points: LinePoints;
  readonly lower: LinePoints | undefined;
}

/** One pane in pixels. */
export interface PaneScene {
  readonly kind: "price" | "volume" | "lines";
  readonly top: number;
  readonly bottom: number;
  readonly title: string;
  readonly ticks: readonly {readonly y: number; readonly text: string}[];
  readonly levels: readonly number[];
  readonly lines: readonly LineScene[];
  /** Columns from a zero line: x, y and whether it is a rise. */
  readonly columns:
    | {readonly x: Float64Array; readonly y: Float64Array; readonly rises: readonly boolean[]; readonly zero: number}
    | undefined;
  /** Names beside the last values. */
  readonly labels: readonly {readonly y: number; readonly text: string; readonly colour: string}[];
  /** The last close in sight. */
  readonly last: {readonly y: number; readonly text: string} | undefined;
  /** The value at a height, where the axis names values. */
  readonly valueAt: (y: number) => string;
}

/** What the panes of one scene share. */
export interface PaneContext {
  readonly data: MarketData;
  readonly rows: RowRange;
  readonly scale: PlaceScale;
  readonly columns: BarColumns;
  readonly isLog: boolean;
  readonly format: Formats;
  readonly tickSize: number;
  readonly gutter: number; // px
}

const inset = 10;
const titleRoom = 20;

/** The candles' pane, with what lies over them; its axis holds all that is in sight. */
export function pricePane(context: PaneContext, top: number, bottom: number) {
  const {data, rows, columns, isLog, format, tickSize, gutter} = context;
  const {lines} = data;
  const cut = (values: Float64Array) => values.subarray(rows.first, rows.end);
  const edges = lines.flatMap(({values, upper}) => (upper ? [cut(values), cut(upper)] : [cut(values)]));
  const ends = extent([columns.low.subarray(0, columns.length), columns.high.subarray(0, columns.length), ...edges], 0);
  const isLogarithmic = isLog && ends[0] > 0;
  const axis = (isLogarithmic ? scaleLog : scaleLinear)(ends, [bottom - inset, top + inset]);
  const y = pixelScale(axis, isLogarithmic);
  const price = (value: number) => format.price(value, tickSize);
  const lastClose = columns.close[columns.length - 1];
  const last = lastClose === undefined ? undefined : {y: y(lastClose), text: price(lastClose)};
  const isClear = (at: number) => last === undefined || Math.abs(at - last.y) > 14;
  const count = Math.max(3, Math.round((bottom - top) / 56));
  const scene: PaneScene = {
    kind: "price",
    top,
    bottom,
    title: "",
    ticks: axis.ticks(count).map((value) => ({y: y(value), text: isClear(y(value)) ? price(value) : ""})),
    levels: [],
    lines: lines.map((line) => lineScene(line, context, y)),
    columns: undefined,
    labels: gutter > 0 ? labelsOf(lines, context, y, top, bottom) : [],
    last,
    valueAt: (at) => price(axis.invert(at))
  };
  return {pane: scene, candles: candlesOf(context, y)};
}

function candlesOf({columns, scale}: PaneContext, y: (value: number) => number): CandleScene {
  const {length, x, volume} = columns;
  const mapped = (column: Float64Array) => column.subarray(0, length).map((value) => y(value));
  return {
    length,
    x,
    open: mapped(columns.open),
    high: mapped(columns.high),
    low: mapped(columns.low),
    close: mapped(columns.close),
    volume,
    width: Math.max(1, Math.min(24, scale.step * 0.7))
  };
}

/** Volume from zero. */
export function volumePane({columns, format}: PaneContext, top: number, bottom: number): PaneScene {
  const {length, x, open, close, volume} = columns;
  let most = 0;
  for (let i = 0; i < length; ++i) if (volume[i]! > most) most = volume[i]!;
  const axis = scaleLinear([0, most || 1], [bottom - 2, top + titleRoom]);
  const y = pixelScale(axis, false);
  return {
    ...emptyPane(top, bottom),
    kind: "volume",
    title: most > 0 ? "Volume" : "Volume: none reported",
    ticks:
      most > 0
        ? axis
            .ticks(2)
            .slice(1)
            .map((value) => ({y: y(value), text: format.short(value)}))
        : [],
    columns: {
      x: x.subarray(0, length),
      y: volume.subarray(0, length).map((value) => y(value)),
      rises: Array.from({length}, (_, i) => close[i]! >= open[i]!),
      zero: y(0)
    },
    valueAt: (at) => format.short(Math.max(0, axis.invert(at)))
  };
}

/** A pane of lines, as RSI; rebased ones begin at zero with the first bar in sight that has a value. */
export function linesPane(pane: ChartPane, context: PaneContext, top: number, bottom: number): PaneScene {
  const {rows, data, scale, gutter} = context;
  const lines = pane.isRebased ? pane.lines.map((line) => ({...line, values: rebased(line.values, rows)})) : pane.lines;
  const {levels = [], columns, format} = pane;
  const values = [...lines.map((line) => line.values), ...(columns ? [columns] : [])];
  const seen = values.map((column) => column.subarray(rows.first, rows.end));
  const ends = pane.domain ?? extent(columns || pane.isRebased ? [...seen, [0]] : seen, 0);
  const axis = scaleLinear(ends, [bottom - 6, top + titleRoom]);
  const y = pixelScale(axis, false);
  const named = levels.length > 0 ? levels : axis.ticks(3);
  return {
    ...emptyPane(top, bottom),
    title: pane.label,
    ticks: named.map((value) => ({y: y(value), text: format(value)})),
    levels: levels.map((value) => y(value)),
    lines: lines.map((line) => lineScene(line, context, y)),
    columns: columns && histogram(columns, data.layout.position, rows, scale, y),
    labels: gutter > 0 ? labelsOf(lines, context, y, top + titleRoom, bottom) : [],
    valueAt: (at) => format(axis.invert(at))
  };
}

function histogram(
  values: Float64Array,
  position: Float64Array,
  {first, end}: RowRange,
  {left, step}: PlaceScale,
  y: (value: number) => number
) {
  const rows: number[] = [];
  let pixel = NaN;
  for (let i = first; i < end; ++i) {
    const own = step >= 1 ? i : Math.floor(left + position[i]! * step);
    if (Number.isFinite(values[i]) && own !== pixel) rows.push(i);
    pixel = own;
  }
  return {
    x: Float64Array.from(rows, (i) => left + position[i]! * step),
    y: Float64Array.from(rows, (i) => y(values[i]!)),
    rises: rows.map((i) => values[i]! >= 0),
    zero: y(0)
  };
}

/** Changes since the first row in sight that has a value, as fractions; only the rows in sight are worked out. */
function rebased(values: Float64Array, {first, end}: RowRange): Float64Array {
  const changes = new Float64Array(values.length).fill(NaN);
  const base = values.subarray(first, end).find((value) => Number.isFinite(value)) ?? NaN;
  for (let i = first; i < end; ++i) changes[i] = values[i]! / base - 1;
  return changes;
}

function lineScene(line: ChartLine, {data, rows, scale}: PaneContext, y: (value: number) => number): LineScene {
  const points = (values: Float64Array) => linePoints(values, data.layout.position, rows, scale, y);
  const {colour, isDashed = false, values, upper} = line;
  if (upper === undefined) return {colour, isDashed, points: points(values), lower: undefined};
  return {colour, isDashed, points: points(upper), lower: points(values)};
}

function labelsOf(
  lines: readonly ChartLine[],
  {rows}: PaneContext,
  y: (value: number) => number,
  top: number,
  bottom: number
) {
  const ends = lines.map(({values, upper = values}) => upper[rows.end - 1] ?? NaN);
  const named = lines.filter((_, i) => Number.isFinite(ends[i]));
  const places = spread(ends.filter(Number.isFinite).map(y), 14, top + 8, bottom - 8);
  return named.map(({label, colour}, i) => ({y: places[i]!, text: label, colour}));
}

function emptyPane(top: number, bottom: number) {
  return {kind: "lines", top, bottom, levels: [], lines: [], columns: undefined, labels: [], last: undefined} as const;
}
