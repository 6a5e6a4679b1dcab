import {afterEach, expect, it, vi} from "vitest";
import {createNow} from "../../loaders/shared/now.js";
import {parseOptions} from "../../services/sidecar/options.js";
import {parseClockShift} from "../../services/sources/clock-shift.js";
import {defaultSourceEffects} from "../../services/sources/effects.js";

afterEach(() => vi.unstubAllEnvs());

it("parseClockShift is a number of milliseconds, and none where it is not set or empty", () => {
  const shifts = [undefined, "", " ", "-3600000", "1e3"].map((text) => parseClockShift({TAPEBOOK_NOW_SHIFT_MS: text}));
  expect(shifts).toEqual([0, 0, 0, -3_600_000, 1_000]);
});

it.each(["1h", "3 600", "NaN", "Infinity"])("a shift of %j is refused by the clock of every process", (text) => {
  const env = {TAPEBOOK_NOW_SHIFT_MS: text};
  const message = `invalid TAPEBOOK_NOW_SHIFT_MS: ${text} (milliseconds)`;
  expect(() => parseClockShift(env)).toThrow(message);
  expect(() => createNow(env)).toThrow(message);
  expect(() => parseOptions([], env)).toThrow(message);
  vi.stubEnv("TAPEBOOK_NOW_SHIFT_MS", text);
  expect(() => defaultSourceEffects.now()).toThrow(message);
});
