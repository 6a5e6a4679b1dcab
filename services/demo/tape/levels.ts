import type {TradingCalendar} from "../../domain/calendar.js";
import {priceDecimals} from "../../domain/instrument.js";
import {createDayPath} from "./day-path.js";
import type {TapeInstrument} from "./instruments.js";
import {keep} from "./keep.js";
import {type MinuteTicks, minuteTicks} from "./minute-ticks.js";
import {blockMinutes, type PathDay} from "./planted.js";
import {sessionProfile} from "./profile.js";
import {randomStream} from "./random.js";
import {minutesOf, type SessionIndex, sessionIndex} from "./session-index.js";
import {sessionShares} from "./session-shares.js";
import {createStepBars, foldSteps, type StepBar, type StepBars, stepBarAt} from "./step-bars.js";
import {subdivide} from "./subdivide.js";

/** The levels of one instrument's tape, each folding exactly into the one above. Numbers count sessions and minutes. */
export interface TapeLevels {
  readonly spec: TapeInstrument;
  readonly sessions: SessionIndex;
  day(number: number): PathDay;
  /** Blocks of a session, of 15 minutes each. */
  blocks(number: number): StepBars;
  /** Minutes of a session. */
  minutes(number: number): StepBars;
  minute(number: number, minute: number): StepBar;
  ticks(number: number, minute: number): MinuteTicks;
  /** The least spread of a minute, in steps. */
  spread(number: number, minute: number): number;
  /** Volume of a session before a minute. */
  volumeBefore(number: number, minute: number): number;
  /** A price from steps. */
  toPrice(steps: number): number;
}

/** Blocks of a session at most, and minutes, in the keys of what is kept. */
const mostBlocks = 1_000;
const mostMinutes = 10_000;

/** The levels of an instrument's tape; what was worked out lately is kept. */
export function createTapeLevels(
  spec: TapeInstrument,
  calendar: TradingCalendar,
  seed: number,
  plants: boolean
): TapeLevels {
  const scale = 10 ** priceDecimals(spec.tickSize);
  const sessions = sessionIndex(calendar);
  const day = createDayPath(spec, sessions, seed, plants);
  const lengthOf = (number: number) => minutesOf(sessions.at(number));
  const sharesOf = (number: number) => sessionShares(spec.ticks, lengthOf(number));
  const blocks = keep(256, (number) => {
    const random = randomStream(seed, spec.id, "blocks", number);
    return day(number).blocks ?? subdivide(day(number).bar, sharesOf(number).blocks, random);
  });
  const divide = (number: number, block: number) => {
    const random = randomStream(seed, spec.id, "minutes", number, block);
    return subdivide(stepBarAt(blocks(number), block), sharesOf(number).minutes[block]!, random);
  };
  const parts = keep(256, (key) => divide(Math.floor(key / mostBlocks), key % mostBlocks));
  const minutes = keep(24, (number) => joinParts(lengthOf(number), (block) => divide(number, block)));
  const minute = (number: number, at: number) => {
    const block = Math.floor(at / blockMinutes);
    return stepBarAt(parts(number * mostBlocks + block), at - block * blockMinutes);
  };
  const spread = (number: number, at: number) => {
    const random = randomStream(seed, spec.id, "spread", number, at);
    return drawSpread(spec, sessionProfile(spec.ticks, lengthOf(number)).volume, at, random.uniform());
  };
  const ticks = keep(64, (key) => {
    const [number, at] = [Math.floor(key / mostMinutes), key % mostMinutes];
    const random = randomStream(seed, spec.id, "ticks", number, at);
    return minuteTicks(minute(number, at), spec.ticks, spread(number, at), random);
  });
  return {
    ...{spec, sessions, day, blocks, minutes, minute, spread},
    ticks: (number, at) => ticks(number * mostMinutes + at),
    volumeBefore(number, at) {
      const block = Math.floor(at / blockMinutes);
      const within = at - block * blockMinutes;
      const before = block > 0 ? foldSteps(blocks(number), 0, block).volume : 0;
      return within > 0 ? before + foldSteps(parts(number * mostBlocks + block), 0, within).volume : before;
    },
    toPrice: (steps) => Math.round(steps * spec.tickSize * scale) / scale
  };
}

function joinParts(length: number, part: (block: number) => StepBars): StepBars {
  const all = createStepBars(length);
  for (let block = 0; block * blockMinutes < length; ++block) {
    const own = part(block);
    for (const name of ["open", "high", "low", "close", "volume"] as const)
      all[name].set(own[name], block * blockMinutes);
  }
  return all;
}

/** Wide when little is traded, narrow when much is. */
function drawSpread({spreadSteps}: TapeInstrument, volume: Float64Array, minute: number, uniform: number): number {
  const calm = Math.min(3, 1 / Math.sqrt(Math.max(1e-6, volume[minute]! * volume.length)));
  return Math.max(1, Math.round(spreadSteps * (0.45 + 0.5 * calm) * (0.8 + 0.5 * uniform)));
}
