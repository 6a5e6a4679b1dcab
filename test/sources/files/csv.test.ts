import {describe, expect, it} from "vitest";
import {parseCsvTicks} from "../../../services/sources/files/csv-bars.js";
import {createClock} from "../../../services/sources/mt5/clock.js";
import type {CsvSettings} from "../../../services/sources/settings/source-settings.js";
import {csv, csvBars} from "./samples.js";

describe("a third party's candles", () => {
  const header = "x,WHEN,o,h,l,c,v\n";
  it("state their zone, or are in the one of settings", () => {
    const at = (when: string, zone: string) =>
      csvBars(`${header}1,${when},1,2,1,2,3\n`, {clock: {zone, offsetHours: 0}}).time[0];
    expect(at("2024-07-01 09:15:00", "Asia/Kolkata")).toBe(Date.UTC(2024, 6, 1, 3, 45));
    expect(at("2024-07-01T09:15:00+0530", "UTC")).toBe(Date.UTC(2024, 6, 1, 3, 45));
    expect(at("2024-07-01 00:00:00+00:00", "Asia/Kolkata")).toBe(Date.UTC(2024, 6, 1));
    expect(at("2024.07.01 09:15", "America/New_York")).toBe(Date.UTC(2024, 6, 1, 13, 15));
    expect(at("20240701", "UTC")).toBe(Date.UTC(2024, 6, 1));
  });

  it("tell apart the hour that a clock shows twice, by order", () => {
    const wall = ["00:30", "01:30", "01:30", "02:30"].map((time) => `1,2024-11-03 ${time},1,2,1,2,3\n`).join("");
    const {time} = csvBars(header + wall, {clock: {zone: "America/New_York", offsetHours: 0}});
    expect([...time].map((each) => (each - Date.UTC(2024, 10, 3, 4, 30)) / 3_600_000)).toEqual([0, 1, 2, 3]);
  });

  it("in points are divided exactly", () => {
    const {open, close} = csvBars(`${header}1,2024-01-01,160944.0,161303.0,160859.0,160999.0,5\n`, {
      priceDivisor: 100_000
    });
    expect([open[0], close[0]]).toEqual([1.60944, 1.60999]);
  });

  it("with quotes and line breaks in them keep count of lines", () => {
    expect(() => csvBars(`${header}"a\nb",2024-01-01,1,2,1,2,3\n"c",2024-01-02,x,2,1,2,3\n`)).toThrow(
      'c.csv:4: invalid open: "x"'
    );
  });

  it.each([
    ["no such column", "x,when,o,h,l,c\n1,2024-01-01,1,2,1,2\n", {}, "c.csv:1: invalid header: no column v"],
    ["two such columns", "v,when,o,h,l,c,v\n", {}, "c.csv:1: invalid header: more than one column v"],
    ["a time without meaning", `${header}1,yesterday,1,2,1,2,3\n`, {}, 'c.csv:2: invalid time: "yesterday"'],
    ["a zone that is none", `${header}1,2024-01-01T00:00:00+99:99,1,2,1,2,3\n`, {}, "c.csv:2: invalid time"],
    [
      "a day that has more hours",
      "86400000,1,2,1,2,3\n",
      {header: false, columns: ["timeOfDayMs", "open", "high", "low", "close", "volume"], date: "c(\\d{8})"},
      'c20240101.csv:1: invalid timeOfDayMs: "86400000"'
    ],
    [
      "no date in its name",
      "0,1,2,1,2,3\n",
      {header: false, columns: ["timeOfDayMs", "open", "high", "low", "close", "volume"], date: "day(\\d{8})"},
      "no date in its name by the pattern"
    ],
    [
      "a row of another width",
      "1,2,3\n",
      {header: false, columns: ["time", "open", "high", "low", "close"]},
      "5 fields expected, 3 found"
    ]
  ] as const)("are refused with %s", (_, text, settings, message) => {
    expect(() =>
      csvBars(text, settings as Partial<CsvSettings>, "date" in settings ? "c20240101.csv" : "c.csv")
    ).toThrow(message);
  });

  it("may be ticks, of quotes or of trades", () => {
    const trades = csv({columns: {time: "t", price: "p", volume: "q"}});
    const {ticks} = parseCsvTicks(
      {name: "t.csv", text: "t,p,q\n2024-01-01 00:00:00.5,10,3\n2024-01-01 00:00:00.5,11,1\n"},
      trades,
      createClock(trades.clock)
    );
    expect([[...ticks.last], [...ticks.volume], ticks.time[0]]).toEqual([[10, 11], [3, 1], Date.UTC(2024, 0, 1) + 500]);
  });
});
