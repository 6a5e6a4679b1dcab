import type {PlaceScale} from "./pixel-columns.js";
import type {RowRange} from "./place-range.js";

/** A line's points in pixels: x and y in turn, NaN for both where the line is broken. */
export type LinePoints = Float64Array;

/**
 * A line over the rows in sight, broken where it has no value and where bars are absent. Values that share a pixel
 * become its lowest and its highest, so that a line of 20,000 bars has no more points than the screen can show.
 */
export function linePoints(
  values: ArrayLike<number>,
  position: Float64Array,
  rows: RowRange,
  scale: PlaceScale,
  y: (value: number) => number
): LinePoints {
  return scale.step >= 1 ? eachPoint(values, position, rows, scale, y) : pixelPoints(values, position, rows, scale, y);
}

type Draw = typeof linePoints;

const eachPoint: Draw = (values, position, {first, end}, {left, step}, y) => {
  const points: number[] = [];
  for (let i = first; i < end; ++i) {
    if (i > first && position[i]! - position[i - 1]! > 1) points.push(NaN, NaN);
    const value = values[i]!;
    if (Number.isFinite(value)) points.push(left + position[i]! * step, y(value));
    else points.push(NaN, NaN);
  }
  return Float64Array.from(points);
};

const pixelPoints: Draw = (values, position, {first, end}, {left, step}, y) => {
  const pixels = Math.max(0, Math.ceil(step * ((position[end - 1] ?? 0) - (position[first] ?? 0)))) + 2;
  const points = new Float64Array(6 * pixels); // a break, the lowest and the highest of each
  let n = 0;
  let [pixel, low, high] = [NaN, Infinity, -Infinity];
  const add = (x: number, value: number) => {
    points[n++] = x;
    points[n++] = value;
  };
  const close = () => {
    if (low > high) return;
    add(pixel + 0.5, y(low));
    if (high > low) add(pixel + 0.5, y(high));
    low = Infinity;
    high = -Infinity;
  };
  for (let i = first; i < end; ++i) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    const own = Math.floor(left + position[i]! * step);
    if (own !== pixel) {
      close();
      if (own - pixel > 2) add(NaN, NaN);
      pixel = own;
    }
    if (value < low) low = value;
    if (value > high) high = value;
  }
  close();
  return points.subarray(0, n);
};
