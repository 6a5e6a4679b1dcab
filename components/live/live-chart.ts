import type {TradingCalendar} from "../../services/domain/calendar.js";
import type {EpochMs} from "../../services/domain/time.js";
import type {Timeframe} from "../../services/domain/timeframe.js";
import {type ThemeColours, themeColours} from "../charts/theme-colours.js";
import type {Formats} from "../format/create-formats.js";
import {html} from "../parts/html.js";
import type {JoinedSeries} from "./join-series.js";
import {type LiveSceneOptions, liveScene} from "./live-scene.js";
import {paintScene} from "./paint-scene.js";

/** What a live chart shows, and how. */
export interface LiveChartOptions {
  readonly timeframe: Timeframe;
  readonly calendar: TradingCalendar;
  readonly tickSize: number;
  readonly format: Formats;
  /** Bars in sight at most; by default 120. */
  readonly bars?: number;
  readonly height?: number; // px; 400
  /** The sidecar's clock, to count down how long the last bar still forms. */
  readonly now?: () => EpochMs;
  /** Called once what was shown last is on the canvas. */
  readonly onDrawn?: () => void;
  /** What it shows, for those who cannot see it. */
  readonly label: string;
}

/** A chart that is shown a series again and again. */
export interface LiveChart {
  readonly node: HTMLElement;
  /** Draws at the next frame; of several calls before it the last counts. A hidden page draws nothing. */
  show(joined: JoinedSeries, signals?: LiveSceneOptions["signals"]): void;
  /** Lets go of its observers. */
  end(): void;
}

/**
 * Candles that grow as they trade, on a canvas: final bars, the forming bar, the seam to the snapshot, gaps hatched,
 * healed bars underlined. It fits its width and follows the theme.
 */
export function liveChart({label, height = 400, bars = 120, now, onDrawn, ...options}: LiveChartOptions): LiveChart {
  const canvas = document.createElement("canvas");
  const node = html`<div class="live-chart" role="img" aria-label=${label}>${canvas}</div>`;
  node.style.height = `${height}px`;
  canvas.style.cssText = "display: block; position: absolute; inset: 0";
  let shown: JoinedSeries | undefined;
  let signals: LiveSceneOptions["signals"];
  let shownSecond: number | undefined;
  let frame: number | undefined;
  let theme: ThemeColours | undefined;

  function ask(): void {
    frame ??= requestAnimationFrame(() => {
      frame = undefined;
      if (!shown || document.hidden) return;
      draw(shown);
      onDrawn?.();
    });
  }

  function draw(joined: JoinedSeries): void {
    const width = Math.floor(node.clientWidth);
    if (!(width > 0)) return;
    const brush = canvas.getContext("2d");
    if (!brush) return;
    const ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    brush.setTransform(ratio, 0, 0, ratio, 0, 0);
    const inSight = Math.min(bars, Math.max(20, Math.floor(width / 7)));
    const scene = {...options, width, height, bars: inSight, ...(now && {now: now()}), ...(signals && {signals})};
    theme ??= themeColours(node);
    paintScene(brush, liveScene(joined, scene), theme);
  }

  function turn(): void {
    theme = undefined;
    ask();
  }

  const ending = new AbortController();
  const resized = new ResizeObserver(ask);
  resized.observe(node);
  document.addEventListener("visibilitychange", ask, {signal: ending.signal});
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", turn, {signal: ending.signal});
  return {
    node,
    show(joined, marked) {
      const second = now && Math.floor(now() / 1_000);
      if (joined === shown && marked === signals && second === shownSecond) return;
      shown = joined;
      signals = marked;
      shownSecond = second;
      ask();
    },
    end() {
      ending.abort();
      resized.disconnect();
      if (frame !== undefined) cancelAnimationFrame(frame);
    }
  };
}
