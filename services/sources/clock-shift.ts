import type {Environment} from "./settings/reference.js";

/**
 * How far the clock of a demo is ahead of the machine's, in milliseconds, as `TAPEBOOK_NOW_SHIFT_MS` says; 0 where it is
 * not set.
 *
 * @throws {RangeError} if the variable is not a number
 */
export function parseClockShift(env: Environment): number {
  const text = env["TAPEBOOK_NOW_SHIFT_MS"]?.trim() || "0";
  const shiftMs = Number(text);
  if (!Number.isFinite(shiftMs)) throw new RangeError(`invalid TAPEBOOK_NOW_SHIFT_MS: ${text} (milliseconds)`);
  return shiftMs;
}
