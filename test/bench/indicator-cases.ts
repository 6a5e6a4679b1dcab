import {IndicatorsSync} from "@ixjb94/indicators";
import * as indicatorts from "indicatorts";
import {atr, createAtrKernel} from "../../services/analytics/indicators/atr.js";
import {bollinger, createBollingerKernel} from "../../services/analytics/indicators/bollinger.js";
import {createEmaKernel, ema} from "../../services/analytics/indicators/ema.js";
import {createMacdKernel, macd} from "../../services/analytics/indicators/macd.js";
import {createRsiKernel, rsi} from "../../services/analytics/indicators/rsi.js";
import {createSmaKernel, sma} from "../../services/analytics/indicators/sma.js";
import type {BarSeries} from "../../services/domain/bar.js";

type Lines = readonly ArrayLike<number>[];

/** One indicator, ours and theirs. */
export interface Case {
  readonly name: string;
  readonly ours: () => Lines;
  /** Ours into columns that exist already, without the check of the values at the door. */
  readonly engine: () => void;
  readonly peers: Readonly<Record<string, () => Lines>>;
  /** TA-Lib in C, nanoseconds a bar, as measured on two cores of a server. */
  readonly taLibNs: number;
}

/** Six indicators as every library has them, of bars; theirs on plain arrays and, where they take them, on typed ones. */
export function casesOn(bars: BarSeries): Case[] {
  const {length, close: column, high: highs, low: lows} = bars;
  const [close, high, low] = [Array.from(column), Array.from(highs), Array.from(lows)];
  const typed = column as unknown as number[]; // they only index it
  const theirs = new IndicatorsSync();
  const [one, two, three] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
  return [
    {
      name: "SMA 20",
      ours: () => [sma(column)],
      engine: () => createSmaKernel()(column, one),
      peers: {
        "@ixjb94/indicators": () => [theirs.sma(close, 20)],
        "@ixjb94/indicators, typed": () => [theirs.sma(typed, 20)],
        indicatorts: () => [indicatorts.sma(close, {period: 20})]
      },
      taLibNs: 0.9
    },
    {
      name: "EMA 20",
      ours: () => [ema(column)],
      engine: () => createEmaKernel()(column, one),
      peers: {
        "@ixjb94/indicators": () => [theirs.ema(close, 20)],
        "@ixjb94/indicators, typed": () => [theirs.ema(typed, 20)],
        indicatorts: () => [indicatorts.ema(close, {period: 20})]
      },
      taLibNs: 1.8
    },
    {
      name: "RSI 14",
      ours: () => [rsi(column)],
      engine: () => createRsiKernel()(column, one),
      peers: {
        "@ixjb94/indicators": () => [theirs.rsi(close, 14)],
        "@ixjb94/indicators, typed": () => [theirs.rsi(typed, 14)]
      },
      taLibNs: 5.0
    },
    {
      name: "ATR 14",
      ours: () => [atr(bars)],
      engine: () => createAtrKernel()(bars, one),
      peers: {"@ixjb94/indicators": () => [theirs.atr(high, low, close, 14)]},
      taLibNs: 5.2
    },
    {
      name: "MACD 12 26 9",
      ours: () => linesOf(macd(column)),
      engine: () => createMacdKernel()(column, {macd: one, signal: two, histogram: three}),
      peers: {
        "@ixjb94/indicators": () => theirs.macd(close, 12, 26, 9),
        "@ixjb94/indicators, typed": () => theirs.macd(typed, 12, 26, 9)
      },
      taLibNs: 11.9
    },
    {
      name: "Bollinger 20 2",
      ours: () => linesOf(bollinger(column)),
      engine: () => createBollingerKernel()(column, {middle: one, upper: two, lower: three}),
      peers: {
        "@ixjb94/indicators": () => reorder(theirs.bbands(close, 20, 2)),
        "@ixjb94/indicators, typed": () => reorder(theirs.bbands(typed, 20, 2)),
        indicatorts: () => {
          const {middle, upper, lower} = indicatorts.bb(close, {period: 20});
          return [middle, upper, lower];
        }
      },
      taLibNs: 4.3
    }
  ];
}

function linesOf(columns: Readonly<Record<string, Float64Array>>): Lines {
  return Object.values(columns);
}

function reorder([lower, middle, upper]: number[][]): Lines {
  return [middle!, upper!, lower!];
}
