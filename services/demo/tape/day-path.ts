import {type DayState, dayVolatility, drawDay} from "./free-day.js";
import type {TapeInstrument} from "./instruments.js";
import {isOver, type PathDay, type Planted, plantStructure, playSession} from "./planted.js";
import {type RandomStream, randomStream} from "./random.js";
import {minutesOf, type SessionIndex} from "./session-index.js";

/**
 * The path of an instrument, session by session from the origin: a level that returns to a drifting anchor, volatility
 * that clusters (a first-order autoregression of its logarithm), a factor shared with others, and planted structures.
 *
 * @param plants whether structures are planted
 * @returns the day of a session number; the same seed and number give the same day whatever was asked before
 */
export function createDayPath(
  spec: TapeInstrument,
  sessions: SessionIndex,
  seed: number,
  plants: boolean
): (number: number) => PathDay {
  const days: PathDay[] = [];
  let [unrest, structures] = [0, 0];
  let planted: Planted | undefined;
  let nextPlant = plants ? pauseAfter(0, spec, randomStream(seed, spec.id, "plants")) : Infinity;

  const extend = () => {
    const number = days.length;
    const session = sessions.at(number);
    const random = randomStream(seed, spec.id, "day", number);
    const previous = days.at(-1)?.bar.close ?? Math.round(spec.startPrice / spec.tickSize);
    unrest = 0.94 * unrest + 0.15 * random.normal();
    const state: DayState = {spec, session, number, seed, previous, unrest};
    const deviation = dayVolatility(state) * previous;
    if (number === nextPlant) {
      const usual = dayVolatility({spec, unrest: 0}) * previous;
      const {timeframe} = spec.plants!;
      planted = plantStructure(structures++, timeframe, previous, usual, minutesOf(session), random);
    }
    if (!planted) {
      days.push({bar: drawDay(state, random), marks: []});
      return;
    }
    const played = playSession(planted, spec, session, previous, deviation, random);
    days.push(played.day);
    planted = isOver(played.planted) ? undefined : played.planted;
    if (!planted) nextPlant = pauseAfter(number + 1, spec, random);
  };

  return (number) => {
    while (days.length <= number) extend();
    return days[number]!;
  };
}

function pauseAfter(number: number, {plants}: TapeInstrument, random: RandomStream): number {
  return plants ? number + random.integer(...plants.sessions) : Infinity;
}
