import type {BarSeries} from "../../../services/domain/bar.js";
import type {RowRange} from "./place-range.js";

/** Bars as they are drawn, left to right: each alone, or all that fall on one pixel as one. */
export interface BarColumns {
  readonly length: number;
  /** The middle of each, in pixels. */
  readonly x: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** A place's middle in pixels, as `left + place * step`. */
export interface PlaceScale {
  readonly left: number;
  readonly step: number;
}

/**
 * Bars in sight as columns of at least one pixel. Bars that share a pixel become one: first open, highest high, lowest
 * low, last close, volumes summed, so that no spike is lost however far out one zooms.
 */
export function pixelColumns(bars: BarSeries, position: Float64Array, rows: RowRange, scale: PlaceScale): BarColumns {
  const {left, step} = scale;
  const most = rows.end - rows.first;
  const columns = createColumns(most);
  const {x, open, high, low, close, volume} = columns;
  let n = -1;
  let pixel = NaN;
  for (let i = rows.first; i < rows.end; ++i) {
    const at = left + position[i]! * step;
    const own = step >= 1 ? i : Math.floor(at);
    if (own !== pixel) {
      pixel = own;
      x[++n] = step >= 1 ? at : own + 0.5;
      open[n] = bars.open[i]!;
      high[n] = bars.high[i]!;
      low[n] = bars.low[i]!;
      volume[n] = 0;
    } else {
      if (bars.high[i]! > high[n]!) high[n] = bars.high[i]!;
      if (bars.low[i]! < low[n]!) low[n] = bars.low[i]!;
    }
    close[n] = bars.close[i]!;
    volume[n] = volume[n]! + bars.volume[i]!;
  }
  return {...columns, length: n + 1};
}

function createColumns(length: number) {
  const column = () => new Float64Array(length);
  return {x: column(), open: column(), high: column(), low: column(), close: column(), volume: column()};
}
