import {type Brush, crisp} from "../brush.js";
import type {CanvasTheme} from "./canvas-theme.js";
import type {MarketScene} from "./market-scene.js";

/** Live bars stand on a ground of their own. */
export function paintEdgeGround(brush: Brush, {edge, plot}: MarketScene, theme: CanvasTheme): void {
  if (edge?.seam === undefined) return;
  const left = Math.max(0, edge.seam);
  brush.fillStyle = theme.select;
  brush.globalAlpha = 0.05;
  brush.fillRect(left, 0, plot.right - left, plot.bottom);
  brush.globalAlpha = 1;
}

/** A dashed line where the snapshot ends, and a dashed frame about the bar that is not over. */
export function paintEdge(brush: Brush, {edge, plot, candles, panes}: MarketScene, theme: CanvasTheme): void {
  if (!edge) return;
  brush.strokeStyle = theme.select;
  brush.setLineDash([3, 3]);
  brush.beginPath();
  const {seam} = edge;
  if (seam !== undefined && seam > 0) {
    brush.moveTo(crisp(seam), 0);
    brush.lineTo(crisp(seam), plot.bottom);
  }
  const i = candles.length - 1;
  if (edge.forming !== undefined && candles.width >= 3 && i >= 0) {
    const half = Math.round(candles.width / 2) + 2;
    brush.rect(crisp(edge.forming) - half, candles.high[i]! - 2, half * 2, candles.low[i]! - candles.high[i]! + 4);
  }
  brush.stroke();
  brush.setLineDash([]);
  if (seam === undefined) return;
  const isRoomLeft = seam > 72;
  brush.fillStyle = theme.text;
  brush.textAlign = isRoomLeft ? "right" : "left";
  const x = isRoomLeft ? seam - 6 : Math.max(6, seam + 6);
  brush.fillText(isRoomLeft ? "snapshot ◂" : "▸ live", x, (panes[0]?.bottom ?? plot.bottom) - 8);
}
