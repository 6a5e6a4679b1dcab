import {describe, expect, it} from "vitest";
import {resampleBars} from "../../../services/analytics/bars/resample-bars.js";
import {ticksToBars} from "../../../services/analytics/bars/ticks-to-bars.js";
import {type Bar, type BarSeries, toBarSeries, toBars} from "../../../services/domain/bar.js";
import type {TradingCalendar} from "../../../services/domain/calendar.js";
import {countOffSession} from "../../../services/domain/session-rows.js";
import {HOUR_MS, MINUTE_MS, parseIso} from "../../../services/domain/time.js";
import type {Timeframe} from "../../../services/domain/timeframe.js";
import {fromWall} from "../../../services/domain/zone.js";
import {alwaysOpen, fx, nse} from "../../domain/calendars.js";
import {hasShared, readSharedRows} from "../../shared-data.js";

describe.skipIf(!hasShared("resample/GBPUSDh1.csv"))("nine years of GBPUSD from a terminal", () => {
  /** The terminal's own clock, New York + 7 hours, so that its day closes at 17:00 in New York. */
  const brokerTime = (text: string) => fromWall("America/New_York", Date.parse(`${text}Z`) - 7 * HOUR_MS);
  const plainTime = (text: string) => Date.parse(`${text}Z`);

  it.each<[string, Timeframe, string, TradingCalendar, (text: string) => number]>([
    ["h4", "4h", "as UTC", alwaysOpen, plainTime],
    ["d1", "1d", "as UTC", alwaysOpen, plainTime],
    ["h4", "4h", "on the broker's clock, by FX sessions", fx, brokerTime],
    ["d1", "1d", "on the broker's clock, by FX sessions", fx, brokerTime]
  ])("h1 → %s (%s), read %s: no mismatch", (file, timeframe, _, calendar, timeOf) => {
    const made = resampleBars(readTerminal("h1", timeOf), timeframe, calendar);
    expect(made.offSession).toEqual({preOpen: 0, postClose: 0, closedDay: 0});
    const given = toBars(readTerminal(file, timeOf)).slice(1, -1);
    const first = made.time.indexOf(given[0]!.time);
    expect(toBars(made).slice(first, first + given.length)).toEqual(given);
    expect(given.length).toBe(file === "h4" ? 14_398 : 2_398);
  });

  function readTerminal(file: string, timeOf: (text: string) => number): BarSeries {
    const [, ...rows] = readSharedRows(`resample/GBPUSD${file}.csv`);
    return toBarSeries(
      rows.map(([date, ...cells]) =>
        toBar(timeOf(date!.length === 10 ? `${date}T00:00:00` : date!.replace(" ", "T")), cells)
      )
    );
  }
});

describe.skipIf(!hasShared("ticks/eurusd_20140501_tick.csv"))("a day of EURUSD ticks", () => {
  const start = parseIso("2014-05-01T00:00:00Z");
  const ticks = () =>
    readSharedRows("ticks/eurusd_20140501_tick.csv").map((row) => row.map(Number) as [number, number, number]);

  it.each([
    ["bid", 1],
    ["ask", 2]
  ] as const)("gives the given seconds and minutes of the %s, directly and by cascade", (_, side) => {
    const rows = ticks();
    const columns = {time: rows.map(([ms]) => start + ms), price: rows.map((row) => row[side])};
    const seconds = ticksToBars(columns, "1s", alwaysOpen);
    const minutes = ticksToBars(columns, "1m", alwaysOpen);
    expect(prices(seconds)).toEqual(readLean("second", side));
    expect(prices(minutes)).toEqual(readLean("minute", side));
    expect(minutes).toHaveLength(1_363);
    expect(toBars(resampleBars(seconds, "1m", alwaysOpen))).toEqual(toBars(minutes));
  });

  const prices = (bars: BarSeries) =>
    toBars(bars).map(({time, open, high, low, close}) => [time - start, open, high, low, close]);

  function readLean(file: string, side: 1 | 2): number[][] {
    const from = side === 1 ? 1 : 6;
    return readSharedRows(`ticks/eurusd_20140501_${file}.csv`).map((row) =>
      [row[0]!, ...row.slice(from, from + 4)].map(Number)
    );
  }
});

describe.skipIf(!hasShared("india/nifty50_20190102_1min.csv"))("minutes of the NIFTY 50", () => {
  it.each([
    ["20190101", 375],
    ["20190102", 375],
    ["20190103", 375],
    ["20190104", 375]
  ])("of %s hold %i session bars, the pre-open and close rows told apart", (date, session) => {
    const midnight = fromWall(
      "Asia/Kolkata",
      Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T00:00:00Z`)
    );
    const rows = readSharedRows(`india/nifty50_${date}_1min.csv`);
    const minutes = toBarSeries(rows.map(([ms, ...cells]) => toBar(midnight + Number(ms), cells)));
    const {preOpen, postClose, closedDay} = countOffSession(nse, minutes.time);
    expect(preOpen).toBe(1);
    expect(closedDay).toBe(0);
    expect(minutes.length - preOpen - postClose).toBe(session);
    const day = resampleBars(minutes, "1d", nse, {asOf: midnight + 24 * HOUR_MS});
    expect(day).toHaveLength(1);
    expect(day.time[0]).toBe(midnight + (9 * 60 + 15) * MINUTE_MS);
    expect(day.open[0]).toBe(minutes.open[1]);
    expect(resampleBars(minutes, "5m", nse)).toHaveLength(75);
    expect(day.lastIsPartial).toBe(false);
  });
});

function toBar(time: number, cells: readonly string[]): Bar {
  const [open, high, low, close, volume] = cells.map(Number) as [number, number, number, number, number];
  return {time, open, high, low, close, volume};
}
