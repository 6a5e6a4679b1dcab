import fc from "fast-check";
import {describe, expect, it, vi} from "vitest";
import {
  type Session,
  sessionAt,
  sessionMinutes,
  sessionOn,
  sessionsBetween,
  shiftDate,
  type TradingCalendar
} from "../../services/domain/calendar.js";
import {countOffSession, sessionPart} from "../../services/domain/session-rows.js";
import {formatIso, HOUR_MS, MINUTE_MS, parseIso} from "../../services/domain/time.js";
import {alwaysOpen, fx, nse} from "./calendars.js";

const at = (text: string) => parseIso(text);
const iso = (session: Session | undefined) =>
  session && [session.date, formatIso(session.open), formatIso(session.close)].join(" ");

describe("sessionOn", () => {
  it("gives the NSE its 375 minutes from 09:15", () => {
    const session = sessionOn(nse, "2019-01-02")!;
    expect(iso(session)).toBe("2019-01-02 2019-01-02T03:45:00.000Z 2019-01-02T10:00:00.000Z");
    expect(sessionMinutes(session)).toBe(375);
  });

  it("has none on a weekend or a holiday, save a special one", () => {
    expect(sessionOn(nse, "2024-10-05")).toBeUndefined();
    expect(sessionOn(nse, "2024-01-26")).toBeUndefined();
    expect(iso(sessionOn(nse, "2023-11-12"))).toBe("2023-11-12 2023-11-12T12:45:00.000Z 2023-11-12T13:45:00.000Z");
    expect(iso(sessionOn(nse, "2024-11-01"))).toBe("2024-11-01 2024-11-01T12:30:00.000Z 2024-11-01T13:30:00.000Z");
  });

  it("opens FX on the evening before, by New York's clock in summer and winter", () => {
    expect(iso(sessionOn(fx, "2024-01-08"))).toBe("2024-01-08 2024-01-07T22:00:00.000Z 2024-01-08T22:00:00.000Z");
    expect(iso(sessionOn(fx, "2024-07-08"))).toBe("2024-07-08 2024-07-07T21:00:00.000Z 2024-07-08T21:00:00.000Z");
  });

  it("is 23 or 25 hours long where the clock changes inside it", () => {
    const zoned = {...alwaysOpen, zone: "America/New_York"};
    const hours = (date: string) => sessionMinutes(sessionOn(zoned, date)!) / 60;
    expect(["2024-03-09", "2024-03-10", "2024-11-03"].map(hours)).toEqual([24, 23, 25]);
  });

  it("refuses hours that make no sense, naming the day", () => {
    const wrong = (hours: object) => () => sessionOn({...nse, ...hours}, "2024-10-01");
    expect(wrong({closeMinute: 500})).toThrow("invalid hours of nse on 2024-10-01: minute 555 to 500");
    expect(wrong({openMinute: NaN})).toThrow(RangeError);
    expect(wrong({openMinute: -1441})).toThrow(RangeError);
    expect(() => sessionOn(nse, "2024-02-30")).toThrow("invalid date: 2024-02-30");
  });

  it("does not take a property of every object for a special day", () => {
    expect(() => sessionOn(nse, "constructor")).toThrow(RangeError);
  });
});

describe("sessionAt", () => {
  it("names a moment's session, opening included and close not", () => {
    expect(sessionAt(nse, at("2019-01-02T03:44:59.999Z"))).toBeUndefined();
    expect(sessionAt(nse, at("2019-01-02T03:45:00Z"))?.date).toBe("2019-01-02");
    expect(sessionAt(nse, at("2019-01-02T09:59:59.999Z"))?.date).toBe("2019-01-02");
    expect(sessionAt(nse, at("2019-01-02T10:00:00Z"))).toBeUndefined();
  });

  it("gives FX moments to the date on which New York closes", () => {
    expect(sessionAt(fx, at("2024-01-07T21:59:59Z"))).toBeUndefined();
    expect(sessionAt(fx, at("2024-01-07T22:00:00Z"))?.date).toBe("2024-01-08");
    expect(sessionAt(fx, at("2024-01-08T21:59:59Z"))?.date).toBe("2024-01-08");
    expect(sessionAt(fx, at("2024-01-08T22:00:00Z"))?.date).toBe("2024-01-09");
    expect(sessionAt(fx, at("2024-01-12T22:00:00Z"))).toBeUndefined();
  });

  it("moves with the clock: the first evening after each change", () => {
    expect(sessionAt(fx, at("2024-03-10T20:59:59Z"))).toBeUndefined();
    expect(sessionAt(fx, at("2024-03-10T21:00:00Z"))?.date).toBe("2024-03-11");
    expect(sessionAt(fx, at("2024-11-03T21:59:59Z"))).toBeUndefined();
    expect(sessionAt(fx, at("2024-11-03T22:00:00Z"))?.date).toBe("2024-11-04");
  });

  it("knows a session that closes on the day after", () => {
    const night: TradingCalendar = {...nse, openMinute: 20 * 60, closeMinute: 26 * 60};
    expect(sessionAt(night, at("2019-01-02T20:29:59Z"))?.date).toBe("2019-01-02"); // 01:59 on the 3rd
    expect(sessionAt(night, at("2019-01-02T20:30:00Z"))).toBeUndefined();
  });

  it("agrees with the list of all sessions", () => {
    const start = at("2023-10-01T00:00:00Z");
    const end = at("2024-12-01T00:00:00Z");
    for (const calendar of [fx, nse, alwaysOpen]) {
      const sessions = sessionsBetween(calendar, start, end);
      fc.assert(
        fc.property(fc.integer({min: start, max: end - 1}), (time) => {
          const expected = sessions.find(({open, close}) => open <= time && time < close);
          expect(sessionAt(calendar, time)).toEqual(expected);
        }),
        {seed: 6, numRuns: 300}
      );
    }
  });

  it("asks the runtime seldom for hundreds of thousands of bars", () => {
    const start = at("2024-01-01T00:00:00Z");
    const asked = vi.spyOn(Intl.DateTimeFormat.prototype, "formatToParts");
    let open = 0;
    for (let i = 0; i < 500_000; ++i) if (sessionAt(nse, start + i * MINUTE_MS)) ++open;
    expect(open).toBe(247 * 375 + 60 + 95); // full sessions, Muhurat, and the last until 05:20 UTC
    expect(asked.mock.calls.length).toBeLessThan(400);
    asked.mockRestore();
  });
});

describe("sessionsBetween", () => {
  it("lists those that overlap, oldest first, without gap or overlap in a 24-hour market", () => {
    const week = sessionsBetween(fx, at("2024-01-07T22:00:00Z"), at("2024-01-12T22:00:00Z"));
    expect(week.map(({date}) => date)).toEqual(["2024-01-08", "2024-01-09", "2024-01-10", "2024-01-11", "2024-01-12"]);
    week.slice(1).forEach((session, i) => {
      expect(session.open).toBe(week[i]!.close);
    });
  });

  it("is half open at both ends", () => {
    const {open, close} = sessionOn(nse, "2019-01-02")!;
    expect(sessionsBetween(nse, close, close + HOUR_MS)).toEqual([]);
    expect(sessionsBetween(nse, open - HOUR_MS, open)).toEqual([]);
    expect(sessionsBetween(nse, open, open + 1)).toHaveLength(1);
    expect(() => sessionsBetween(nse, NaN, open)).toThrow("time out of range: NaN");
  });
});

describe("sessionPart", () => {
  it("tells pre-open and post-close rows from the session and from closed days", () => {
    const part = (text: string) => sessionPart(nse, at(text));
    expect(part("2019-01-02T03:37:00Z")).toBe("pre-open"); // 09:07
    expect(part("2019-01-02T03:45:00Z")).toBe("session");
    expect(part("2019-01-02T10:00:00Z")).toBe("post-close"); // 15:30
    expect(part("2024-01-26T05:00:00Z")).toBe("closed-day");
    expect(part("2024-11-01T05:00:00Z")).toBe("pre-open"); // the morning of a Muhurat evening
  });

  it("closes FX from Friday's to Sunday's 17:00", () => {
    const part = (text: string) => sessionPart(fx, at(text));
    expect(part("2024-01-12T22:00:00Z")).toBe("post-close");
    expect(part("2024-01-13T12:00:00Z")).toBe("closed-day");
    expect(part("2024-01-07T21:59:00Z")).toBe("closed-day");
    expect(part("2024-01-07T22:00:00Z")).toBe("session");
  });

  it("counts what lies outside", () => {
    const times = ["2019-01-02T03:37:00Z", "2019-01-02T03:45:00Z", "2019-01-02T10:00:00Z", "2019-01-05T05:00:00Z"].map(
      at
    );
    expect(countOffSession(nse, times)).toEqual({preOpen: 1, postClose: 1, closedDay: 1});
  });
});

it("shiftDate steps over months and leap days", () => {
  expect(shiftDate("2024-02-28", 1)).toBe("2024-02-29");
  expect(shiftDate("2024-01-01", -1)).toBe("2023-12-31");
});
