import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, it} from "vitest";
import {resampleBars} from "../../services/analytics/bars/resample-bars.js";
import {type BarSeries, toBarSeries, toBars} from "../../services/domain/bar.js";
import {sessionMinutes, sessionOn, type TradingCalendar} from "../../services/domain/calendar.js";
import {formatIso, HOUR_MS, MINUTE_MS, parseIso} from "../../services/domain/time.js";
import {toWall} from "../../services/domain/zone.js";
import {assessBars} from "../../services/snapshots/quality.js";
import {createCsvSource} from "../../services/sources/files/csv-source.js";
import {checkClock} from "../../services/sources/mt5/clock-check.js";
import {parseCalendars} from "../../services/sources/settings/calendars.js";
import {loadSettings} from "../../services/sources/settings/load-settings.js";
import type {CsvSettings} from "../../services/sources/settings/source-settings.js";

const {nse} = loadSettings({path: "data/demo.yaml", env: {}}).site.calendars as {nse: TradingCalendar};
const {fx: halfDay} = parseCalendars(
  `fx:
  zone: America/New_York
  open: previous 17:00
  close: "17:00"
  weekdays: [1, 2, 3, 4, 5]
  special:
    2024-11-29: {open: previous 17:00, close: "13:00"}
`,
  "calendars.yaml"
) as {fx: TradingCalendar};
const folder = mkdtempSync(join(tmpdir(), "tapebook-special-"));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** Minutes of a range, as a third party writes them: wall times without a zone; read back through the source. */
async function readBack(times: readonly number[], zone: string): Promise<BarSeries> {
  const line = (time: number, i: number) =>
    `${formatIso(toWall(zone, time)).slice(0, 19).replace("T", " ")},${100 + i},${101 + i},${99 + i},${100 + i},${i + 1}\n`;
  writeFileSync(join(folder, "bars.csv"), times.map(line).join(""));
  const settings: CsvSettings = {
    ...{kind: "csv", folder: {value: ""}, files: "bars.csv", separator: ",", priceDivisor: 1, header: false},
    ...{clock: {zone, offsetHours: 0}, columns: ["time", "open", "high", "low", "close", "volume"]}
  };
  const source = createCsvSource({folder, settings, calendarOf: () => undefined}, {now: () => 0});
  const request = {instrument: "X:X", symbol: "", timeframe: "1m", start: 0, end: Date.UTC(2100, 0, 1)} as const;
  return (await source.bars(request)).bars;
}

function minutesOf(calendar: TradingCalendar, date: string): number[] {
  const session = sessionOn(calendar, date)!;
  return Array.from({length: sessionMinutes(session)}, (_, i) => session.open + i * MINUTE_MS);
}

describe.each([
  ["a Muhurat evening", nse, "2024-11-01", "2024-11-01T12:30Z", 60],
  ["a Muhurat evening on a Sunday", nse, "2023-11-12", "2023-11-12T12:45Z", 60],
  ["a full session on a Saturday", nse, "2024-01-20", "2024-01-20T03:45Z", 375],
  ["a short session on a Saturday", nse, "2024-03-02", "2024-03-02T03:45Z", 195],
  ["a half day before a holiday", halfDay, "2024-11-29", "2024-11-28T22:00Z", 20 * 60]
] as const)("%s", (_, calendar, date, open, minutes) => {
  const times = minutesOf(calendar, date);

  it(`opens at ${open}, has ${minutes} minutes and is one day, whole, with nothing to be said of it`, async () => {
    const bars = await readBack(times, calendar.zone);
    expect([bars.time[0], bars.length]).toEqual([parseIso(open), minutes]);
    const quality = assessBars(bars, "1m", calendar);
    expect(quality).toEqual({
      ...{coverage: [{date, found: minutes, expected: minutes}], gaps: [], warnings: []},
      offSession: {preOpen: 0, postClose: 0, closedDay: 0}
    });
    const day = resampleBars(bars, "1d", calendar, {asOf: bars.time.at(-1)! + HOUR_MS});
    expect(toBars(day)).toEqual([
      {
        ...{time: parseIso(open), open: bars.open[0], close: bars.close.at(-1)},
        high: Math.max(...bars.high),
        low: Math.min(...bars.low),
        volume: (minutes * (minutes + 1)) / 2
      }
    ]);
    expect(day.lastIsPartial).toBe(false);
  });

  it("that lacks some minutes, and has some beyond its hours, is told so", async () => {
    const close = times.at(-1)! + MINUTE_MS;
    const bars = await readBack([...times.slice(0, 20), ...times.slice(27), close, close + MINUTE_MS], calendar.zone);
    const {gaps, offSession, coverage} = assessBars(bars, "1m", calendar);
    expect(gaps).toEqual([{start: times[20], end: times[27], missing: 7}]);
    expect(offSession).toEqual({preOpen: 0, postClose: 2, closedDay: 0});
    expect(coverage).toEqual([{date, found: minutes - 7, expected: minutes}]);
  });
});

it("a half day at the end of a week is no sign of a wrong clock; an hour traded beyond the usual close is", () => {
  const rule = {zone: "America/New_York", offsetHours: 7};
  const check = (times: readonly number[]) => () =>
    checkClock(times, {rule, calendar: halfDay, name: "x", rowMs: MINUTE_MS});
  const week = ["2024-11-27", "2024-11-28", "2024-11-29", "2024-12-02"].flatMap((date) => minutesOf(halfDay, date));
  expect(check(week)).not.toThrow();
  const usual = {...halfDay, special: {}};
  const late = minutesOf(usual, "2024-11-29").map((time) => time + HOUR_MS);
  expect(check([...minutesOf(usual, "2024-11-28"), ...late])).toThrow(/disagree with the clock rule/);
});

it("bars at the usual hours of a day whose session is an evening are not taken for it", () => {
  const {open} = sessionOn(nse, "2024-10-31")!;
  const morning = Array.from({length: 30}, (_, i) => open + 24 * HOUR_MS + i * MINUTE_MS);
  const bars = toBarSeries(morning.map((time) => ({time, open: 1, high: 1, low: 1, close: 1, volume: 1})));
  expect(assessBars(bars, "1m", nse).offSession).toEqual({preOpen: 30, postClose: 0, closedDay: 0});
});
