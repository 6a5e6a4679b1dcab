import {parseClockShift} from "../../services/sources/clock-shift.js";

/**
 * The clock of the loaders and of the job: the machine's, moved by `TAPEBOOK_NOW_SHIFT_MS`, as the demo moves it when
 * its venues would be closed. No loader reads a clock otherwise.
 *
 * @throws {RangeError} if the variable is not a number
 */
export function createNow(env: NodeJS.ProcessEnv = process.env, clock: () => number = Date.now): () => number {
  const shiftMs = parseClockShift(env);
  return () => clock() + shiftMs;
}
