import {adx, createAdx} from "../../../services/analytics/indicators/adx.js";
import {atr, createAtr} from "../../../services/analytics/indicators/atr.js";
import {bollinger, createBollinger} from "../../../services/analytics/indicators/bollinger.js";
import {createDonchian, donchian} from "../../../services/analytics/indicators/donchian.js";
import {createEma, ema} from "../../../services/analytics/indicators/ema.js";
import {createKeltner, keltner} from "../../../services/analytics/indicators/keltner.js";
import {createMacd, macd} from "../../../services/analytics/indicators/macd.js";
import {createObv, obv} from "../../../services/analytics/indicators/obv.js";
import {createRelativeVolume, relativeVolume} from "../../../services/analytics/indicators/relative-volume.js";
import {createRsi, rsi} from "../../../services/analytics/indicators/rsi.js";
import {createSma, sma} from "../../../services/analytics/indicators/sma.js";
import {createStochastic, stochastic} from "../../../services/analytics/indicators/stochastic.js";
import {createSupertrend, supertrend} from "../../../services/analytics/indicators/supertrend.js";
import {describeBarIndicator, describeValueIndicator} from "../../indicator-contract.js";

describeValueIndicator({
  name: "sma",
  batch: (values, period) => sma(values, {period}),
  stream: (period) => createSma({period}),
  warmup: (period) => ({value: period - 1}),
  degree: 1
});

describeValueIndicator({
  name: "ema",
  batch: (values, period) => ema(values, {period}),
  stream: (period) => createEma({period}),
  warmup: (period) => ({value: period - 1}),
  degree: 1
});

describeValueIndicator({
  name: "rsi",
  batch: (values, period) => rsi(values, {period}),
  stream: (period) => createRsi({period}),
  warmup: (period) => ({value: period}),
  degree: 0
});

describeValueIndicator({
  name: "bollinger",
  batch: (values, period) => bollinger(values, {period}),
  stream: (period) => createBollinger({period}),
  warmup: (period) => ({middle: period - 1, upper: period - 1, lower: period - 1}),
  degree: 1
});

describeBarIndicator({
  name: "atr",
  batch: (bars, period) => atr(bars, {period}),
  stream: (period) => createAtr({period}),
  warmup: (period) => ({value: period}),
  degree: 1
});

describeValueIndicator({
  name: "macd",
  batch: (values, period) => macd(values, {fast: period, slow: period + 5, signal: 4}),
  stream: (period) => createMacd({fast: period, slow: period + 5, signal: 4}),
  warmup: (period) => ({macd: period + 4, signal: period + 7, histogram: period + 7}),
  degree: 1
});

describeBarIndicator({
  name: "adx",
  batch: (bars, period) => adx(bars, {period}),
  stream: (period) => createAdx({period}),
  warmup: (period) => ({plus: period, minus: period, adx: 2 * period - 1}),
  degree: 0
});

describeBarIndicator({
  name: "stochastic",
  batch: (bars, period) => stochastic(bars, {period, smooth: 3, signal: 2}),
  stream: (period) => createStochastic({period, smooth: 3, signal: 2}),
  warmup: (period) => ({k: period + 1, d: period + 2}),
  degree: 0
});

describeBarIndicator({
  name: "donchian",
  batch: (bars, period) => donchian(bars, {period}),
  stream: (period) => createDonchian({period}),
  warmup: (period) => ({middle: period, upper: period, lower: period}),
  degree: 1
});

describeBarIndicator({
  name: "keltner",
  batch: (bars, period) => keltner(bars, {period, atrPeriod: 7}),
  stream: (period) => createKeltner({period, atrPeriod: 7}),
  warmup: (period) => ({middle: period - 1, upper: Math.max(period - 1, 7), lower: Math.max(period - 1, 7)}),
  degree: 1
});

describeBarIndicator({
  name: "supertrend",
  batch: (bars, period) => supertrend(bars, {period, multiplier: 1.5}),
  stream: (period) => createSupertrend({period, multiplier: 1.5}),
  warmup: (period) => ({line: period, direction: period}),
  degree: {line: 1, direction: 0}
});

describeBarIndicator({
  name: "obv",
  batch: (bars) => obv(bars),
  stream: () => createObv(),
  warmup: () => ({value: 0}),
  degree: 0,
  hasPeriod: false
});

describeBarIndicator({
  name: "relativeVolume",
  batch: (bars, period) => relativeVolume(bars, {period}),
  stream: (period) => createRelativeVolume({period}),
  warmup: (period) => ({value: period}),
  degree: 0
});
