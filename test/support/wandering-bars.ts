import {createRandom} from "../../services/analytics/statistics/random.js";
import {type BarSeries, createBarSeries} from "../../services/domain/bar.js";
import {MINUTE_MS} from "../../services/domain/time.js";
import {tuesday} from "../snapshots/samples.js";

/** Minute bars of a price that wanders by chance, the same for the same seed: swings, trends and turns of all sizes. */
export function wanderingBars(length: number, seed: number, base = 1.1): BarSeries {
  const random = createRandom(seed);
  const bars = createBarSeries(length);
  let close = base;
  for (let i = 0; i < length; ++i) {
    const open = close;
    close = open * Math.exp(2e-4 * random.normal());
    bars.time[i] = tuesday + i * MINUTE_MS;
    bars.open[i] = open;
    bars.close[i] = close;
    bars.high[i] = Math.max(open, close) * (1 + 1e-4 * random.next());
    bars.low[i] = Math.min(open, close) * (1 - 1e-4 * random.next());
    bars.volume[i] = 1 + random.below(50);
  }
  return bars;
}
