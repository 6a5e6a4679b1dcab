import {type Bar, type BarSeries, toBarSeries} from "../../services/domain/bar.js";
import {DAY_MS, MINUTE_MS} from "../../services/domain/time.js";
import {open as firstOpen} from "./sample-dataset.js";

/** Bars that wander by two waves: as many as asked, 25 a session, 15 minutes each, five of them left out. */
export function sampleBars(count: number): BarSeries {
  const bars: Bar[] = [];
  for (let i = 0; i < count; ++i) {
    if (i >= 30 && i < 35) continue;
    const time = firstOpen + Math.floor(i / 25) * DAY_MS + (i % 25) * 15 * MINUTE_MS;
    const open = round(100 + 4 * Math.sin(i / 9) + 1.5 * Math.sin(i * 1.7));
    const close = i % 11 === 5 ? open : round(100 + 4 * Math.sin((i + 1) / 9) + 1.5 * Math.sin((i + 1) * 1.7));
    const high = round(Math.max(open, close) + 0.4 + 0.3 * Math.abs(Math.sin(i * 2.3)));
    const low = round(Math.min(open, close) - 0.4 - 0.3 * Math.abs(Math.cos(i * 2.1)));
    bars.push({time, open, high, low, close, volume: 1000 + Math.round(900 * Math.abs(Math.sin(i / 3)))});
  }
  return toBarSeries(bars);
}

function round(price: number): number {
  return Math.round(price * 20) / 20;
}
