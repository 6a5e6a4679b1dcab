import {describe, expect, it} from "vitest";
import {type Bar, toBarSeries} from "../../services/domain/bar.js";
import {firstRowSince, lastSession, lastSessionRow} from "../../services/domain/last-session.js";
import {parseIso} from "../../services/domain/time.js";
import {nse} from "./calendars.js";

const bar = (text: string): Bar => ({time: parseIso(text), open: 1, high: 1, low: 1, close: 1, volume: 1});
const friday = ["2024-10-04T09:59:00Z"].map(bar);
const monday = ["2024-10-07T03:45:00Z", "2024-10-07T03:46:00Z"].map(bar);

describe("lastSession", () => {
  it("gives the session that runs, and between sessions the one before", () => {
    expect(lastSession(nse, parseIso("2024-10-07T03:45:00Z"))!.date).toBe("2024-10-07");
    expect(lastSession(nse, parseIso("2024-10-07T03:44:59.999Z"))!.date).toBe("2024-10-04");
    expect(lastSession({...nse, weekdays: [], special: {}}, parseIso("2024-10-07T04:00:00Z"))).toBeUndefined();
  });
});

describe("lastSessionRow", () => {
  it("gives the row at which the last bar's session begins", () => {
    expect(lastSessionRow(toBarSeries([...friday, ...monday]), nse)).toBe(1);
    expect(lastSessionRow(toBarSeries(monday), nse)).toBe(0);
    expect(lastSessionRow(toBarSeries([]), nse)).toBe(0);
  });

  it("gives the first row since a moment, and the length where none is", () => {
    const bars = toBarSeries([...friday, ...monday]);
    expect(
      [friday[0]!.time, friday[0]!.time + 1, monday[1]!.time, monday[1]!.time + 1].map((since) =>
        firstRowSince(bars, since)
      )
    ).toEqual([0, 1, 2, 3]);
  });

  it("gives the last row where the calendar knows no session", () => {
    expect(lastSessionRow(toBarSeries(monday), {...nse, weekdays: [], special: {}})).toBe(1);
  });
});
