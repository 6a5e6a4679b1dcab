import type {TradingCalendar} from "../../domain/calendar.js";
import type {InstrumentId} from "../../domain/instrument.js";
import type {EpochMs} from "../../domain/time.js";
import {createInstrumentTape, type InstrumentTape} from "./instrument-tape.js";
import {exchangeIndex, type TapeInstrument, tapeInstruments} from "./instruments.js";
import {createTapeLevels} from "./levels.js";
import {type PlantedStructure, plantedStructures} from "./truth.js";

/** What a tape is told from. */
export interface TapeOptions {
  readonly seed: number;
  /** Trading calendars by name. */
  readonly calendars: Readonly<Record<string, TradingCalendar>>;
  readonly instruments?: readonly TapeInstrument[];
  /** Whether structures are planted; true by default. */
  readonly plants?: boolean;
}

/** A simulated market: what every instrument did and will do, and what was planted in it. */
export interface Tape {
  readonly seed: number;
  readonly instruments: readonly TapeInstrument[];
  /** @throws {RangeError} if the tape has no such instrument */
  of(id: InstrumentId): InstrumentTape;
  /** The planted structures complete at *now*, of all instruments. */
  structures(now: EpochMs): PlantedStructure[];
}

/**
 * The tape: a pure function of seed, instrument and time from a fixed origin, so that history and live agree exactly and
 * a restart changes nothing. Ticks fold into minute bars, minute bars into session bars, to the last step and tick.
 *
 * @throws {RangeError} if an instrument's calendar is not among the calendars
 */
export function createTape({
  seed,
  calendars,
  instruments = [...tapeInstruments, exchangeIndex],
  plants = true
}: TapeOptions): Tape {
  const tapes = new Map(
    instruments.map((spec): [InstrumentId, InstrumentTape] => {
      const calendar = calendars[spec.calendar];
      if (!calendar) throw new RangeError(`unknown calendar: ${spec.calendar} of ${spec.id}`);
      return [spec.id, createInstrumentTape(createTapeLevels(spec, calendar, seed, plants))];
    })
  );
  const of = (id: InstrumentId) => {
    const tape = tapes.get(id);
    if (!tape) throw new RangeError(`no tape of ${id}`);
    return tape;
  };
  return {
    seed,
    instruments,
    of,
    structures: (now) => [...tapes.values()].flatMap((tape) => plantedStructures(tape, now))
  };
}
