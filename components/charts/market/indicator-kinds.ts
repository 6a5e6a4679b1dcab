import {adx} from "../../../services/analytics/indicators/adx.js";
import {atr} from "../../../services/analytics/indicators/atr.js";
import {bollinger} from "../../../services/analytics/indicators/bollinger.js";
import {donchian} from "../../../services/analytics/indicators/donchian.js";
import {ema} from "../../../services/analytics/indicators/ema.js";
import {keltner} from "../../../services/analytics/indicators/keltner.js";
import {macd} from "../../../services/analytics/indicators/macd.js";
import {obv} from "../../../services/analytics/indicators/obv.js";
import {relativeVolume} from "../../../services/analytics/indicators/relative-volume.js";
import {rsi} from "../../../services/analytics/indicators/rsi.js";
import {sma} from "../../../services/analytics/indicators/sma.js";
import {stochastic} from "../../../services/analytics/indicators/stochastic.js";
import {supertrend} from "../../../services/analytics/indicators/supertrend.js";
import {vwap} from "../../../services/analytics/indicators/vwap.js";
import type {BarSeries} from "../../../services/domain/bar.js";
import type {TradingCalendar} from "../../../services/domain/calendar.js";

/** A number that a reader may set: a whole count of bars, or a factor. */
export interface IndicatorParameter {
  readonly label: string;
  readonly value: number;
  /** A factor may have decimals; a period may not. */
  readonly isFactor?: boolean;
}

/** An indicator that a reader may choose. */
export interface IndicatorKind {
  readonly label: string;
  readonly parameters: readonly IndicatorParameter[];
  /** Where it is drawn: over the candles, or in a pane of its own with its values in these units. */
  readonly place: "over" | "price" | "number" | "volume";
  /** Fixed ends and levels of its pane. */
  readonly domain?: readonly [number, number];
  readonly levels?: readonly number[];
  /** Its columns by name; `lower` and `upper` are the edges of a band, `histogram` stands as columns. */
  readonly compute: (
    bars: BarSeries,
    parameters: readonly number[],
    calendar: TradingCalendar
  ) => Readonly<Record<string, Float64Array>>;
  /** Whether it is of one session, and says nothing about bars of a day and more. */
  readonly isIntraday?: boolean;
}

const period = (value: number): IndicatorParameter => ({label: "period", value});
const factor = (label: string, value: number): IndicatorParameter => ({label, value, isFactor: true});

/** The indicators of the analytics library that make sense on a chart, by the names that a link uses. */
export const indicatorKinds = {
  sma: {
    label: "SMA",
    parameters: [period(20)],
    place: "over",
    compute: ({close}, [n = 20]) => ({value: sma(close, {period: n})})
  },
  ema: {
    label: "EMA",
    parameters: [period(20)],
    place: "over",
    compute: ({close}, [n = 20]) => ({value: ema(close, {period: n})})
  },
  bollinger: {
    label: "Bollinger",
    parameters: [period(20), factor("deviations", 2)],
    place: "over",
    compute: ({close}, [n = 20, deviations = 2]) => bollinger(close, {period: n, deviations})
  },
  donchian: {
    label: "Donchian",
    parameters: [period(20)],
    place: "over",
    compute: (bars, [n = 20]) => donchian(bars, {period: n})
  },
  keltner: {
    label: "Keltner",
    parameters: [period(20), {label: "ATR period", value: 10}, factor("multiplier", 2)],
    place: "over",
    compute: (bars, [n = 20, atrPeriod = 10, multiplier = 2]) => keltner(bars, {period: n, atrPeriod, multiplier})
  },
  vwap: {
    label: "VWAP",
    parameters: [factor("deviations", 1)],
    place: "over",
    isIntraday: true,
    compute: (bars, [deviations = 1], calendar) => vwap(bars, {calendar, deviations})
  },
  supertrend: {
    label: "SuperTrend",
    parameters: [period(10), factor("multiplier", 3)],
    place: "over",
    compute: (bars, [n = 10, multiplier = 3]) => ({line: supertrend(bars, {period: n, multiplier}).line})
  },
  rsi: {
    label: "RSI",
    parameters: [period(14)],
    place: "number",
    domain: [0, 100],
    levels: [30, 70],
    compute: ({close}, [n = 14]) => ({value: rsi(close, {period: n})})
  },
  macd: {
    label: "MACD",
    parameters: [
      {label: "fast", value: 12},
      {label: "slow", value: 26},
      {label: "signal", value: 9}
    ],
    place: "price",
    compute: ({close}, [fast = 12, slow = 26, signal = 9]) => macd(close, {fast, slow, signal})
  },
  stochastic: {
    label: "Stochastic",
    parameters: [period(14), {label: "smooth", value: 3}, {label: "signal", value: 3}],
    place: "number",
    domain: [0, 100],
    levels: [20, 80],
    compute: (bars, [n = 14, smooth = 3, signal = 3]) => stochastic(bars, {period: n, smooth, signal})
  },
  atr: {
    label: "ATR",
    parameters: [period(14)],
    place: "price",
    compute: (bars, [n = 14]) => ({value: atr(bars, {period: n})})
  },
  adx: {
    label: "ADX",
    parameters: [period(14)],
    place: "number",
    levels: [25],
    compute: (bars, [n = 14]) => adx(bars, {period: n})
  },
  obv: {label: "OBV", parameters: [], place: "volume", compute: (bars) => ({value: obv(bars)})},
  rvol: {
    label: "Relative volume",
    parameters: [period(20)],
    place: "number",
    levels: [1],
    compute: (bars, [n = 20], calendar) => ({value: relativeVolume(bars, {period: n, calendar})})
  }
} as const satisfies Readonly<Record<string, IndicatorKind>>;

/** The name of an indicator in a link. */
export type IndicatorName = keyof typeof indicatorKinds;

/** The kind by its name. */
export function indicatorKind(name: IndicatorName): IndicatorKind {
  return indicatorKinds[name];
}
