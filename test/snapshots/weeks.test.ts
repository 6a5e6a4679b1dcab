import {describe, expect, it} from "vitest";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import {parseIso} from "../../services/domain/time.js";
import type {Timeframe} from "../../services/domain/timeframe.js";
import {assessBars} from "../../services/snapshots/quality.js";
import {calendars} from "./calendars.js";
import {sampleBars} from "./samples.js";

const {fx, nse} = calendars;

function assessAt(times: readonly string[], timeframe: Timeframe, calendar: TradingCalendar) {
  const bars = sampleBars(times.length);
  bars.time.set(times.map(parseIso));
  return assessBars(bars, timeframe, calendar);
}

// MetaTrader on New York + 7 opens a week on Sunday 00:00, which is Saturday 17:00 in New York.
const fxWeeks = ["2024-02-24T22", "2024-03-02T22", "2024-03-09T22", "2024-03-16T21", "2024-03-23T21", "2024-03-30T21"];
const fxMonths = ["2023-10-31T21", "2023-11-30T22", "2023-12-31T22", "2024-01-31T22", "2024-02-29T22", "2024-03-31T21"];
const nseMonths = ["2018-12-31T18:30", "2019-01-31T18:30", "2019-02-28T18:30", "2019-03-31T18:30"];
const whole = (hours: readonly string[]) => hours.map((text) => `${text}${text.includes(":") ? "" : ":00"}:00Z`);

describe("weeks and months", () => {
  it.each([
    ["FX weeks over a change of the clock", fxWeeks, "1w", fx],
    ["FX months, of which some begin on a weekend", fxMonths, "1mo", fx],
    ["months of India", nseMonths, "1mo", nse]
  ] as const)("%s raise nothing where all are there", (_, hours, timeframe, calendar) => {
    const {gaps, offSession} = assessAt(whole(hours), timeframe, calendar);
    expect({gaps, closedDay: offSession.closedDay}).toEqual({gaps: [], closedDay: 0});
  });

  it("two weeks missing one after the other are one gap, from the first opening to the last close", () => {
    const {gaps} = assessAt(whole(fxWeeks.filter((_, i) => i !== 2 && i !== 3)), "1w", fx);
    expect(gaps).toEqual([
      {start: parseIso("2024-03-10T21:00:00Z"), end: parseIso("2024-03-22T21:00:00Z"), missing: 2}
    ]);
  });

  it("a missing month is a gap", () => {
    const {gaps} = assessAt(whole(nseMonths.filter((_, i) => i !== 1)), "1mo", nse);
    expect(gaps).toEqual([
      {start: parseIso("2019-02-01T03:45:00Z"), end: parseIso("2019-02-28T10:00:00Z"), missing: 1}
    ]);
  });

  it("a week in which the venue never opened is none", () => {
    const shut = {...nse, holidays: ["2019-01-07", "2019-01-08", "2019-01-09", "2019-01-10", "2019-01-11"]};
    expect(assessAt(["2018-12-30T18:30:00Z", "2019-01-13T18:30:00Z"], "1w", shut).gaps).toEqual([]);
    expect(assessAt(["2018-12-30T18:30:00Z", "2019-01-13T18:30:00Z"], "1w", nse).gaps).toMatchObject([{missing: 1}]);
  });

  it("bars of several weeks are not compared", () => {
    expect(assessAt(["2019-01-07T03:45:00Z", "2019-03-04T03:45:00Z"], "2w", nse).gaps).toEqual([]);
  });
});
