import {extent} from "../charts/extent.js";

/**
 * A sparkline's path, left to right over *width*, highest value at the top. Of more values than it has pixels it goes
 * through the lowest and the highest of each two pixels, in their order, so that no spike is lost.
 *
 * @returns as the `d` of an SVG path takes it; empty with fewer than two values
 */
export function sparkPath(
  values: ArrayLike<number>,
  {width, height}: {readonly width: number; readonly height: number}
) {
  if (values.length < 2) return "";
  const [low, high] = extent([values]);
  const x = (i: number) => (i / (values.length - 1)) * width;
  const y = (value: number) => height - ((value - low) / (high - low)) * height;
  return `M${shownRows(values, width)
    .map((i) => `${x(i).toFixed(1)},${y(values[i]!).toFixed(1)}`)
    .join("L")}`;
}

function shownRows(values: ArrayLike<number>, width: number): number[] {
  const stretch = Math.ceil((2 * values.length) / width);
  if (stretch <= 2) return Array.from({length: values.length}, (_, i) => i);
  const rows: number[] = [];
  for (let start = 0; start < values.length; start += stretch) {
    let [lowest, highest] = [start, start];
    for (let i = start; i < Math.min(values.length, start + stretch); ++i) {
      if (values[i]! < values[lowest]!) lowest = i;
      if (values[i]! > values[highest]!) highest = i;
    }
    rows.push(Math.min(lowest, highest));
    if (lowest !== highest) rows.push(Math.max(lowest, highest));
  }
  const last = values.length - 1;
  return rows.at(-1) === last ? rows : [...rows, last];
}
