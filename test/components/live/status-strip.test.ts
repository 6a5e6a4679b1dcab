import {expect, it} from "vitest";
import {createFormats} from "../../../components/format/create-formats.js";
import {snapshotWords} from "../../../components/live/status-strip.js";

const format = createFormats({zone: "UTC", locale: "en-GB"});

it("says when a live snapshot was last taken, and what keeps the next", () => {
  const takenTime = Date.UTC(2024, 0, 2, 9);
  expect(snapshotWords({takenTime, failures: 0, lastError: null}, format)).toMatch(
    /^last taken 2 Jan 2024, 09:00:00.UTC$/
  );
  const lastError = "snapshot of X:A: another job is writing";
  expect(snapshotWords({takenTime: null, failures: 1, lastError}, format)).toBe(`none taken yet; ${lastError}`);
});
