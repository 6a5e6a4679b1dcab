import {svg} from "npm:htl";
import type {Formats} from "../format/create-formats.js";

const width = 96;
const height = 20;

/** A line the size of a word: values from first to last, the last one marked. Nothing for fewer than two. */
export function sparkline(values: readonly number[], format: Formats): Node | null {
  if (values.length < 2) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (i: number) => 2 + (i / (values.length - 1)) * (width - 6);
  const y = (value: number) => 2 + (1 - (value - low) / (high - low || 1)) * (height - 4);
  const path = values.map((value, i) => `${i === 0 ? "M" : "L"}${x(i).toFixed(1)},${y(value).toFixed(1)}`).join("");
  const last = values.length - 1;
  const label = `${format.count(values.length)} closes`;
  return svg`<svg class="sparkline" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="img" aria-label=${label}>
    <path d=${path}></path><circle cx=${x(last).toFixed(1)} cy=${y(values[last]!).toFixed(1)} r="2"></circle></svg>`;
}
