import {type Brush, crisp} from "../brush.js";
import type {CanvasTheme} from "./canvas-theme.js";
import type {MarketScene} from "./market-scene.js";
import {axisLeft} from "./paint-market.js";

/** Where the reader points: a bar's middle, and a height unless it was found by keys. */
export interface Crosshair {
  readonly x: number;
  readonly y: number | undefined;
  /** When the bar opened, in words. */
  readonly text: string;
}

/** Draws the crosshair on a layer of its own, so that moving it leaves the chart below alone. */
export function paintCrosshair(brush: Brush, scene: MarketScene, theme: CanvasTheme, at: Crosshair | undefined): void {
  brush.clearRect(0, 0, scene.width, scene.height);
  if (!at) return;
  const {plot, width, height} = scene;
  brush.font = theme.font;
  brush.textBaseline = "middle";
  brush.strokeStyle = theme.text;
  brush.setLineDash([3, 3]);
  brush.beginPath();
  const x = crisp(at.x);
  brush.moveTo(x, 0);
  brush.lineTo(x, plot.bottom);
  const pane = scene.panes.find(({top, bottom}) => at.y !== undefined && at.y >= top && at.y < bottom);
  if (pane && at.y !== undefined) {
    brush.moveTo(0, crisp(at.y));
    brush.lineTo(plot.right, crisp(at.y));
  }
  brush.stroke();
  brush.setLineDash([]);
  brush.textAlign = "left";
  if (pane && at.y !== undefined) tag(brush, pane.valueAt(at.y), axisLeft(scene), at.y, theme);
  const half = brush.measureText(at.text).width / 2 + 6;
  const left = Math.max(0, Math.min(width - 2 * half, at.x - half));
  tag(brush, at.text, left + 6, Math.min(height - 10, plot.bottom + 12), theme);
}

function tag(brush: Brush, text: string, left: number, y: number, theme: CanvasTheme): void {
  brush.fillStyle = theme.foreground;
  brush.fillRect(left - 6, y - 10, brush.measureText(text).width + 12, 20);
  brush.fillStyle = theme.background;
  brush.fillText(text, left, y);
}
