import {expect, it} from "vitest";
import {adx, createAdx} from "../../../services/analytics/indicators/adx.js";
import {atr, createAtr} from "../../../services/analytics/indicators/atr.js";
import {createDonchian, donchian} from "../../../services/analytics/indicators/donchian.js";
import {createObv, obv} from "../../../services/analytics/indicators/obv.js";
import {createStochastic, stochastic} from "../../../services/analytics/indicators/stochastic.js";
import {createVwap, vwap} from "../../../services/analytics/indicators/vwap.js";
import {type Bar, type BarSeries, toBars} from "../../../services/domain/bar.js";
import {wanderingBars} from "../../bench/market.js";
import {alwaysOpen} from "../../domain/calendars.js";

const bars = wanderingBars(3_000); // more than are read at a time
const calendar = alwaysOpen;

interface Both {
  readonly batch: (bars: BarSeries) => Float64Array | Readonly<Record<string, Float64Array>>;
  readonly stream: () => {next(bar: Bar): number | Readonly<Record<string, number>>};
}

it.each<[string, Both]>([
  ["atr", {batch: (series) => atr(series), stream: () => createAtr()}],
  ["adx", {batch: (series) => adx(series), stream: () => createAdx()}],
  [
    "donchian of a long period",
    {batch: (series) => donchian(series, {period: 1_500}), stream: () => createDonchian({period: 1_500})}
  ],
  ["stochastic", {batch: (series) => stochastic(series), stream: () => createStochastic()}],
  ["obv", {batch: (series) => obv(series), stream: () => createObv()}],
  ["vwap", {batch: (series) => vwap(series, {calendar}), stream: () => createVwap({calendar})}]
])("%s of thousands of bars is the same a bar at a time", (_, {batch, stream}) => {
  const incremental = stream();
  const results = batch(bars);
  const rows = toBars(bars).map((bar) => incremental.next(bar));
  const lines = results instanceof Float64Array ? {value: results} : results;
  for (const [name, column] of Object.entries(lines))
    expect(rows.map((row) => (typeof row === "number" ? row : row[name]))).toEqual([...column]);
});
