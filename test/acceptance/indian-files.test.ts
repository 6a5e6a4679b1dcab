import {readdirSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {sessionOn, sessionsBetween} from "../../services/domain/calendar.js";
import {DAY_MS, formatDate, formatIso} from "../../services/domain/time.js";
import type {Timeframe} from "../../services/domain/timeframe.js";
import {dayIn} from "../../services/domain/zone.js";
import {assessBars} from "../../services/snapshots/quality.js";
import {createCsvSource} from "../../services/sources/files/csv-source.js";
import {loadSettings} from "../../services/sources/settings/load-settings.js";
import type {CsvSettings} from "../../services/sources/settings/source-settings.js";
import {hasShared, readSharedRows, sharedPath} from "../shared-data.js";

const isThere = hasShared("india/nifty_daily.csv");
const nse = loadSettings({path: "data/demo.yaml", env: {}}).site.calendars["nse"]!;
const files = isThere ? readdirSync(sharedPath("india")).sort() : [];
const named = {time: "timestamp", open: "open", high: "high", low: "low", close: "close", volume: "volume"};

async function read(file: string, timeframe: Timeframe, settings: Partial<CsvSettings>) {
  const source = createCsvSource(
    {
      folder: sharedPath("india"),
      settings: {
        ...{kind: "csv", folder: {value: ""}, files: file, separator: ",", priceDivisor: 1},
        ...{header: true, columns: named, clock: {zone: "UTC", offsetHours: 0}},
        ...settings
      },
      calendarOf: () => nse
    },
    {now: () => 0}
  );
  return source.bars({instrument: "NSE:X", symbol: "", timeframe, start: 0, end: Date.UTC(2100, 0, 1)});
}

/** The file's own rows as numbers, read without the project's parser. */
const cellsOf = (file: string) =>
  readSharedRows(`india/${file}`)
    .filter(([first = ""]) => /^\d/.test(first))
    .map((row) => row.slice(1).map(Number));

describe.skipIf(!isThere)("every file of Indian candles", () => {
  it("is one of three kinds, and none is left out below", () => {
    expect(files.filter((file) => !/_(1min|5min|daily)\.csv$/.test(file))).toEqual([]);
    expect(files.length).toBeGreaterThanOrEqual(18);
  });

  it.each(files.filter((file) => file.endsWith("_daily.csv")))(
    "%s: a day stamped 18:30 UTC is the next day in India, and each is a session of the NSE",
    async (file) => {
      const {bars, warnings, duplicateTimes} = await read(file, "1d", {});
      const cells = cellsOf(file);
      expect({length: bars.length, warnings, duplicateTimes}).toEqual({
        ...{length: cells.length, warnings: [], duplicateTimes: []}
      });
      cells.forEach((row, i) => {
        expect([bars.open[i], bars.high[i], bars.low[i], bars.close[i], bars.volume[i]]).toEqual(row);
        const date = formatDate(dayIn("Asia/Kolkata", bars.time[i]!));
        expect(formatIso(bars.time[i]!).slice(11, 16)).toBe("18:30");
        expect(date).toBe(formatDate(Math.floor(bars.time[i]! / DAY_MS) + 1));
        expect([date, sessionOn(nse, date) !== undefined]).toEqual([date, true]);
      });
      const {gaps, offSession} = assessBars(bars, "1d", nse);
      expect({gaps, offSession}).toEqual({gaps: [], offSession: {preOpen: 0, postClose: 0, closedDay: 0}});
      expect(sessionsBetween(nse, bars.time[0]! + DAY_MS / 4, bars.time.at(-1)! + DAY_MS)).toHaveLength(bars.length);
    }
  );

  it.each(files.filter((file) => file.endsWith("_5min.csv")))(
    "%s: 03:45 UTC is 09:15 in India, and each session has its 75 bars",
    async (file) => {
      const {bars} = await read(file, "5m", {});
      const cells = cellsOf(file);
      expect(bars.length).toBe(cells.length);
      cells.forEach((row, i) => {
        expect([bars.open[i], bars.high[i], bars.low[i], bars.close[i], bars.volume[i]]).toEqual(row);
      });
      const {gaps, offSession, coverage} = assessBars(bars, "5m", nse);
      // the indices have a closing row of 15:30 on some days
      const closing = readSharedRows(`india/${file}`).filter(([time = ""]) => time.slice(11) >= "10:00").length;
      expect({gaps, offSession}).toEqual({gaps: [], offSession: {preOpen: 0, postClose: closing, closedDay: 0}});
      expect(coverage.map(({found, expected}) => [found, expected])).toEqual(coverage.map(() => [75, 75]));
      expect(formatIso(bars.time[0]!).slice(11, 16)).toBe("03:45");
    }
  );

  it.each(files.filter((file) => file.endsWith("_1min.csv")))(
    "%s: 375 minutes, one row before the open, the rest after the close, from midnight in India",
    async (file) => {
      const {bars} = await read(file, "1m", {
        ...{header: false, date: "nifty50_(\\d{8})_1min", clock: {zone: "Asia/Kolkata", offsetHours: 0}},
        columns: ["timeOfDayMs", "open", "high", "low", "close", "volume"]
      });
      const {gaps, offSession, coverage} = assessBars(bars, "1m", nse);
      const [, text = ""] = /_(\d{8})_/.exec(file) ?? [];
      const date = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
      expect(coverage).toEqual([{date, found: 375, expected: 375}]);
      expect(gaps).toEqual([]);
      expect(offSession).toEqual({preOpen: 1, postClose: bars.length - 376, closedDay: 0});
      expect(bars.length).toBe(cellsOf(file).length);
    }
  );
});
