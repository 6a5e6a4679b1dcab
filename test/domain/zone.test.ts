import fc from "fast-check";
import {describe, expect, it, vi} from "vitest";
import {DAY_MS, HOUR_MS, parseIso} from "../../services/domain/time.js";
import {dateIn, dayIn, fromWall, isZone, timeIn, toWall, zoneOffsetMs} from "../../services/domain/zone.js";

const runs = process.env["TAPEBOOK_VERIFY"] === undefined ? 300 : 20_000;
const zones = fc.constantFrom(
  ..."UTC America/New_York Europe/Athens Europe/London Asia/Kolkata Australia/Lord_Howe Africa/Casablanca".split(" "),
  ..."Asia/Gaza America/Sao_Paulo Pacific/Apia Asia/Kathmandu Africa/Monrovia America/St_Johns".split(" ")
);
const moments = fc.integer({min: Date.UTC(1970, 0, 1), max: Date.UTC(2037, 11, 31)});

/** The wall clock as the runtime prints it, asked directly. */
function printedWall(zone: string, time: number): string {
  const text = new Intl.DateTimeFormat("sv-SE", {timeZone: zone, dateStyle: "short", timeStyle: "medium"}).format(time);
  return text.replace(" ", "T");
}

describe("zoneOffsetMs", () => {
  it("agrees with the runtime at any moment since 1970", () => {
    fc.assert(
      fc.property(zones, moments, (zone, time) => {
        expect(new Date(toWall(zone, time)).toISOString().slice(0, 19)).toBe(printedWall(zone, time));
      }),
      {seed: 1, numRuns: runs}
    );
  });

  it("changes at the very millisecond, both ways", () => {
    const spring = parseIso("2024-03-10T07:00:00Z");
    expect(zoneOffsetMs("America/New_York", spring - 1)).toBe(-5 * HOUR_MS);
    expect(zoneOffsetMs("America/New_York", spring)).toBe(-4 * HOUR_MS);
    const autumn = parseIso("2024-11-03T06:00:00Z");
    expect(zoneOffsetMs("America/New_York", autumn - 1)).toBe(-4 * HOUR_MS);
    expect(zoneOffsetMs("America/New_York", autumn)).toBe(-5 * HOUR_MS);
  });

  it("knows the weeks in which America and Europe differ", () => {
    const ahead = (date: string) =>
      (zoneOffsetMs("Europe/Athens", parseIso(`${date}T12:00:00Z`)) -
        zoneOffsetMs("America/New_York", parseIso(`${date}T12:00:00Z`))) /
      HOUR_MS;
    expect(["2024-03-08", "2024-03-12", "2024-04-02", "2024-10-30", "2024-11-05"].map(ahead)).toEqual([7, 6, 7, 6, 7]);
  });

  it("knows half-hour changes and offsets with seconds", () => {
    expect(zoneOffsetMs("Australia/Lord_Howe", parseIso("2024-01-15T00:00:00Z"))).toBe(11 * HOUR_MS);
    expect(zoneOffsetMs("Australia/Lord_Howe", parseIso("2024-07-15T00:00:00Z"))).toBe(10.5 * HOUR_MS);
    expect(zoneOffsetMs("Africa/Monrovia", 0)).toBe(-(44 * 60 + 30) * 1_000);
  });

  it("refuses an unknown zone and a time that is none", () => {
    expect(() => zoneOffsetMs("Asia/Bombai", 0)).toThrow(new RangeError("unknown time zone: Asia/Bombai"));
    for (const time of [NaN, Infinity, 8e15, -8e15])
      for (const zone of ["UTC", "Asia/Kolkata"])
        expect(() => zoneOffsetMs(zone, time)).toThrow(`time out of range: ${time}`);
  });

  it("asks the runtime a few hundred times for a year of minutes, and then no more", () => {
    const asked = vi.spyOn(Intl.DateTimeFormat.prototype, "formatToParts");
    const start = parseIso("1991-01-01T00:00:00Z");
    const readYear = () => {
      for (let minute = 0; minute < 365 * 1440; ++minute) zoneOffsetMs("America/Toronto", start + minute * 60_000);
    };
    readYear();
    expect(asked.mock.calls.length).toBeGreaterThan(0);
    expect(asked.mock.calls.length).toBeLessThan(400);
    asked.mockClear();
    readYear();
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });
});

describe("isZone", () => {
  it("tells a zone from other text", () => {
    expect(["UTC", "Asia/Kolkata", "America/New_York"].every(isZone)).toBe(true);
    expect(["", "Mars/Olympus", "Asia/", "new york", "__proto__"].some(isZone)).toBe(false);
  });
});

describe("fromWall", () => {
  const wallTime = (text: string) => parseIso(`${text}Z`);

  it("reads a wall time that occurs twice as the first", () => {
    expect(fromWall("America/New_York", wallTime("2024-11-03T01:30:00"))).toBe(parseIso("2024-11-03T05:30:00Z"));
    expect(fromWall("Europe/Athens", wallTime("2024-10-27T03:30:00"))).toBe(parseIso("2024-10-27T00:30:00Z"));
  });

  it("reads a wall time that never occurs with the offset before the change", () => {
    expect(fromWall("America/New_York", wallTime("2024-03-10T02:30:00"))).toBe(parseIso("2024-03-10T07:30:00Z"));
    expect(fromWall("America/Sao_Paulo", wallTime("2018-11-04T00:00:00"))).toBe(parseIso("2018-11-04T03:00:00Z"));
  });

  it("undoes toWall, but for the second of two equal wall times", () => {
    fc.assert(
      fc.property(zones, moments, (zone, time) => {
        const wall = toWall(zone, time);
        const back = fromWall(zone, wall);
        expect(back).toBeLessThanOrEqual(time);
        expect(toWall(zone, back)).toBe(wall);
      }),
      {seed: 2, numRuns: runs}
    );
  });

  it("lands within the change where the wall time does not exist", () => {
    fc.assert(
      fc.property(zones, moments, (zone, wall) => {
        const time = fromWall(zone, wall);
        const missed = toWall(zone, time) - wall;
        expect(missed).toBeGreaterThanOrEqual(0);
        expect(missed).toBeLessThanOrEqual(DAY_MS);
      }),
      {seed: 3, numRuns: runs}
    );
  });
});

describe("dateIn and timeIn", () => {
  it("name the day at the venue", () => {
    expect(dateIn("Asia/Kolkata", parseIso("2019-01-01T18:30:00Z"))).toBe("2019-01-02");
    expect(dateIn("America/New_York", parseIso("2019-01-01T04:59:59Z"))).toBe("2018-12-31");
    expect(dayIn("UTC", -1)).toBe(-1);
  });

  it("give the moment of a wall time, minutes before midnight included", () => {
    expect(timeIn("Asia/Kolkata", "2019-01-02", 9 * 60 + 15)).toBe(parseIso("2019-01-02T03:45:00Z"));
    expect(timeIn("America/New_York", "2024-03-11", 17 * 60 - 1440)).toBe(parseIso("2024-03-10T21:00:00Z"));
  });

  it("refuse a date that does not exist", () => {
    for (const date of ["2024-02-30", "2023-02-29", "2024-13-01", "2024-1-1", "tomorrow", ""])
      expect(() => timeIn("UTC", date, 0)).toThrow(`invalid date: ${date}`);
    expect(() => timeIn("UTC", "2024-01-01", NaN)).toThrow("time out of range: NaN");
  });
});
