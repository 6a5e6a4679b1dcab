import {readFileSync, statSync} from "node:fs";
import {SourceError} from "../../domain/source-error.js";
import {formatIso} from "../../domain/time.js";
import {parseTickPayload, type ToldTick} from "../postgres/payloads.js";

const MOST_BYTES = 268_435_456;

/**
 * A recorded tape: one payload of `tick_data_channel` a line, in order of time, as a listener on that channel writes
 * them down.
 *
 * @throws {SourceError} SOURCE_BAD_DATA naming the line that is none, or lies before the one above; SOURCE_UNAVAILABLE
 * if there is no such file, SOURCE_REFUSED if it is longer than 256 MiB
 */
export function readTape(path: string): ToldTick[] {
  const ticks: ToldTick[] = [];
  readText(path)
    .split("\n")
    .forEach((line, i) => {
      if (line.trim() === "") return;
      const tick = parseLine(line, `${path}:${i + 1}`);
      const last = ticks.at(-1)?.time ?? Number.NEGATIVE_INFINITY;
      if (!(tick.time >= last))
        throw bad(`${path}:${i + 1}: out of order: ${formatIso(tick.time)} after ${formatIso(last)}`);
      ticks.push(tick);
    });
  if (ticks.length === 0) throw bad(`${path}: no tick in it`);
  return ticks;
}

function readText(path: string): string {
  try {
    const {size} = statSync(path);
    if (size > MOST_BYTES)
      throw new SourceError("SOURCE_REFUSED", `${path}: ${size} bytes, at most ${MOST_BYTES}; cut the tape by days`);
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof SourceError) throw error;
    const {code = "unknown"} = error as NodeJS.ErrnoException;
    throw new SourceError("SOURCE_UNAVAILABLE", `${path}: no file that can be read (${code})`, {cause: error});
  }
}

function parseLine(line: string, where: string): ToldTick {
  try {
    return parseTickPayload(line);
  } catch (error) {
    throw bad(`${where}: ${error instanceof Error ? error.message : error}`);
  }
}

function bad(message: string): SourceError {
  return new SourceError("SOURCE_BAD_DATA", message);
}
