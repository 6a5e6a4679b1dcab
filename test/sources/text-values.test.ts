import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {parseDecimal} from "../../services/sources/decimal.js";
import {parseWallTime, parseZonedTime} from "../../services/sources/wall-time.js";
import {fuzz} from "./runs.js";

describe("numbers and times in text", () => {
  it("are read as they are printed, or not at all", () => {
    expect(["1.5", "-2", "+.5", "1e-5", "160341.99999999997"].map(parseDecimal)).toEqual([
      1.5, -2, 0.5, 1e-5, 160_341.99999999997
    ]);
    for (const odd of ["", " ", "1,5", "0x1", "1_000", "Infinity", "NaN", "--1", "1e400", "1".repeat(50), "١"])
      expect(parseDecimal(odd)).toBeNaN();
    for (const odd of [
      "2024-02-30",
      "2023-02-29",
      "2024-1-1",
      "24.01.01",
      "2024-01-01 24:00",
      "2024-01-01 10:60",
      "0001-01-01",
      "9999-01-01",
      "2024-01.01"
    ])
      expect(parseWallTime(odd)).toBeNaN();
    expect(parseZonedTime("2024-01-01 00:00")).toBeUndefined();
    expect(parseZonedTime("2024-13-01T00:00:00Z")).toBeNaN();
  });

  it("round trip through every date", () => {
    fc.assert(
      fc.property(fc.integer({min: 0, max: Date.UTC(2199, 0, 1)}), (time) => {
        const iso = new Date(time).toISOString();
        expect(parseZonedTime(iso)).toBe(time);
        expect(parseWallTime(iso.replace("T", " ").replace("Z", ""))).toBe(time);
      }),
      fuzz(41)
    );
  });
});
