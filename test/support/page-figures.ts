import {deviation, max, mean, min} from "d3";
import {detectAll} from "../../services/analytics/structure/event.js";
import {swings} from "../../services/analytics/structure/swings.js";
import {createTrendStarts} from "../../services/analytics/structure/trend-starts/trend-starts.js";
import type {BarSeries} from "../../services/domain/bar.js";
import type {Deal} from "../../services/domain/deal.js";
import {DAY_MS} from "../../services/domain/time.js";

/** A headline figure of a page, and how it follows from what the snapshots hold. */
export interface PageFigure {
  readonly path: string;
  readonly figure: string;
  readonly says: string;
  of(bars: BarSeries, deals: readonly Deal[]): number;
}

/** One figure of each page whose figures no other walk works out again: of EURUSD's minutes, days in UTC, and of alpha. */
export const pageFigures: readonly PageFigure[] = [
  {
    path: "risk/alpha",
    figure: "deepest-fall",
    says: "how deep the balance fell, deposits aside",
    of(_, deals) {
      let [balance, growth, peak, deepest] = [0, 1, 1, 0];
      for (const {type, profit, commission, swap, fee} of deals) {
        const change = profit.minor + commission.minor + swap.minor + fee.minor;
        if (type !== "balance") growth *= (balance + change) / balance;
        balance += change;
        peak = Math.max(peak, growth);
        deepest = Math.min(deepest, growth / peak - 1);
      }
      return deepest;
    }
  },
  {
    path: "structure/EURUSD?timeframe=1m",
    figure: "swings",
    says: "how many swings there were in all bars",
    of: (bars) => swings(bars, {k: 2}).length
  },
  {
    path: "trends/EURUSD?timeframe=1m",
    figure: "starts",
    says: "how many trends started",
    of: (bars) => detectAll(bars, createTrendStarts()).length
  },
  {
    path: "studies/volatility/EURUSD",
    figure: "close-to-close",
    says: "the deviation of a session's move, close to close",
    of(bars) {
      const closes = daysOf(bars).map((rows) => bars.close[rows.at(-1)!]!);
      return deviation(closes.slice(1), (close, i) => Math.log(close / closes[i]!))!;
    }
  },
  {
    path: "studies/sessions/EURUSD",
    figure: "break-move",
    says: "the mean move beyond the side of the opening range that was left first",
    of(bars) {
      const whole = daysOf(bars).filter((rows) => rows.length >= 0.8 * (DAY_MS / 60_000));
      return mean(whole.flatMap((rows) => moveBeyond(bars, rows)))!;
    }
  }
];

/** The places of each day's bars. */
function daysOf({time}: BarSeries): number[][] {
  const byDay = new Map<number, number[]>();
  for (const [i, each] of time.entries()) {
    const day = Math.floor(each / DAY_MS);
    const rows = byDay.get(day) ?? [];
    rows.push(i);
    byDay.set(day, rows);
  }
  return [...byDay.values()];
}

/** From the side of the first half hour that was passed first to the day's close; none where neither or both were. */
function moveBeyond({high, low, close}: BarSeries, rows: readonly number[]): number[] {
  const [top, bottom] = [max(rows.slice(0, 30), (i) => high[i])!, min(rows.slice(0, 30), (i) => low[i])!];
  const left = rows.slice(30).find((i) => high[i]! > top || low[i]! < bottom);
  if (left === undefined || (high[left]! > top && low[left]! < bottom)) return [];
  const last = close[rows.at(-1)!]!;
  return [high[left]! > top ? last / top - 1 : 1 - last / bottom];
}
