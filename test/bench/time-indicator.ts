import {type Case, casesOn} from "./indicator-cases.js";
import {wanderingBars} from "./market.js";
import {cpuMs, median} from "./measure.js";

const length = 1_000_000;
const warmups = 15;
const calls = 15;

/**
 * Whose call: `ours` whole, our `engine` alone, a library by name; or a limit: as many `additions`, each waiting for the
 * last, or a `copy` of the closes into a new column.
 */
export type Side = string;

/**
 * Milliseconds of one call at a million bars, as this process settles to it. A result is kept until the next, as by a
 * page that draws it: a process that keeps nothing gives its memory back to the system and pays for it again.
 */
export async function timeIndicator(name: string, side: Side): Promise<number> {
  const bars = wanderingBars(length);
  const found = casesOn(bars).find((each) => each.name === name);
  const work = side === "copy" ? () => bars.close.slice() : found && workOf(found, side);
  if (work === undefined) throw new Error(`no such indicator: ${name} of ${side}`);
  const kept: unknown[] = [];
  const call = () => {
    kept[0] = work();
  };
  for (let i = 0; i < warmups; ++i) call();
  const times: number[] = [];
  for (let i = 0; i < calls; ++i) times.push(await cpuMs(call));
  return median(times);
}

function workOf({ours, engine, peers}: Case, side: Side): (() => unknown) | undefined {
  if (side === "ours") return ours;
  if (side === "engine") return engine;
  return side === "additions" ? () => addUp(1 / 8) : peers[side];
}

function addUp(step: number): number {
  let sum = 0;
  for (let i = 0; i < length; ++i) sum += step;
  return sum;
}
