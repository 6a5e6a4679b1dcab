import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {formatDuration} from "../../components/format/duration.js";
import {formatEstimate} from "../../components/format/estimate.js";
import {formatFraction} from "../../components/format/fraction.js";
import {formatMoment, formatSessionDate, formatSpan, formatZoned, zoneName} from "../../components/format/moment.js";
import {formatAmount, formatMoney} from "../../components/format/money.js";
import {formatNumber, formatShort} from "../../components/format/number.js";
import {formatPrice} from "../../components/format/price.js";

const thin = "\u202f";
const minus = "\u2212";
const kolkata = {zone: "Asia/Kolkata", locale: "en-GB"};

describe("formatNumber", () => {
  it("parts thousands with thin spaces, where the locale parts them", () => {
    expect(formatNumber(2339635, {decimals: 0})).toBe(`2${thin}339${thin}635`);
    expect(formatNumber(2339635, {decimals: 0, locale: "en-IN"})).toBe(`23${thin}39${thin}635`);
  });

  it("writes a true minus, and a plus only when asked", () => {
    expect(formatNumber(-1.5)).toBe(`${minus}1.5`);
    expect(formatNumber(1.5, {signed: true})).toBe("+1.5");
  });

  it("gives no sign to what rounds to zero", () => {
    expect(formatNumber(-0.001, {decimals: 2})).toBe("0.00");
    expect(formatNumber(0.001, {decimals: 2, signed: true})).toBe("0.00");
    expect(formatNumber(-0)).toBe("0");
  });

  it.each(["en-GB", "en-IN", "de-DE", "de-CH", "es-ES", "sv-SE", "fa-IR", "ar-EG", "pl-PL"])(
    "puts our marks for those of %s, and leaves the rest as it stands",
    (locale) => {
      const format = new Intl.NumberFormat(locale, {minimumFractionDigits: 2, maximumFractionDigits: 2});
      const marks: Readonly<Record<string, string>> = {group: thin, minusSign: minus};
      const byParts = (value: number) => format.formatToParts(value).map(({type, value}) => marks[type] ?? value);
      fc.assert(
        fc.property(
          fc.double({min: -1e9, max: 1e9, noNaN: true}).filter((value) => Math.abs(value) >= 0.01),
          (value) => formatNumber(value, {locale, decimals: 2}) === byParts(value).join("")
        ),
        {seed: 20240103, numRuns: 200}
      );
    }
  );

  it("shows a dash for what is not a number", () => {
    for (const value of [undefined, NaN, Infinity, -Infinity]) expect(formatNumber(value)).toBe("–");
  });

  it("says the value it was given, to its decimals", () => {
    const numbers = fc.double({min: -1e12, max: 1e12, noNaN: true});
    fc.assert(
      fc.property(numbers, fc.integer({min: 0, max: 5}), (value, decimals) => {
        const read = Number(formatNumber(value, {decimals}).replaceAll(thin, "").replace(minus, "-"));
        expect(Math.abs(read - value)).toBeLessThanOrEqual(0.5 * 10 ** -decimals + Math.abs(value) * 1e-12);
      }),
      {seed: 7, numRuns: 300}
    );
  });

  it("refuses a locale that is none", () => {
    expect(() => formatNumber(1, {locale: "not a locale"})).toThrow(RangeError);
  });
});

describe("formatShort", () => {
  it("names thousands and millions", () => {
    expect([0, 999, 1500, 1_250_000, -2.5e9].map((value) => formatShort(value))).toEqual([
      "0",
      "999",
      `1.5${thin}k`,
      `1.25${thin}M`,
      `${minus}2.5${thin}G`
    ]);
  });
});

describe("prices, money and fractions", () => {
  it("shows a price with the decimals of its tick", () => {
    expect(formatPrice(1.16, 0.00001)).toBe("1.16000");
    expect(formatPrice(1642.5, 0.05)).toBe(`1${thin}642.50`);
    expect(formatPrice(undefined, 0.01)).toBe("–");
    expect(() => formatPrice(1, 0)).toThrow("invalid tick size: 0");
  });

  it("shows money to the currency's smallest unit", () => {
    expect(formatMoney({minor: -166538, currency: "USD"})).toBe(`${minus}1${thin}665.38`);
    expect(formatMoney({minor: 5000, currency: "JPY"}, {signed: true})).toBe(`+5${thin}000`);
    expect(formatAmount(12.3456, "KWD")).toBe("12.346");
    expect(formatMoney(undefined)).toBe("–");
  });

  it("turns a fraction into per cent with its sign", () => {
    expect(formatFraction(-0.01234)).toBe(`${minus}1.2${thin}%`);
    expect(formatFraction(0.5, {signed: true, decimals: 0})).toBe(`+50${thin}%`);
    expect(formatFraction(NaN)).toBe("–");
  });
});

describe("formatDuration", () => {
  it("keeps the two largest units", () => {
    const cases: [number, string][] = [
      [500, `0.5${thin}s`],
      [45_000, `45${thin}s`],
      [660_000, `11${thin}min`],
      [5_400_000, `1${thin}h 30${thin}min`],
      [273_600_000, `3${thin}d 4${thin}h`],
      [-660_000, `${minus}11${thin}min`]
    ];
    for (const [durationMs, text] of cases) expect(formatDuration(durationMs)).toBe(text);
  });

  it("carries when it rounds: 59 min 59.7 s is an hour", () => {
    expect(formatDuration(3_599_700)).toBe(`1${thin}h`);
    expect(formatDuration(86_390_000)).toBe(`1${thin}d`);
  });

  it("never says sixty of a unit", () => {
    fc.assert(
      fc.property(fc.integer({min: 10_000, max: 4e9}), (durationMs) => {
        expect(formatDuration(durationMs)).not.toMatch(/\b(60|24)\u202f(s|min|h)\b(?<!24\u202f(s|min))/);
      }),
      {seed: 7, numRuns: 500}
    );
  });
});

describe("moments", () => {
  const open = Date.UTC(2019, 0, 2, 3, 45);

  it("are shown on the wall clock of the zone, which is named where the line stands alone", () => {
    expect(formatMoment(open, "minute", kolkata)).toBe("2 Jan 2019, 09:15");
    expect(formatZoned(open, {zone: "Asia/Kolkata", locale: "en-IN"})).toBe("2 Jan 2019, 09:15\u00a0IST");
    expect(formatZoned(open, {zone: "America/New_York", locale: "en-US"})).toMatch(/22:45\u00a0EST$/);
  });

  it("say a day once in a span", () => {
    expect(formatSpan(open, open + 374 * 60_000, kolkata)).toBe("2 Jan 2019, 09:15 to 15:29");
    expect(formatSpan(open, open + 86_400_000, kolkata, "date")).toBe("2 Jan 2019 to 3 Jan 2019");
  });

  it("leave a session's date as the venue names it", () => {
    expect(formatSessionDate("2019-01-02", {locale: "en-GB"})).toBe("2 Jan 2019");
    expect(formatSessionDate(undefined)).toBe("–");
  });

  it("that are missing are a dash, and an unknown zone is refused", () => {
    expect(formatMoment(null, "minute", kolkata)).toBe("–");
    expect(() => formatMoment(open, "minute", {zone: "Mars/Olympus"})).toThrow(RangeError);
  });
});

describe("formatEstimate", () => {
  it("gives figure, interval and n by one formatter", () => {
    const estimate = {value: 11, n: 1214, low: 6, high: 17, level: 0.95};
    expect(formatEstimate(estimate, (value) => formatNumber(value, {decimals: 1}))).toEqual({
      figure: "11.0",
      interval: `95${thin}%: 6.0 to 17.0`,
      n: `n${thin}=${thin}1${thin}214`,
      reason: undefined
    });
  });

  it("gives the reason in place of a value, and no interval", () => {
    const text = formatEstimate({value: undefined, n: 3, low: 1, high: 2, reason: "fewer than 30"}, String);
    expect(text).toEqual({figure: "–", interval: undefined, n: `n${thin}=${thin}3`, reason: "fewer than 30"});
  });
});

describe("createFormats", () => {
  it("binds one locale and zone", () => {
    const format = createFormats({zone: "Asia/Kolkata", locale: "en-IN"});
    expect(format.count(30203)).toBe(`30${thin}203`);
    expect(format.count(2339635)).toBe(`23${thin}39${thin}635`);
    expect(format.amount(1665.38, "USD")).toBe(`1${thin}665.38`);
    expect(format.zoned(0)).toBe("1 Jan 1970, 05:30\u00a0IST");
  });
});

describe("zoneName", () => {
  it("follows the clock through a year, and is had for any moment there is", () => {
    const london = {zone: "Europe/London", locale: "en-GB"};
    const change = Date.UTC(2024, 2, 31, 1);
    expect([change - 1, change, change - 1].map((time) => zoneName(time, london))).toEqual(["GMT", "BST", "GMT"]);
    expect(zoneName(Date.UTC(2300, 0, 1), london)).toBe("GMT");
    expect(zoneName(Date.UTC(1850, 0, 1), london)).toMatch(/^GMT/);
  });
});
