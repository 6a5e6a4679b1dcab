import type {Session} from "../../domain/calendar.js";
import {around, usualVolume, wholeVolume} from "./free-day.js";
import type {PlantTimeframe, TapeInstrument} from "./instruments.js";
import {sessionProfile} from "./profile.js";
import type {RandomStream} from "./random.js";
import {type ScriptBar, type StructureKind, scriptBars} from "./script.js";
import {minutesOf} from "./session-index.js";
import {createStepBars, foldSteps, type StepBar, type StepBars} from "./step-bars.js";

/** Minutes of a block, the level between a session and its minutes. */
export const blockMinutes = 15;

/** One bar of a planted structure, where it lies in its session. */
export interface Mark {
  readonly structure: number;
  readonly kind: StructureKind;
  readonly timeframe: PlantTimeframe;
  /** Number of the block, 0 on daily bars. */
  readonly block: number;
  readonly script: ScriptBar;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** A session's bar in steps of the price, with its blocks where a planted structure has fixed them. */
export interface PathDay {
  readonly bar: StepBar;
  readonly blocks?: StepBars;
  readonly marks: readonly Mark[];
}

/** A structure under way: *next* is the bar of the script that comes next. */
export interface Planted {
  readonly structure: number;
  readonly kind: StructureKind;
  readonly timeframe: PlantTimeframe;
  readonly bars: readonly ScriptBar[];
  /** Steps of the price per unit of the script, and the price at which it began. */
  readonly unit: number;
  readonly base: number;
  readonly next: number;
}

const kinds: readonly StructureKind[] = ["accumulation", "distribution", "sweep-low", "sweep-high"];
const rangePerDeviation = 1.4;

/** A structure of a kind left to chance, beginning at a price in steps; *deviation* is that of a day's price, in steps. */
export function plantStructure(
  structure: number,
  timeframe: PlantTimeframe,
  base: number,
  deviation: number,
  minutes: number,
  random: RandomStream
): Planted {
  const kind = kinds[random.integer(0, kinds.length - 1)]!;
  const parts = timeframe === "1d" ? 1 : Math.ceil(minutes / blockMinutes);
  const unit = (rangePerDeviation * deviation) / Math.sqrt(parts);
  return {structure, kind, timeframe, bars: scriptBars(kind, random), unit, base, next: 0};
}

/** Whether all bars of a structure have been played. */
export function isOver({next, bars}: Planted): boolean {
  return next >= bars.length;
}

/** A session as a structure tells it, and the structure after it. */
export function playSession(
  planted: Planted,
  spec: TapeInstrument,
  session: Session,
  previous: number,
  deviation: number,
  random: RandomStream
): {day: PathDay; planted: Planted} {
  if (planted.timeframe === "1d") return playDay(planted, spec, session);
  return playBlocks(planted, spec, session, previous, deviation, random);
}

function playDay(planted: Planted, spec: TapeInstrument, session: Session) {
  const script = planted.bars[planted.next]!;
  const volume = wholeVolume(usualVolume(spec, session) * script.volume, minutesOf(session));
  const bar = {...inSteps(planted, script, planted.base + script.open * planted.unit), volume};
  return {day: {bar, marks: [markOf(planted, 0)]}, planted: {...planted, next: planted.next + 1}};
}

/** Blocks follow the script as far as it goes, then chance. */
function playBlocks(
  planted: Planted,
  spec: TapeInstrument,
  session: Session,
  previous: number,
  deviation: number,
  random: RandomStream
) {
  const minutes = minutesOf(session);
  const blocks = createStepBars(Math.ceil(minutes / blockMinutes));
  const profile = sessionProfile(spec.ticks, minutes);
  const marks: Mark[] = [];
  for (let [i, open] = [0, previous]; i < blocks.length; open = blocks.close[i++]!) {
    const [from, to] = [i * blockMinutes, Math.min(minutes, (i + 1) * blockMinutes)];
    const now = {...planted, next: planted.next + i};
    const script = now.bars[now.next];
    if (script) marks.push(markOf(now, i));
    const free = deviation * Math.sqrt(sum(profile.variance, from, to));
    const bar = script
      ? inSteps(now, script, open)
      : around(open, Math.max(1, Math.round(open + free * random.normal())), free, random);
    const multiple = script?.volume ?? Math.exp(0.2 * random.normal());
    blocks.volume[i] = wholeVolume(usualVolume(spec, session) * sum(profile.volume, from, to) * multiple, to - from);
    for (const name of ["open", "high", "low", "close"] as const) blocks[name][i] = bar[name];
  }
  return {day: {bar: foldSteps(blocks), blocks, marks}, planted: {...planted, next: planted.next + blocks.length}};
}

function sum(weights: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let i = from; i < to; ++i) total += weights[i]!;
  return total;
}

function inSteps({unit, base}: Planted, {high, low, close}: ScriptBar, opening: number): Omit<StepBar, "volume"> {
  const at = (level: number) => Math.max(1, Math.round(base + level * unit));
  const open = Math.round(opening);
  return {open, high: Math.max(open, at(high)), low: Math.min(open, at(low)), close: at(close)};
}

function markOf({structure, kind, timeframe, bars, next}: Planted, block: number): Mark {
  return {
    structure,
    kind,
    timeframe,
    block,
    script: bars[next]!,
    isFirst: next === 0,
    isLast: next === bars.length - 1
  };
}
