import {type Brush, crisp} from "../brush.js";
import type {CanvasTheme} from "./canvas-theme.js";
import type {MarketScene} from "./market-scene.js";
import {paintEdge, paintEdgeGround} from "./paint-edge.js";
import type {CandleScene, LineScene, PaneScene} from "./pane-scene.js";

/** Draws a scene, whole. Rising bars are hollow and falling ones filled, so that colour is not all that tells them apart. */
export function paintMarket(brush: Brush, scene: MarketScene, theme: CanvasTheme): void {
  brush.clearRect(0, 0, scene.width, scene.height);
  brush.lineWidth = 1;
  brush.font = theme.font;
  brush.textBaseline = "middle";
  brush.fillStyle = theme.session;
  for (const [left, right] of scene.sessions)
    brush.fillRect(Math.max(0, left), 0, Math.min(right, scene.plot.right) - Math.max(0, left), scene.plot.bottom);
  paintEdgeGround(brush, scene, theme);
  for (const pane of scene.panes) paintFrame(brush, pane, scene, theme);
  paintTimes(brush, scene, theme);
  brush.save();
  brush.beginPath();
  brush.rect(0, 0, scene.plot.right, scene.plot.bottom);
  brush.clip();
  for (const pane of scene.panes) paintPane(brush, pane, scene, theme);
  paintEdge(brush, scene, theme);
  brush.restore();
  for (const pane of scene.panes) paintMargin(brush, pane, scene, theme);
}

function paintFrame(
  brush: Brush,
  {kind, top, bottom, ticks, levels}: PaneScene,
  scene: MarketScene,
  theme: CanvasTheme
) {
  const {right} = scene.plot;
  brush.strokeStyle = theme.grid;
  brush.beginPath();
  for (const {y} of ticks) across(brush, y, right);
  if (kind !== "price") across(brush, top, scene.width);
  brush.stroke();
  brush.strokeStyle = theme.fainter;
  brush.setLineDash([2, 3]);
  brush.beginPath();
  for (const y of levels) across(brush, y, right);
  brush.stroke();
  brush.setLineDash([]);
  brush.fillStyle = theme.text;
  brush.textAlign = "left";
  for (const {y, text} of ticks) if (y > top + 6 && y < bottom - 2) brush.fillText(text, axisLeft(scene), y);
}

function paintTimes(brush: Brush, {timeTicks, plot, width, height, zone}: MarketScene, theme: CanvasTheme) {
  brush.strokeStyle = theme.fainter;
  brush.beginPath();
  across(brush, plot.bottom, plot.right);
  brush.stroke();
  brush.fillStyle = theme.text;
  for (const {x, lines} of timeTicks) {
    brush.textAlign = x < 28 ? "left" : "center";
    for (const [i, line] of lines.entries()) brush.fillText(line, Math.max(0, x), plot.bottom + 12 + 15 * i);
  }
  brush.textAlign = "right";
  brush.fillText(zone, width, height - 13);
}

function paintPane(brush: Brush, pane: PaneScene, scene: MarketScene, theme: CanvasTheme): void {
  brush.save();
  brush.beginPath();
  brush.rect(0, pane.top, scene.plot.right, pane.bottom - pane.top);
  brush.clip();
  if (pane.columns) paintColumns(brush, pane.columns, scene, theme);
  for (const line of pane.lines) if (line.lower) paintBand(brush, line, theme);
  if (pane.kind === "price") paintCandles(brush, scene.candles, theme);
  for (const line of pane.lines) paintLine(brush, line, scene, theme);
  brush.restore();
  if (pane.title === "") return;
  brush.fillStyle = theme.text;
  brush.textAlign = "left";
  brush.fillText(pane.title, 4, pane.top + 11);
}

/** Both tones as one path each: a frame costs four strokes however many candles it holds. */
function paintCandles(brush: Brush, candles: CandleScene, theme: CanvasTheme): void {
  const {length, open, close, width} = candles;
  const tones = [theme.up, theme.down, theme.flat] as const;
  for (const [tone, colour] of tones.entries()) {
    const isOwn = (i: number) => tone === (close[i]! < open[i]! ? 0 : close[i]! > open[i]! ? 1 : 2); // y grows downwards
    brush.strokeStyle = colour;
    brush.beginPath();
    for (let i = 0; i < length; ++i) if (isOwn(i)) wick(brush, candles, i);
    brush.stroke();
    if (width < 2) continue;
    brush.fillStyle = tone === 0 && width >= 3 ? theme.background : colour;
    brush.beginPath();
    for (let i = 0; i < length; ++i) if (isOwn(i)) body(brush, candles, i);
    brush.fill();
    if (width >= 3) brush.stroke();
  }
}

function wick(brush: Brush, {x, high, low}: CandleScene, i: number): void {
  const at = crisp(x[i]!);
  brush.moveTo(at, high[i]!);
  brush.lineTo(at, Math.max(low[i]!, high[i]! + 1));
}

function body(brush: Brush, {x, width, open, close}: CandleScene, i: number): void {
  const half = Math.max(1, Math.round(width / 2 - 0.5));
  const top = Math.min(open[i]!, close[i]!);
  brush.rect(crisp(x[i]!) - half, top, half * 2, Math.max(0.5, Math.abs(open[i]! - close[i]!)));
}

function paintColumns(
  brush: Brush,
  columns: NonNullable<PaneScene["columns"]>,
  scene: MarketScene,
  theme: CanvasTheme
) {
  const {x, y, rises, zero} = columns;
  const {width} = scene.candles;
  const left = Math.round(width / 2 - 0.5);
  brush.globalAlpha = 0.45;
  for (const isRise of [true, false]) {
    brush.fillStyle = isRise ? theme.up : theme.down;
    brush.beginPath();
    for (let i = 0; i < x.length; ++i)
      if (rises[i] === isRise)
        brush.rect(Math.floor(x[i]!) - left, Math.min(y[i]!, zero), Math.max(1, left * 2 + 1), Math.abs(zero - y[i]!));
    brush.fill();
  }
  brush.globalAlpha = 1;
}

/** Where bars are a pixel wide a line zigzags at every pixel: hairlines with flat joins take half the time to fill. */
function paintLine(
  brush: Brush,
  {colour, points, lower, isDashed}: LineScene,
  {candles}: MarketScene,
  theme: CanvasTheme
): void {
  const isDense = candles.width <= 1;
  brush.strokeStyle = theme.series(colour);
  brush.lineWidth = isDense ? 1 : 1.25;
  brush.lineJoin = isDense ? "bevel" : "round";
  if (isDashed) brush.setLineDash([4, 3]);
  for (const edge of lower ? [points, lower] : [points]) {
    brush.beginPath();
    trace(brush, edge);
    brush.stroke();
  }
  brush.setLineDash([]);
  brush.lineWidth = 1;
}

function paintBand(brush: Brush, {colour, points, lower}: LineScene, theme: CanvasTheme): void {
  const up = pieces(points);
  const down = pieces(lower!);
  brush.fillStyle = theme.series(colour);
  brush.globalAlpha = 0.08;
  for (const [i, piece] of up.entries()) {
    const other = down[i];
    if (!other) continue;
    brush.beginPath();
    trace(brush, piece);
    for (let k = other.length - 2; k >= 0; k -= 2) brush.lineTo(other[k]!, other[k + 1]!);
    brush.fill();
  }
  brush.globalAlpha = 1;
}

/** Unbroken pieces of a line. */
function pieces(points: Float64Array): Float64Array[] {
  const found: Float64Array[] = [];
  let start = 0;
  for (let i = 0; i <= points.length; i += 2) {
    if (i < points.length && !Number.isNaN(points[i])) continue;
    if (i > start) found.push(points.subarray(start, i));
    start = i + 2;
  }
  return found;
}

function trace(brush: Brush, points: Float64Array): void {
  let isDown = false;
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i]!;
    if (Number.isNaN(x)) isDown = false;
    else if (isDown) brush.lineTo(x, points[i + 1]!);
    else {
      brush.moveTo(x, points[i + 1]!);
      isDown = true;
    }
  }
}

function paintMargin(brush: Brush, {labels, last}: PaneScene, scene: MarketScene, theme: CanvasTheme): void {
  brush.textAlign = "left";
  for (const {y, text, colour} of labels) {
    brush.fillStyle = theme.series(colour);
    brush.fillText(text, scene.plot.right + 6, y);
  }
  if (!last) return;
  brush.strokeStyle = theme.text;
  brush.setLineDash([1, 3]);
  brush.beginPath();
  across(brush, last.y, scene.plot.right);
  brush.stroke();
  brush.setLineDash([]);
  brush.fillStyle = theme.foreground;
  brush.fillText(last.text, axisLeft(scene), last.y);
}

/** Where the axis's words begin. */
export function axisLeft({width, axis}: Pick<MarketScene, "width" | "axis">): number {
  return width - axis + 8;
}

function across(brush: Brush, y: number, right: number): void {
  brush.moveTo(0, crisp(y));
  brush.lineTo(right, crisp(y));
}
