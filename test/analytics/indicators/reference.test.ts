import {describe, expect, it} from "vitest";
import {adx} from "../../../services/analytics/indicators/adx.js";
import {atr} from "../../../services/analytics/indicators/atr.js";
import {bollinger} from "../../../services/analytics/indicators/bollinger.js";
import {donchian} from "../../../services/analytics/indicators/donchian.js";
import {ema} from "../../../services/analytics/indicators/ema.js";
import {macd} from "../../../services/analytics/indicators/macd.js";
import {rsi} from "../../../services/analytics/indicators/rsi.js";
import {sma} from "../../../services/analytics/indicators/sma.js";
import {stochastic} from "../../../services/analytics/indicators/stochastic.js";
import {type BarSeries, toBarSeries} from "../../../services/domain/bar.js";
import {hasShared, readShared, readSharedRows} from "../../shared-data.js";

/** Reference field → our line, per file. */
const agreements: Record<string, (bars: BarSeries) => Record<string, Float64Array>> = {
  sma: ({close}) => ({sma: sma(close, {period: 20})}),
  ema: ({close}) => ({ema: ema(close, {period: 20})}),
  rsi: ({close}) => ({rsi: rsi(close)}),
  atr: (bars) => ({atr: atr(bars)}),
  bb({close}) {
    const {middle, upper, lower} = bollinger(close);
    return {sma: middle, upperBand: upper, lowerBand: lower};
  },
  macd: ({close}) => ({...macd(close)}),
  adx(bars) {
    const {plus, minus, adx: average} = adx(bars);
    return {pdi: plus, mdi: minus, adx: average};
  },
  stoch: (bars) => ({...stochastic(bars)}),
  donchian(bars) {
    const {middle, upper, lower} = donchian(bars);
    return {centerline: middle, upperBand: upper, lowerBand: lower};
  }
};

describe.skipIf(!hasShared("indicators/quotes.csv"))("reference results of 502 daily quotes", () => {
  it.each(Object.keys(agreements))("%s agrees to 1e-9, and is empty on the same bars", (name) => {
    const expected = JSON.parse(readShared(`indicators/${name}.standard.json`)) as Record<string, number | null>[];
    expect(expected).toHaveLength(502);
    for (const [field, line] of Object.entries(agreements[name]!(readQuotes()))) {
      expect(Array.from(line, Number.isNaN)).toEqual(expected.map((row) => row[field] === null));
      const differences = expected.map((row, i) => (row[field] === null ? 0 : Math.abs(line[i]! - row[field]!)));
      expect(Math.max(...differences)).toBeLessThan(1e-9);
    }
  });
});

function readQuotes(): BarSeries {
  const [, ...rows] = readSharedRows("indicators/quotes.csv");
  return toBarSeries(
    rows.map(([date, ...cells]) => {
      const [open, high, low, close, volume] = cells.map(Number) as [number, number, number, number, number];
      return {time: Date.parse(date!), open, high, low, close, volume};
    })
  );
}
