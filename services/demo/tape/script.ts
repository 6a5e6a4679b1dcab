import type {RandomStream} from "./random.js";

/** What a planted structure is. */
export type StructureKind = "accumulation" | "distribution" | "sweep-low" | "sweep-high";

/**
 * One leg of a planted structure: so many bars to a level, in units of the usual range of a bar, counted from where the
 * structure begins. Volume and range are multiples of the usual; wicks reach beyond the bar's body, in the same units.
 */
export interface Leg {
  readonly bars: number;
  readonly to: number;
  readonly volume?: number;
  readonly range?: number;
  readonly wickUp?: number;
  readonly wickDown?: number;
  /** Levels that the leg's bars keep between. */
  readonly within?: readonly [number, number];
  /** What the leg's last bar is. */
  readonly label?: string;
}

/** One bar of a script, in units of the usual range, volume as a multiple of the usual. */
export interface ScriptBar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly label?: string;
  /** Whether the label sits at the bar's high; else at its low. */
  readonly isHigh: boolean;
}

/** A decline, its climax, a range with a spring, and the advance out of it, after Wyckoff as taught by Pruden (2007). */
const accumulation: readonly Leg[] = [
  {bars: 6, to: -2.4},
  {bars: 3, to: -1.5},
  {bars: 6, to: -4.2},
  {bars: 3, to: -3.4},
  {bars: 4, to: -5.4, volume: 1.2},
  {bars: 1, to: -5.6, volume: 2.1, range: 1.3, wickDown: 0.9, label: "PS"},
  {bars: 2, to: -5.3},
  {bars: 3, to: -7, volume: 1.3},
  {bars: 1, to: -8.4, volume: 3.6, range: 2.6, wickDown: 0.9, label: "SC"},
  {bars: 5, to: -4.9, volume: 1.2, label: "AR"},
  {bars: 6, to: -8.6, volume: 0.7, within: [-9.1, -4.8], label: "ST"},
  {bars: 6, to: -5.6, volume: 0.8, within: [-9, -4.8]},
  {bars: 7, to: -8.2, volume: 0.7, within: [-9, -4.8]},
  {bars: 6, to: -5.5, volume: 0.8, within: [-9, -4.8]},
  {bars: 6, to: -8.3, volume: 0.6, within: [-9, -4.8]},
  {bars: 1, to: -8.9, volume: 0.9, range: 1.2, wickDown: 1.1, label: "spring"},
  {bars: 3, to: -7.2, volume: 0.9, within: [-9.2, -4.8]},
  {bars: 3, to: -8.5, volume: 0.45, within: [-8.9, -4.8], label: "test"},
  {bars: 3, to: -4.7, volume: 2, range: 1.6, label: "SOS"},
  {bars: 4, to: -5.9, volume: 0.55, within: [-6.4, -3], label: "LPS"},
  {bars: 8, to: -1.5, volume: 1.4, range: 1.2, label: "markup"}
];

/** Two equal highs, a bar that reaches beyond them and closes back, and the fall that follows. */
const sweepHigh: readonly Leg[] = [
  {bars: 5, to: 2.6, within: [-0.5, 2.8], label: "pool"},
  {bars: 5, to: 0.2, within: [-0.5, 2.8]},
  {bars: 5, to: 2.6, within: [-0.5, 2.8], label: "pool"},
  {bars: 5, to: 0.4, within: [-0.5, 2.8]},
  {bars: 4, to: 2.4, within: [-0.5, 2.7]},
  {bars: 1, to: 2.1, volume: 2, range: 1.4, wickUp: 1, label: "sweep"},
  {bars: 6, to: -1.6, volume: 1.4, range: 1.2}
];

const mirrorLabels: Readonly<Record<string, string>> = {
  PS: "PSY",
  SC: "BC",
  AR: "AR",
  ST: "ST",
  spring: "UTAD",
  test: "test",
  SOS: "SOW",
  LPS: "LPSY",
  markup: "markdown"
};
const atHigh = new Set(["AR", "SOS", "markup"]);

/** The bars of a structure, opening at 0, with small chance in each; one of two mirrored kinds is the other upside down. */
export function scriptBars(kind: StructureKind, random: RandomStream): ScriptBar[] {
  const isSweep = kind === "sweep-high" || kind === "sweep-low";
  const bars = barsOf(isSweep ? sweepHigh : accumulation, isSweep, random);
  return kind === "distribution" || kind === "sweep-low" ? bars.map(mirror) : bars;
}

function barsOf(legs: readonly Leg[], isSweep: boolean, random: RandomStream): ScriptBar[] {
  const bars: ScriptBar[] = [];
  let open = 0;
  for (const leg of legs) {
    const start = open;
    for (let i = 1; i <= leg.bars; ++i) {
      const isLast = i === leg.bars;
      const aim = start + ((leg.to - start) * i) / leg.bars;
      const bar = barOf(open, isLast ? aim : aim + 0.12 * random.normal(), isLast, leg, random);
      bars.push(isLast && leg.label ? {...bar, label: leg.label, isHigh: isSweep || atHigh.has(leg.label)} : bar);
      open = bar.close;
    }
  }
  return bars;
}

function barOf(open: number, aim: number, isLast: boolean, leg: Leg, random: RandomStream): ScriptBar {
  const [floor, ceiling] = leg.within ?? [-Infinity, Infinity];
  const close = Math.min(Math.max(aim, floor), ceiling);
  const spare = Math.max(0.15, (leg.range ?? 0.8) - Math.abs(close - open));
  const reach = () => spare * (0.2 + 0.6 * random.uniform());
  const high = Math.max(open, close) + (isLast && leg.wickUp !== undefined ? leg.wickUp : reach());
  const low = Math.min(open, close) - (isLast && leg.wickDown !== undefined ? leg.wickDown : reach());
  return {
    open,
    close,
    high: Math.max(open, close, Math.min(high, ceiling)),
    low: Math.min(open, close, Math.max(low, floor)),
    volume: (leg.volume ?? 1) * Math.exp(0.1 * random.normal()),
    isHigh: false
  };
}

function mirror({open, high, low, close, volume, label, isHigh}: ScriptBar): ScriptBar {
  const bar = {open: -open, high: -low, low: -high, close: -close, volume, isHigh: !isHigh};
  return label === undefined ? bar : {...bar, label: mirrorLabels[label] ?? label};
}
