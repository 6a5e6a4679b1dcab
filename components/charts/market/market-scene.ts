import {lowerBound} from "../../../services/domain/lower-bound.js";
import type {Formats} from "../../format/create-formats.js";
import {zoneName} from "../../format/moment.js";
import {tapeTicks} from "../tape-ticks.js";
import type {MarketData} from "./market-data.js";
import {type CandleScene, linesPane, type PaneScene, pricePane, volumePane} from "./pane-scene.js";
import {type BarColumns, type PlaceScale, pixelColumns} from "./pixel-columns.js";
import {type PlaceRange, type RowRange, rowsIn} from "./place-range.js";

/** How a market chart is laid out. */
export interface MarketSceneOptions {
  readonly width: number; // px
  readonly range: PlaceRange;
  readonly isLog: boolean;
  readonly format: Formats;
  readonly tickSize: number;
  /** Heights of the candles and of every other pane. */
  readonly heights: {readonly price: number; readonly pane: number}; // px
  /** Room between the plot and the axis for the names of lines; 0 where they stand above the chart. */
  readonly gutter: number; // px
  readonly axis: number; // px, the room of the axis at the right
}

/** All that a market chart draws, in pixels from its top left: no scale, no colour, no canvas in it. */
export interface MarketScene {
  readonly width: number;
  readonly height: number;
  /** The right edge of what is drawn by place, and the lower edge of the panes. */
  readonly plot: {readonly right: number; readonly bottom: number};
  /** Width of the axis at the right edge. */
  readonly axis: number;
  readonly rows: RowRange;
  readonly scale: PlaceScale;
  readonly candles: CandleScene;
  readonly panes: readonly PaneScene[];
  readonly timeTicks: readonly {readonly x: number; readonly lines: readonly string[]}[];
  /** The zone of the times, or that they are dates of sessions. */
  readonly zone: string;
  readonly sessions: readonly (readonly [left: number, right: number])[];
  /** The left edge of the first live bar, and the place of one that is not over, where they are in sight. */
  readonly edge: {readonly seam: number | undefined; readonly forming: number | undefined} | undefined;
}

/** Room under the panes for times and the zone's name. */
export const timeRoom = 40;

/** Height of a chart with so many panes under its candles, the volume among them. */
function marketHeight(panes: number, {price, pane}: MarketSceneOptions["heights"]): number {
  return price + panes * pane + timeRoom;
}

/** Lays out what is in sight: only those rows are looked at, so that a frame costs the same in any length of history. */
export function marketScene(data: MarketData, options: MarketSceneOptions): MarketScene {
  const {width, range, heights, gutter, axis} = options;
  const {bars, position} = data.layout;
  const right = Math.max(1, width - axis - gutter);
  const step = right / (range.end - range.start);
  const scale = {left: -range.start * step, step};
  const rows = rowsIn(position, range);
  const columns: BarColumns = pixelColumns(bars, position, rows, scale);
  const context = {...options, data, rows, scale, columns, right};
  const price = pricePane(context, 0, heights.price);
  const tops = [...data.panes.keys()].map((i) => heights.price + (i + 1) * heights.pane);
  const below = data.panes.map((pane, i) => linesPane(pane, context, tops[i]!, tops[i]! + heights.pane));
  const height = marketHeight(1 + data.panes.length, heights);
  return {
    width,
    height,
    plot: {right, bottom: height - timeRoom},
    axis,
    rows,
    scale,
    candles: price.candles,
    panes: [price.pane, volumePane(context, heights.price, heights.price + heights.pane), ...below],
    timeTicks: ticksInSight(data, rows, scale, right, options),
    zone: data.layout.dates ? "session" : zoneName(bars.time[rows.end - 1] ?? 0, options.format),
    sessions: sessionBands(data, range, scale),
    edge: liveEdge(data, rows, scale)
  };
}

function liveEdge({layout: {bars, position}, edge}: MarketData, rows: RowRange, {left, step}: PlaceScale) {
  if (edge === undefined) return undefined;
  const last = bars.length - 1;
  const row = edge.seam === undefined ? last : lowerBound(bars.time, edge.seam);
  if (!(row < rows.end)) return undefined;
  const seam = edge.seam === undefined ? undefined : left + (position[row]! - 0.5) * step;
  const forming = edge.isForming && rows.end > last ? left + position[last]! * step : undefined;
  return {seam, forming};
}

const tickRoom = 72;

/** Ticks of a sample of the rows, no denser than the pixels, at the same rows wherever the range begins. */
function ticksInSight(
  {layout: {bars, dates, position}}: MarketData,
  {first, end}: RowRange,
  {left, step}: PlaceScale,
  right: number,
  {format}: MarketSceneOptions
) {
  const times = dates ?? bars.time;
  const every = 2 ** Math.max(0, Math.ceil(Math.log2((end - first) / Math.max(1, right))));
  const sample: number[] = [];
  for (let i = Math.ceil(first / every) * every; i < end; i += every) sample.push(i);
  const origin = -left / step;
  const shown = dates ? {zone: "UTC", locale: format.locale} : format;
  return tapeTicks(
    sample.map((i) => times[i]!),
    sample.map((i) => position[i]! - origin),
    tickRoom / step,
    shown
  )
    .map((tick) => ({x: tick.position * step, lines: tick.label.split("\n")}))
    .filter(({x}) => x < right - 24);
}

/** Every other session, where they are wide enough to be told apart. */
function sessionBands({layout: {sessions}}: MarketData, {start, end}: PlaceRange, {left, step}: PlaceScale) {
  const bands: (readonly [number, number])[] = [];
  for (let i = 1; i < sessions.length; i += 2) {
    const [from, to] = sessions[i]!;
    if (to < start || from > end || (to - from) * step < 6) continue;
    bands.push([left + (from - 0.5) * step, left + (to - 0.5) * step]);
  }
  return bands;
}
