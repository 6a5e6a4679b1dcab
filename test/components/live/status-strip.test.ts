import {expect, it} from "vitest";
import {createFormats} from "../../../components/format/create-formats.js";
import {searchWords, snapshotWords} from "../../../components/live/status-strip.js";

const format = createFormats({zone: "UTC", locale: "en-GB"});

it("says when a live snapshot was last taken, and what keeps the next", () => {
  const takenTime = Date.UTC(2024, 0, 2, 9);
  expect(snapshotWords({takenTime, failures: 0, lastError: null}, format)).toMatch(
    /^last taken 2 Jan 2024, 09:00:00.UTC$/
  );
  const lastError = "snapshot of X:A: another job is writing";
  expect(snapshotWords({takenTime: null, failures: 1, lastError}, format)).toBe(`none taken yet; ${lastError}`);
});

it("says where signals are looked for, and where they cannot be and why", () => {
  expect(searchWords({targets: 1, failing: 0, lastError: null}, format)).toBe("looked for in 1 contract and timeframe");
  expect(searchWords({targets: 4, failing: 2, lastError: "X:A 5m: disk full"}, format)).toBe(
    "not looked for in 2 of 4 contracts and timeframes; X:A 5m: disk full"
  );
});
