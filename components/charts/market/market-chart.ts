import {html} from "../../parts/html.js";
import {setText} from "../../parts/set-text.js";
import {canvasLayer, eachFrame} from "./canvas-layer.js";
import {type CanvasTheme, canvasTheme} from "./canvas-theme.js";
import {type ChartState, gestureTarget, type Pointed, placesOf} from "./gesture-target.js";
import {listenToGestures} from "./gestures.js";
import type {MarketData} from "./market-data.js";
import {type MarketScene, type MarketSceneOptions, marketScene, timeRoom} from "./market-scene.js";
import {paintCrosshair} from "./paint-crosshair.js";
import {paintMarket} from "./paint-market.js";
import {clampRange, type PlaceRange, type RowRange, rowsIn} from "./place-range.js";
import {rangeStrip} from "./range-strip.js";
import {momentOf, readout} from "./readout.js";
import {type WordRoom, wordRoom} from "./word-room.js";

/** What a market chart shows at first, and how. */
export interface MarketChartOptions extends Pick<MarketSceneOptions, "format" | "tickSize" | "isLog"> {
  /** What it shows, for those who cannot see it. */
  readonly label: string;
  /** Rows in sight at first. */
  readonly rows: RowRange;
  /** Rows in sight after the key `0`. */
  readonly home: RowRange;
  /** Called once for each deliberate change of what is in sight, when it is over. */
  readonly onSettle?: (rows: RowRange) => void;
}

/** Candles, volume, lines and panes on a canvas, to be zoomed, moved and read. */
export interface MarketChart {
  readonly node: HTMLElement;
  readonly rows: RowRange;
  /** Brings rows into sight from outside, without a word to `onSettle`. */
  show(rows: RowRange): void;
  /** Takes the same history, carried on: what is in sight stays, or goes along where it reached to the end. */
  update(data: MarketData, home: RowRange): void;
  /** The scene as it stands, and the theme, to be painted elsewhere. */
  picture(): {readonly scene: MarketScene; readonly theme: CanvasTheme} | undefined;
  /** Lets go of its observers. */
  end(): void;
}

const paneHeight = 88;
const lowestPrices = 80; // height of the candles at least
const narrowest = 160; // below this width there is no chart
const named = 640; // from this width on lines bear their names beside the plot
const help =
  "Drag or ← → to move, wheel, pinch or + − to zoom, Home and End for the ends, 0 for the latest; Shift with ← → reads bar by bar, t shows the table.";

/** Draws only what is in sight, at the next frame; follows its width, the theme and print. */
export function marketChart(first: MarketData, options: MarketChartOptions): MarketChart {
  const {format, tickSize, label} = options;
  const ending = new AbortController();
  const {signal} = ending;
  const [chart, over] = [canvasLayer(), canvasLayer()];
  chart.canvas.setAttribute("role", "img");
  chart.canvas.setAttribute("aria-label", label);
  over.canvas.setAttribute("aria-hidden", "true");
  const now: ChartState = {data: first, home: options.home, range: placesOf(first, options.rows)};
  const values = readout(() => now.data, {format, tickSize});
  const spoken = html`<p class="unseen" role="status" aria-live="polite"></p>`;
  const stage = html`<div class="market-stage" tabindex="0" role="application" aria-roledescription="chart" aria-label=${`${label}. ${help}`}>${chart.canvas}${over.canvas}</div>`;
  stage.style.setProperty("--below", `${(1 + first.panes.length) * paneHeight + timeRoom}px`);
  let theme: CanvasTheme | undefined;
  let room: WordRoom | undefined;
  let drawnStrip = "";
  const strip = rangeStrip(() => now.data, {range: () => now.range, move, settle}, signal);
  const node = html`<div class="market-chart">${values.node}${stage}${strip.node}<p class="market-help">${help}</p>${spoken}</div>`;
  const ask = eachFrame(() => draw(), signal);
  const askOver = eachFrame(drawOver, signal);

  function draw(width = Math.floor(stage.clientWidth), height = stage.clientHeight): void {
    const brush = width < narrowest ? undefined : chart.fit(width, height);
    if (!brush) return;
    const {data, range} = now;
    theme ??= canvasTheme(stage);
    brush.font = theme.font;
    room ??= wordRoom(brush, data, (value) => format.price(value, tickSize));
    const price = height - (1 + data.panes.length) * paneHeight - timeRoom;
    const heights = {price: Math.max(lowestPrices, price), pane: paneHeight};
    const gutter = width < named ? 0 : room.gutter;
    now.scene = marketScene(data, {...options, width, range, heights, axis: room.axis, gutter});
    paintMarket(brush, now.scene, theme);
    if (drawnStrip !== `${width} ${theme.text}`) strip.draw(width, theme);
    drawnStrip = `${width} ${theme.text}`;
    strip.show(range);
    drawOver();
  }

  function drawOver(): void {
    const {scene, pointed, data} = now;
    if (!scene || !theme) return;
    const brush = over.fit(scene.width, scene.height);
    const {left, step} = scene.scale;
    const at = pointed && {
      x: left + data.layout.position[pointed.row]! * step,
      y: pointed.y,
      text: momentOf(data, pointed.row, format)
    };
    if (brush) paintCrosshair(brush, scene, theme, at);
    values.show(pointed?.row ?? scene.rows.end - 1, scene.rows);
  }

  function move(next: PlaceRange): void {
    now.range = next;
    ask();
  }

  const rows = () => rowsIn(now.data.layout.position, now.range);

  function settle(): void {
    options.onSettle?.(rows());
  }

  const point = (at: Pointed | undefined) => {
    now.pointed = at;
    askOver();
  };
  const say = (row: number) => {
    setText(spoken, values.say(row, rows()));
  };
  listenToGestures(stage, gestureTarget(now, {move, settle, point, say}), signal);
  const redraw = () => {
    theme = undefined;
    draw(now.scene?.width, now.scene?.height); // paper neither waits for a frame nor has a width yet: it scales the drawing
  };
  const resized = new ResizeObserver(() => draw()); // it tells before the frame is painted: waiting for the next would cost one
  resized.observe(stage);
  for (const query of ["(prefers-color-scheme: dark)", "print"])
    matchMedia(query).addEventListener("change", redraw, {signal});
  values.show(options.rows.end - 1, options.rows);
  return {
    node,
    get rows() {
      return rows();
    },
    show: (rows) => move(placesOf(now.data, rows)),
    update(next, home) {
      const {layout} = now.data;
      const {start, end} = now.range;
      const grown = end > layout.length - 1 ? next.layout.length - layout.length : 0; // what reached to the end goes along
      if (next.layout.bars.length !== layout.bars.length) drawnStrip = "";
      if (now.pointed && now.pointed.row >= next.layout.bars.length) now.pointed = undefined;
      Object.assign(now, {data: next, home});
      move(clampRange({start: start + grown, end: end + grown}, next.layout.length));
    },
    picture: () => now.scene && theme && {scene: now.scene, theme},
    end() {
      ending.abort();
      resized.disconnect();
    }
  };
}
