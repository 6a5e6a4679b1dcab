import {html} from "../../parts/html.js";
import {extent} from "../extent.js";
import {canvasLayer} from "./canvas-layer.js";
import type {CanvasTheme} from "./canvas-theme.js";
import {linePoints} from "./line-points.js";
import type {MarketData} from "./market-data.js";
import {clampRange, type PlaceRange} from "./place-range.js";

/** The whole history as a strip, with a window over the part in sight. */
export interface RangeStrip {
  readonly node: HTMLElement;
  draw(width: number, theme: CanvasTheme): void;
  show(range: PlaceRange): void;
}

/** What the strip asks for. */
export interface RangeStripOptions {
  readonly range: () => PlaceRange;
  readonly move: (range: PlaceRange) => void;
  readonly settle: () => void;
}

const height = 44;
const grip = 14;

/**
 * Closes of all bars; the window is dragged, or either edge of it, and a press beside it brings it there. The keys of
 * the chart above do the same.
 */
export function rangeStrip(latest: () => MarketData, options: RangeStripOptions, signal: AbortSignal): RangeStrip {
  const layer = canvasLayer();
  const pane = html`<div class="strip-window"></div>`;
  const node = html`<div class="market-strip" aria-hidden="true">${layer.canvas}${pane}</div>`;
  const length = () => latest().layout.length;
  let width = 1;
  const place = (x: number) => (x / width) * length() - 0.5;
  const pixel = (at: number) => ((at + 0.5) / length()) * width;
  let drag: ((at: number) => PlaceRange) | undefined;
  node.addEventListener(
    "pointerdown",
    (event) => {
      node.setPointerCapture(event.pointerId);
      const at = place(event.offsetX);
      const {start, end} = options.range();
      drag = grab(event.offsetX, {start, end}, at);
      options.move(clampRange(drag(at), length()));
    },
    {signal}
  );
  const offset = (event: PointerEvent) => event.clientX - node.getBoundingClientRect().left;
  const onMove = (event: PointerEvent) => drag && options.move(clampRange(drag(place(offset(event))), length()));
  node.addEventListener("pointermove", onMove, {signal});
  const lift = () => {
    if (drag) options.settle();
    drag = undefined;
  };
  node.addEventListener("pointerup", lift, {signal});
  node.addEventListener("pointercancel", lift, {signal});

  function grab(x: number, {start, end}: PlaceRange, at: number): (at: number) => PlaceRange {
    const nearStart = Math.abs(x - pixel(start)) < grip;
    const nearEnd = Math.abs(x - pixel(end)) < grip;
    const isNarrow = pixel(end) - pixel(start) < grip * 1.5;
    if (nearEnd && !isNarrow) return (to) => ({start, end: Math.max(to, start + 1)});
    if (nearStart && !isNarrow) return (to) => ({start: Math.min(to, end - 1), end});
    const held = at >= start && at <= end ? at - start : (end - start) / 2;
    return (to) => ({start: to - held, end: to - held + end - start});
  }

  return {
    node,
    draw(next, theme) {
      width = next;
      const brush = layer.fit(width, height);
      if (!brush) return;
      const {bars, position} = latest().layout;
      const [low, high] = extent([bars.close], 0);
      const y = (value: number) => height - 4 - ((value - low) / (high - low)) * (height - 8);
      const scale = {left: (0.5 / length()) * width, step: width / length()};
      const points = linePoints(bars.close, position, {first: 0, end: bars.length}, scale, y);
      brush.clearRect(0, 0, width, height);
      brush.strokeStyle = theme.text;
      brush.beginPath();
      for (let i = 0; i < points.length; i += 2) {
        if (Number.isNaN(points[i]) || i === 0 || Number.isNaN(points[i - 2]))
          brush.moveTo(points[i] || 0, points[i + 1] || 0);
        else brush.lineTo(points[i]!, points[i + 1]!);
      }
      brush.stroke();
    },
    show({start, end}) {
      pane.style.left = `${(pixel(start) / width) * 100}%`;
      pane.style.width = `${Math.max(0.3, ((pixel(end) - pixel(start)) / width) * 100)}%`;
    }
  };
}
