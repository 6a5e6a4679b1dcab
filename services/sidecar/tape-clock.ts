import {type EpochMs, MINUTE_MS, SECOND_MS} from "../domain/time.js";
import {type Environment, resolveReference} from "../sources/settings/reference.js";
import type {Settings} from "../sources/settings/settings.js";
import {readTape} from "../sources/tape/read-tape.js";

/** Before the tape's first minute, so that this is heard whole. */
const LEAD_MS = 5 * SECOND_MS;

/**
 * Where the clock of a recorded tape begins and how fast it runs; `undefined` where no live instrument is a tape's.
 *
 * @throws {SourceError} if the tape cannot be read
 */
export function tapeClock(settings: Settings, env: Environment): {start: EpochMs; speed: number} | undefined {
  const name = settings.feeds.map(({source}) => source).find((one) => settings.sources[one]?.kind === "tape");
  const source = name === undefined ? undefined : settings.sources[name];
  if (source?.kind !== "tape") return undefined;
  const [first] = readTape(resolveReference(source.file, `sources.${name}.file`, settings.path, env));
  return {start: first!.time - (first!.time % MINUTE_MS) - LEAD_MS, speed: source.speed};
}
