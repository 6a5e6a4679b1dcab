import {scaleLinear} from "npm:d3";
import {sliceBars} from "../../services/domain/bar.js";
import {barClose} from "../../services/domain/bar-close.js";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import type {EpochMs} from "../../services/domain/time.js";
import type {Timeframe} from "../../services/domain/timeframe.js";
import type {Signal} from "../../services/domain/wire.js";
import {extent} from "../charts/extent.js";
import {tapeLayout} from "../charts/tape-layout.js";
import {tapeTicks} from "../charts/tape-ticks.js";
import type {Formats} from "../format/create-formats.js";
import type {JoinedSeries} from "./join-series.js";

/** How a live chart is laid out. */
export interface LiveSceneOptions {
  readonly width: number; // px
  readonly height: number; // px
  /** Bars in sight at most: the newest. */
  readonly bars: number;
  readonly timeframe: Timeframe;
  readonly calendar: TradingCalendar;
  readonly tickSize: number;
  readonly format: Formats;
  /** The sidecar's clock, to count down how long the last bar still forms. */
  readonly now?: EpochMs;
  /** Trend starts, marked at the bar at whose close they were known. */
  readonly signals?: readonly Pick<Signal, "type" | "knownAt">[];
}

/** One candle in pixels. */
export interface Candle {
  readonly x: number;
  readonly width: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly tone: "up" | "down" | "flat";
  /** Still forming; partial where something of it is missing, which is drawn dashed. */
  readonly state: "final" | "forming" | "partial";
  readonly isHealed: boolean;
  readonly isCorrected: boolean;
}

/** All that a live chart draws, in pixels from its top left: no scale, no colour, no canvas in it. */
export interface LiveScene {
  readonly width: number;
  readonly height: number;
  /** Right and lower edge of the plot. */
  readonly plot: {readonly right: number; readonly bottom: number};
  readonly candles: readonly Candle[];
  /** Grid lines; one that the last price stands on bears no text. */
  readonly priceTicks: readonly {readonly y: number; readonly text: string}[];
  readonly timeTicks: readonly {readonly x: number; readonly lines: readonly string[]}[];
  readonly sessions: readonly (readonly [left: number, right: number])[];
  readonly gaps: readonly {readonly left: number; readonly right: number; readonly missing: number}[];
  /** Where the snapshot ends and live bars begin, if in sight. */
  readonly seam: number | undefined;
  /** The last price, and how long its bar still forms. */
  readonly last: {readonly y: number; readonly text: string; readonly countdown: string | undefined} | undefined;
  /** Trend starts: below the low of their bar for up, above its high for down. */
  readonly signals: readonly {readonly x: number; readonly y: number; readonly isUp: boolean}[];
}

const MARGIN = {top: 12, right: 72, bottom: 40} as const;
/** Places kept free between the newest bar and the axis. */
const ROOM = 3;

/** Lays out the newest bars of a joined series: absent bars leave their place empty, closed hours take none. */
export function liveScene(joined: JoinedSeries, options: LiveSceneOptions): LiveScene {
  const {width, height, timeframe, calendar, tickSize, format, now, signals = []} = options;
  const {healed, forming, isPartial, seam, incomplete, corrections} = joined;
  const bars = sliceBars(joined.bars, Math.max(0, joined.bars.length - options.bars));
  const layout = tapeLayout(bars, {timeframe, calendar});
  const plot = {right: Math.max(1, width - MARGIN.right), bottom: Math.max(MARGIN.top + 1, height - MARGIN.bottom)};
  const x = scaleLinear([-0.5, layout.length - 0.5 + ROOM], [0, plot.right]);
  const y = scaleLinear(extent([bars.low, bars.high]), [plot.bottom, MARGIN.top]);
  const place = x(1) - x(0);
  const price = (value: number) => format.price(value, tickSize);
  const {time, open, high, low, close} = bars;

  const candleOf = (i: number): Candle => ({
    x: x(layout.position[i]!),
    width: Math.max(1, place * 0.7),
    open: y(open[i]!),
    high: y(high[i]!),
    low: y(low[i]!),
    close: y(close[i]!),
    tone: close[i]! > open[i]! ? "up" : close[i]! < open[i]! ? "down" : "flat",
    state: stateOf(time[i]!),
    isHealed: healed.has(time[i]!),
    isCorrected: corrections.has(time[i]!)
  });
  function stateOf(opened: EpochMs): Candle["state"] {
    if (forming?.time === opened) return isPartial ? "partial" : "forming";
    return incomplete.has(opened) ? "partial" : "final";
  }
  const leftMs = forming && now !== undefined ? barClose(forming.time, timeframe, calendar) - now : undefined;
  const shownSignals = signals.flatMap(({type, knownAt}) => {
    const row = time.indexOf(knownAt);
    const isUp = type === "uptrend_start";
    return row < 0 ? [] : [{x: x(layout.position[row]!), y: y(isUp ? low[row]! : high[row]!), isUp}];
  });
  const seamRow = seam === undefined ? -1 : time.indexOf(seam);
  const lastClose = close[bars.length - 1];
  const countdown = leftMs === undefined ? undefined : formatCountdown(leftMs);
  const last = lastClose === undefined ? undefined : {y: y(lastClose), text: price(lastClose), countdown};
  const isClear = (at: number) => last === undefined || !(at - last.y > -16 && at - last.y < (countdown ? 32 : 16));
  return {
    width,
    height,
    plot,
    candles: Array.from({length: bars.length}, (_, i) => candleOf(i)),
    priceTicks: y.ticks(6).map((value) => ({y: y(value), text: isClear(y(value)) ? price(value) : ""})),
    timeTicks: tapeTicks(time, layout.position, 64 / place, format).map(({position, label}) => ({
      x: x(position),
      lines: label.split("\n")
    })),
    sessions: layout.sessions
      .filter((_, i) => i % 2 === 1)
      .map(([start, end]) => [x(start - 0.5), x(end - 0.5)] as const),
    gaps: layout.gaps.map(({start, end, missing}) => ({left: x(start - 0.5), right: x(end - 0.5), missing})),
    seam: seamRow > 0 ? x(layout.position[seamRow]! - 0.5) : undefined,
    last,
    signals: shownSignals
  };
}

/** How long is left, as a clock that runs down: `0:07`, `1:02:30`; never below zero. */
export function formatCountdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
