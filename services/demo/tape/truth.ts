import type {InstrumentId} from "../../domain/instrument.js";
import type {EpochMs} from "../../domain/time.js";
import {MINUTE_MS} from "../../domain/time.js";
import type {InstrumentTape} from "./instrument-tape.js";
import type {PlantTimeframe} from "./instruments.js";
import {blockMinutes} from "./planted.js";
import type {StructureKind} from "./script.js";

/** A named bar of a planted structure: `time` is when the bar opened, `knownAt` when it closed. */
export interface PlantedEvent {
  readonly label: string;
  readonly time: EpochMs;
  readonly knownAt: EpochMs;
  readonly price: number;
}

/** A structure that was planted, so that its detection can be scored. */
export interface PlantedStructure {
  readonly instrument: InstrumentId;
  readonly kind: StructureKind;
  readonly timeframe: PlantTimeframe;
  readonly start: EpochMs;
  /** When its last bar closes. */
  readonly end: EpochMs;
  readonly events: readonly PlantedEvent[];
}

/** The structures planted in an instrument's tape that are complete at *now*, oldest first. */
export function plantedStructures({spec, levels}: InstrumentTape, now: EpochMs): PlantedStructure[] {
  const found: PlantedStructure[] = [];
  let events: PlantedEvent[] = [];
  let start = 0;
  const last = levels.sessions.numberAt(now);
  for (let number = 0; number <= last; ++number) {
    const session = levels.sessions.at(number);
    const {bar, blocks, marks} = levels.day(number);
    for (const {kind, timeframe, block, script, isFirst, isLast} of marks) {
      const time = session.open + block * blockMinutes * MINUTE_MS;
      const knownAt = timeframe === "1d" ? session.close : Math.min(session.close, time + blockMinutes * MINUTE_MS);
      if (isFirst) [events, start] = [[], time];
      const at = script.isHigh ? "high" : "low";
      const price = levels.toPrice(blocks ? blocks[at][block]! : bar[at]);
      if (script.label !== undefined) events.push({label: script.label, time, knownAt, price});
      if (isLast && knownAt <= now) found.push({instrument: spec.id, kind, timeframe, start, end: knownAt, events});
    }
  }
  return found;
}
