import {readFileSync} from "node:fs";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {sessionOn, sessionsBetween} from "../../../services/domain/calendar.js";
import {parseCalendars} from "../../../services/sources/settings/calendars.js";
import {loadSettings} from "../../../services/sources/settings/load-settings.js";
import {resolveReference} from "../../../services/sources/settings/reference.js";
import {SettingsError} from "../../../services/sources/settings/settings-error.js";
import {hostileText} from "../../acceptance/hostile-text.js";
import {fuzz, fuzzMs} from "../runs.js";

const {calendars} = loadSettings({path: "data/demo.yaml", env: {}}).site;

describe("resolveReference", () => {
  const at = (env: Record<string, string>) => resolveReference({env: "A_TOKEN"}, "sources.a.token", "s.yaml", env);
  it("reads the environment and names the variable that is missing", () => {
    expect(at({A_TOKEN: "x"})).toBe("x");
    expect(() => at({})).toThrow(/sources\.a\.token: found no environment variable A_TOKEN; set A_TOKEN/);
    expect(resolveReference({env: "B", default: "d"}, "k", "s.yaml", {})).toBe("d");
  });
});

describe("parseCalendars", () => {
  it(
    "ends every hostile text with a SettingsError that names the file, or with calendars that can be asked",
    () => {
      const good = readFileSync("data/reference/calendars.yaml", "utf8").split("\n").slice(0, 60).join("\n");
      let [refused, read] = [0, 0];
      const own = ["zone: Mars/Olympus", "open: previous 25:00", '"24:01"', "2024-02-30", "__proto__: {}", "&a [*a]"];
      fc.assert(
        fc.property(hostileText(good, own), (text) => {
          try {
            const found = parseCalendars(text, "c.yaml");
            ++read;
            for (const calendar of Object.values(found))
              sessionsBetween(calendar, Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 8));
          } catch (error) {
            ++refused;
            expect(error).toBeInstanceOf(SettingsError);
            expect((error as SettingsError).message).toContain("c.yaml");
          }
        }),
        fuzz(12)
      );
      expect(Math.min(refused, read)).toBeGreaterThan(0);
    },
    fuzzMs
  );
});

describe("data/reference/calendars.yaml", () => {
  it("has the FX day from 17:00 to 17:00 New York, in summer and winter", () => {
    expect(sessionOn(calendars["fx"]!, "2024-01-15")).toMatchObject({
      open: Date.UTC(2024, 0, 14, 22),
      close: Date.UTC(2024, 0, 15, 22)
    });
    expect(sessionOn(calendars["fx"]!, "2024-07-15")).toMatchObject({
      open: Date.UTC(2024, 6, 14, 21),
      close: Date.UTC(2024, 6, 15, 21)
    });
    expect(sessionOn(calendars["fx"]!, "2024-12-25")).toBeUndefined();
  });

  it("has the NSE's Muhurat evening, Saturday and holidays", () => {
    const nse = calendars["nse"]!;
    expect(sessionOn(nse, "2019-01-02")).toMatchObject({
      open: Date.UTC(2019, 0, 2, 3, 45),
      close: Date.UTC(2019, 0, 2, 10)
    });
    expect(sessionOn(nse, "2023-11-12")).toMatchObject({
      open: Date.UTC(2023, 10, 12, 12, 45),
      close: Date.UTC(2023, 10, 12, 13, 45)
    });
    expect(sessionOn(nse, "2024-01-20")).toMatchObject({close: Date.UTC(2024, 0, 20, 10)});
    expect(sessionOn(nse, "2024-01-22")).toBeUndefined();
    expect(sessionsBetween(nse, Date.UTC(2023, 0, 2), Date.UTC(2026, 6, 16, 12))).toHaveLength(876);
  });

  it("names no weekend as a holiday and no holiday as special", () => {
    for (const {weekdays, holidays, special} of Object.values(calendars)) {
      expect(holidays.filter((date) => !weekdays.includes(new Date(date).getUTCDay()))).toEqual([]);
      expect(holidays.filter((date) => special[date] !== undefined)).toEqual([]);
      expect(holidays).toEqual([...new Set(holidays)].sort());
    }
  });
});
