import {describe, expect, it} from "vitest";
import {sessionsBetween, type TradingCalendar} from "../../../services/domain/calendar.js";
import {HOUR_MS, MINUTE_MS} from "../../../services/domain/time.js";
import {createClock} from "../../../services/sources/mt5/clock.js";
import {clockChanges, clockEvidence, dealClockEvidence} from "../../../services/sources/mt5/inspect-clock.js";
import {loadSettings} from "../../../services/sources/settings/load-settings.js";
import {deal, deposit} from "../../analytics/performance/deal-builder.js";

const {fx, nse} = loadSettings({path: "data/demo.yaml", env: {}}).site.calendars as Record<string, TradingCalendar>;
const newYork = {zone: "America/New_York", offsetHours: 7};
const athens = {zone: "Europe/Athens", offsetHours: 0};
const [autumn, winter] = [Date.UTC(2024, 9, 8), Date.UTC(2024, 10, 20)];

/** Opening times of every minute that the market has. */
const minutes = sessionsBetween(fx!, autumn, winter).flatMap(({open, close}) =>
  Array.from({length: (close - open) / MINUTE_MS}, (_, i) => open + i * MINUTE_MS)
);
const rows = (times: readonly number[], calendar = fx!) => ({dataset: "bars/X/1m", times, rowMs: MINUTE_MS, calendar});

describe("clockChanges", () => {
  it("finds both changes of both regions in each year, and what the server shows at them", () => {
    const changes = clockChanges(newYork, autumn, winter);
    expect(changes.map(({region, time}) => [region, new Date(time).toISOString()])).toEqual([
      ["United States", "2024-03-10T07:00:00.000Z"],
      ["European Union", "2024-03-31T01:00:00.000Z"],
      ["European Union", "2024-10-27T01:00:00.000Z"],
      ["United States", "2024-11-03T06:00:00.000Z"]
    ]);
    const [spring, , europe, fall] = changes;
    expect([spring!.aheadBeforeMs, spring!.aheadAtMs]).toEqual([2 * HOUR_MS, 3 * HOUR_MS]);
    expect([europe!.aheadBeforeMs, europe!.aheadAtMs]).toEqual([3 * HOUR_MS, 3 * HOUR_MS]);
    expect(new Date(fall!.wallBefore).toISOString()).toBe("2024-11-03T08:59:00.000Z");
    expect(new Date(fall!.wallAt).toISOString()).toBe("2024-11-03T08:00:00.000Z");
  });

  it("follows the rule's own zone", () => {
    const moved = clockChanges(athens, autumn, winter).filter(
      ({aheadBeforeMs, aheadAtMs}) => aheadBeforeMs !== aheadAtMs
    );
    expect(moved.map(({region}) => region)).toEqual(["European Union", "European Union"]);
  });
});

describe("clockEvidence", () => {
  it("shows the edges of every whole week, and which rules the same rows rule out", () => {
    const {weeks, fault, rivals} = clockEvidence(newYork, rows(minutes));
    expect(fault).toBeUndefined();
    expect(weeks.length).toBe(5); // from 8 October to 20 November, the two cut ones left out
    for (const {open, firstRow, close, lastEnd} of weeks) expect([firstRow, lastEnd]).toEqual([open, close]);
    expect(rivals).toContainEqual({rule: "Europe/Athens", fits: false});
  });

  it("names the contradiction where the rule is wrong", () => {
    const [server, reader] = [createClock(newYork), createClock(athens)];
    const misread = minutes.map((time) => reader.toUtc(server.fromUtc(time)));
    expect(clockEvidence(athens, rows(misread)).fault).toContain("America/New_York + 7 h would fit");
  });

  it("does not claim what a market without week's edges cannot show", () => {
    const evidence = clockEvidence(newYork, rows(minutes.slice(0, 10), nse!));
    expect(evidence).toMatchObject({weeks: [], rivals: [], note: "nse has no week's edge to hold a clock against"});
  });
});

describe("dealClockEvidence", () => {
  it("counts the deals it looked at, and names one that lies while its market was shut", () => {
    const [tuesday, saturday] = [Date.UTC(2024, 0, 2, 12), Date.UTC(2024, 0, 6, 2)].map((time) => time / 60_000) as [
      number,
      number
    ];
    const good = [deposit(1, 100), deal(tuesday, "buy", "in", 1, 1)];
    expect(dealClockEvidence(newYork, "deals/a", good, () => fx)).toEqual({
      dataset: "deals/a",
      weeks: [],
      rivals: [],
      note: "of 1 dealt, none may lie within 14 hours beyond the week of its market"
    });
    const bad = [...good, deal(saturday, "sell", "out", 1, 1)];
    expect(dealClockEvidence(newYork, "deals/a", bad, () => fx).fault).toContain("disagree with the clock rule");
  });
});
