import fc from "fast-check";
import type {Bar} from "../../../services/domain/bar.js";

/** Prices are eighths below 4096, so that adding, subtracting and mirroring them is exact in binary. */
export const MIRROR = 4_096;

/** A random walk in eighths, with calm and wild stretches, gaps, flat bars and repeated extremes. */
export const walks: fc.Arbitrary<Bar[]> = fc
  .array(
    fc.tuple(fc.integer({min: -40, max: 40}), fc.nat(24), fc.nat(24), fc.nat(500), fc.constantFrom(1, 1, 1, 4, 0)),
    {
      minLength: 0,
      maxLength: 220,
      size: "max"
    }
  )
  .map((steps) => {
    let price = 8 * 2_000;
    return steps.map(([step, above, below, volume, wildness], i) => {
      const open = price;
      price += step * wildness;
      const high = Math.max(open, price) + above * wildness;
      const low = Math.min(open, price) - below * wildness;
      return {time: i * 60_000, open: open / 8, high: high / 8, low: low / 8, close: price / 8, volume};
    });
  });

/** The bars upside down: what rose falls. */
export function mirror(bars: readonly Bar[]): Bar[] {
  return bars.map(({time, open, high, low, close, volume}) => ({
    time,
    open: MIRROR - open,
    high: MIRROR - low,
    low: MIRROR - high,
    close: MIRROR - close,
    volume
  }));
}

/** The bars in another unit of price, of volume, and at another time. */
export function transform(bars: readonly Bar[], {price = 1, volume = 1, shiftMs = 0}): Bar[] {
  return bars.map((bar) => ({
    time: bar.time + shiftMs,
    open: bar.open * price,
    high: bar.high * price,
    low: bar.low * price,
    close: bar.close * price,
    volume: bar.volume * volume
  }));
}
