import {type Brush, crisp} from "../charts/brush.js";
import type {ThemeColours} from "../charts/theme-colours.js";
import type {Candle, LiveScene} from "./live-scene.js";

/** Draws a scene, whole. Rising bars are hollow and falling ones filled, so that colour is not all that tells them apart. */
export function paintScene(brush: Brush, scene: LiveScene, colours: ThemeColours): void {
  brush.clearRect(0, 0, scene.width, scene.height);
  brush.lineWidth = 1;
  brush.font = colours.font;
  brush.textBaseline = "middle";
  paintSessions(brush, scene, colours);
  paintAxes(brush, scene, colours);
  for (const {left, right} of scene.gaps) hatch(brush, left, right, scene.plot.bottom, colours.faint);
  paintSeam(brush, scene, colours);
  for (const candle of scene.candles) paintCandle(brush, candle, colours);
  paintSignals(brush, scene, colours);
  paintLast(brush, scene, colours);
}

function paintSessions(brush: Brush, {sessions, plot}: LiveScene, {session}: ThemeColours): void {
  brush.fillStyle = session;
  for (const [left, right] of sessions) brush.fillRect(left, 0, right - left, plot.bottom);
}

function paintAxes(brush: Brush, {priceTicks, timeTicks, plot}: LiveScene, {grid, text}: ThemeColours): void {
  brush.strokeStyle = grid;
  for (const {y} of priceTicks) line(brush, 0, crisp(y), plot.right, crisp(y));
  brush.fillStyle = text;
  brush.textAlign = "left";
  for (const {y, text: label} of priceTicks) brush.fillText(label, plot.right + 8, y);
  brush.textAlign = "center";
  for (const {x, lines} of timeTicks) {
    for (const [i, label] of lines.entries()) brush.fillText(label, x, plot.bottom + 12 + 14 * i);
  }
}

/** Absent bars: a hatched stretch, as everywhere where there is no evidence. */
function hatch(brush: Brush, left: number, right: number, bottom: number, colour: string): void {
  brush.save();
  brush.beginPath();
  brush.rect(left, 0, right - left, bottom);
  brush.clip();
  brush.strokeStyle = colour;
  for (let x = left - bottom; x < right; x += 6) line(brush, x, bottom, x + bottom, 0);
  brush.restore();
}

function paintSeam(brush: Brush, {seam, plot}: LiveScene, {select, text}: ThemeColours): void {
  if (seam === undefined) return;
  brush.strokeStyle = select;
  brush.setLineDash([3, 3]);
  line(brush, crisp(seam), 0, crisp(seam), plot.bottom);
  brush.setLineDash([]);
  brush.fillStyle = text;
  const isRoomLeft = seam > 72;
  brush.textAlign = isRoomLeft ? "right" : "left";
  brush.fillText(isRoomLeft ? "snapshot ◂" : "▸ live", seam + (isRoomLeft ? -6 : 6), plot.bottom - 8);
}

function paintCandle(brush: Brush, candle: Candle, colours: ThemeColours): void {
  const {x, width, open, high, low, close, tone, state, isHealed, isCorrected} = candle;
  const colour = colours[tone];
  brush.strokeStyle = colour;
  if (state === "partial") brush.setLineDash([2, 2]);
  line(brush, crisp(x), high, crisp(x), low);
  const [left, top] = [Math.round(x - width / 2), Math.min(open, close)];
  const [across, down] = [Math.max(1, Math.round(width)), Math.max(1, Math.abs(open - close))];
  brush.fillStyle = tone === "up" || state === "partial" ? colours.background : colour;
  brush.fillRect(left, top, across, down);
  if (width >= 3) brush.strokeRect(left + 0.5, top + 0.5, Math.max(0, across - 1), Math.max(0, down - 1));
  brush.setLineDash([]);
  if (width < 3) return;
  brush.fillStyle = colours.text;
  if (isHealed) brush.fillRect(left, low + 3, across, 1); // a healed bar has a foot
  if (isCorrected) brush.fillRect(left, high - 4, across, 1); // and a corrected one a hat
}

/** Triangles that point the way the trend starts, clear of the bar at whose close it was known. */
function paintSignals(brush: Brush, {signals}: LiveScene, {up, down}: ThemeColours): void {
  for (const {x, y, isUp} of signals) {
    const base = isUp ? y + 16 : y - 16;
    const tip = isUp ? y + 8 : y - 8;
    brush.beginPath();
    brush.moveTo(x, tip);
    brush.lineTo(x - 4, base);
    brush.lineTo(x + 4, base);
    brush.lineTo(x, tip);
    brush.fillStyle = isUp ? up : down;
    brush.fill();
  }
}

function paintLast(brush: Brush, {last, plot, width}: LiveScene, {text, background, foreground}: ThemeColours): void {
  if (!last) return;
  brush.strokeStyle = text;
  brush.setLineDash([1, 3]);
  line(brush, 0, crisp(last.y), plot.right, crisp(last.y));
  brush.setLineDash([]);
  brush.fillStyle = foreground;
  brush.fillRect(plot.right + 4, last.y - 9, width - plot.right - 4, 18);
  brush.fillStyle = background;
  brush.textAlign = "left";
  brush.fillText(last.text, plot.right + 8, last.y);
  if (last.countdown === undefined) return;
  brush.fillStyle = text;
  brush.fillText(last.countdown, plot.right + 8, last.y + 18);
}

function line(brush: Brush, x1: number, y1: number, x2: number, y2: number): void {
  brush.beginPath();
  brush.moveTo(x1, y1);
  brush.lineTo(x2, y2);
  brush.stroke();
}
