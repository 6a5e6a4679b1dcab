import type {ScaleContinuousNumeric} from "npm:d3-scale";

/**
 * A linear or logarithmic scale of two ends as one multiplication and one addition: a frame of a chart places some ten
 * thousand values, for which a scale that can do more takes several times as long.
 *
 * @returns pixels of a value; what the scale itself gives, but for rounding
 */
export function pixelScale(scale: ScaleContinuousNumeric<number, number>, isLog: boolean): (value: number) => number {
  const ends = scale.domain();
  const [from, to] = (isLog ? ends.map(Math.log) : ends) as [number, number];
  const [start, end] = scale.range() as [number, number];
  const slope = to === from ? 0 : (end - start) / (to - from);
  const offset = to === from ? (start + end) / 2 : start - slope * from;
  return isLog ? (value) => offset + slope * Math.log(value) : (value) => offset + slope * value;
}
