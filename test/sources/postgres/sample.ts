import {toBarSeries} from "../../../services/domain/bar.js";
import {MINUTE_MS} from "../../../services/domain/time.js";

export const start = Date.UTC(2024, 0, 2, 22);
export const bars = toBarSeries(
  Array.from({length: 25_000}, (_, i) => {
    const open = 4_700 + Math.sin(i / 40) * 9;
    const close = 4_700 + Math.sin((i + 1) / 40) * 9;
    return {
      time: start + i * MINUTE_MS,
      open,
      high: Math.max(open, close) + 0.5,
      low: Math.min(open, close) - 0.5,
      close,
      volume: (i * 7) % 900
    };
  })
);
export const all = {
  instrument: "CFD:US500",
  symbol: "US500",
  timeframe: "1m",
  start: 0,
  end: Date.UTC(2100, 0, 1)
} as const;
