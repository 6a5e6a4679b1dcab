import * as Plot from "npm:@observablehq/plot";
import {spread} from "./spread.js";
import type {TapeLayout} from "./tape-layout.js";

/** A line over a tape: one value a bar, NaN where it has none yet. */
export interface TapeLine {
  readonly label: string;
  readonly values: ArrayLike<number>;
  /** A second edge: the room between is shaded. */
  readonly upper?: ArrayLike<number>;
  /** A CSS colour; the ordered palette's next unless told. */
  readonly colour?: string;
}

/** The colour of the line at a place in its list. */
export function lineColour({colour}: TapeLine, i: number): string {
  return colour ?? `var(--series-${(i % 6) + 1})`;
}

/** Lines broken where they have no value and where bars are absent. */
export function lineMarks({bars, position, gaps}: TapeLayout, lines: readonly TapeLine[]): Plot.Markish[] {
  const rows = Array.from({length: bars.length}, (_, i) => i);
  const afterGap = new Set(gaps.map(({end}) => end));
  const segment = segments(position, afterGap);
  const x = (i: number) => position[i]!;
  return lines.flatMap((line, k) => {
    const stroke = lineColour(line, k);
    const {values, upper} = line;
    const draw = (column: ArrayLike<number>) =>
      Plot.lineY(rows, {x, y: (i: number) => column[i]!, z: (i: number) => segment[i]!, stroke, strokeWidth: 1.25});
    if (upper === undefined) return [draw(values)];
    const y1 = (i: number) => values[i]!;
    const y2 = (i: number) => upper[i]!;
    const z = (i: number) => segment[i]!;
    return [Plot.areaY(rows, {x, y1, y2, z, fill: stroke, fillOpacity: 0.08}), draw(values), draw(upper)];
  });
}

function segments(position: Float64Array, afterGap: ReadonlySet<number>): Float64Array {
  let segment = 0;
  return position.map((place) => (afterGap.has(place) ? ++segment : segment));
}

/** The pane that labels are kept inside: its range of values and its height. */
export interface LineLabelOptions {
  /** Lowest and highest value of the pane. */
  readonly domain: readonly [number, number];
  /** Height of the pane in px, which keeps labels from touching. */
  readonly height: number;
}

/** The name of each line beside its last value, moved apart where they would touch. */
export function lineLabels(layout: TapeLayout, lines: readonly TapeLine[], {domain, height}: LineLabelOptions) {
  const [low, high] = domain;
  const ends = lines.map(({values, upper = values}) => lastValue(upper));
  const places = spread(ends, (14 / (height - 16)) * (high - low), low, high);
  return lines.map((line, i) =>
    Plot.text([line.label], {
      x: layout.length,
      y: places[i]!,
      dx: 4,
      textAnchor: "start",
      fill: lineColour(line, i),
      className: "line-label"
    })
  );
}

function lastValue(values: ArrayLike<number>): number {
  for (let i = values.length - 1; i >= 0; --i) if (Number.isFinite(values[i])) return values[i]!;
  return NaN;
}
