import type {InstrumentId} from "../domain/instrument.js";
import {DAY_MS, type EpochMs, formatIso, HOUR_MS} from "../domain/time.js";
import {zoneOffsetMs} from "../domain/zone.js";
import {type PlantedDefect, plantedDefects} from "./defects.js";
import type {Tape} from "./tape/tape.js";
import type {PlantedStructure} from "./tape/truth.js";
import type {TraderHistory} from "./trader/history.js";
import type {Habits} from "./trader/spec.js";
import type {PlantedTrip} from "./trader/world.js";

/** All that was planted in a demo, to score detection by. Nothing that detects may read it. */
export interface DemoTruth {
  readonly seed: number;
  readonly now: EpochMs;
  readonly structures: readonly PlantedStructure[];
  readonly defects: readonly PlantedDefect[];
  /** Weeks in which only America has changed its clocks: days of a bridge on European time are cut elsewhere. */
  readonly clockWeeks: readonly {readonly start: string; readonly end: string}[];
  readonly accounts: readonly {readonly id: string; readonly habits: Habits; readonly trips: readonly PlantedTrip[]}[];
}

const flawed: readonly InstrumentId[] = ["CFD:US500", "MT5:XAUUSD", "MT5:GBPUSD"];
const minuteDays = 60;
const dayDays = 730;
const usualGapHours = 7;

/** What was planted, as far as it shows at *now*; no defects where the venues show none. */
export function demoTruth(
  tape: Tape,
  histories: readonly TraderHistory[],
  now: EpochMs,
  hasDefects: boolean
): DemoTruth {
  const start = now - minuteDays * DAY_MS;
  return {
    seed: tape.seed,
    now,
    structures: tape.structures(now),
    defects: (hasDefects ? flawed : []).flatMap((id) =>
      plantedDefects(id, tape.of(id).minuteBars(start, now, now).time)
    ),
    clockWeeks: clockWeeks(now - dayDays * DAY_MS, now),
    accounts: histories.map(({spec, planted}) => ({id: spec.id, habits: spec.habits, trips: planted(now)}))
  };
}

/** Stretches of days on which Athens is not seven hours ahead of New York. */
function clockWeeks(start: EpochMs, end: EpochMs): {start: string; end: string}[] {
  const weeks: {start: string; end: string}[] = [];
  const isOdd = (time: EpochMs) =>
    zoneOffsetMs("Europe/Athens", time) - zoneOffsetMs("America/New_York", time) !== usualGapHours * HOUR_MS;
  for (let day = Math.ceil(start / DAY_MS) * DAY_MS; day < end; day += DAY_MS) {
    if (!isOdd(day)) continue;
    const first = day;
    while (day < end && isOdd(day)) day += DAY_MS;
    weeks.push({start: formatIso(first), end: formatIso(day)});
  }
  return weeks;
}
