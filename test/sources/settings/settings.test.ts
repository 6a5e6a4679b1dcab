import {mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {loadSettings, parseSettings} from "../../../services/sources/settings/load-settings.js";
import {SettingsError, type SettingsProblem} from "../../../services/sources/settings/settings-error.js";

const {calendars} = loadSettings({path: "data/demo.yaml", env: {}}).site;

const valid = `
title: Test
sources:
  bridge: {kind: mt5-bridge, url: "http://localhost:5001", clock: {zone: America/New_York, offsetHours: 7}}
  exports: {kind: mt5-files, folder: ./exports, clock: {zone: UTC, offsetHours: 0}}
  csv:
    kind: csv
    folder: ./india
    zone: Asia/Kolkata
    files: "nifty50_*_1min.csv"
    columns: [timeOfDayMs, open, high, low, close, volume]
    header: false
    date: "nifty50_(\\\\d{8})_1min"
  db: {kind: postgres, url: {env: DATABASE_URL}}
instruments:
  - {id: MT5:EURUSD, name: Euro, source: bridge, assetClass: fx, currency: USD, tickSize: 0.00001, contractSize: 100000, calendar: fx, live: true, timeframes: {1d: all, 1m: 60}}
  - {id: NSE:NIFTY, name: Nifty, source: csv, assetClass: index, currency: INR, tickSize: 0.05, calendar: nse, timeframes: {1m: all}}
accounts:
  - {id: alpha, name: Alpha, source: exports, currency: USD}
`;

function problems(text: string): readonly SettingsProblem[] {
  try {
    parseSettings(text, "/project/data/settings.yaml", calendars);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

const keysOf = (text: string) => problems(text).map(({key}) => key);

describe("loadSettings", () => {
  it("reads the demo: eight instruments, two accounts, no environment needed", () => {
    const {site, sources, bars, accounts, feeds} = loadSettings({path: "data/demo.yaml", env: {}});
    expect(site.instruments.map(({slug}) => slug)).toEqual([
      "EURUSD",
      "GBPUSD",
      "USDJPY",
      "XAUUSD",
      "US500",
      "INFY",
      "RELIANCE",
      "HDFCBANK"
    ]);
    expect(site.simulated).toBe(true);
    expect(Object.keys(sources)).toEqual(["mt5-a", "mt5-b", "kite", "store"]);
    expect(bars).toHaveLength(16);
    expect(bars[10]).toEqual({
      instrument: "NSE:INFY",
      source: "kite",
      symbol: "NSE:INFY",
      timeframe: "1m",
      historyDays: 60
    });
    expect(accounts.map(({source}) => source)).toEqual(["mt5-a", "mt5-b"]);
    expect(feeds.map(({source, listings}) => [source, listings.length])).toEqual([
      ["mt5-a", 4],
      ["kite", 3]
    ]);
  });

  it("takes TAPEBOOK_SETTINGS, and says so when the file is not there", () => {
    const path = join(mkdtempSync(join(tmpdir(), "tapebook-")), "my.yaml");
    expect(() => loadSettings({env: {TAPEBOOK_SETTINGS: path}})).toThrow(/my\.yaml: found no file .*ENOENT.*copy/);
    writeFileSync(path, valid);
    expect(loadSettings({env: {TAPEBOOK_SETTINGS: path}}).site.title).toBe("Test");
  });

  it("reads the example that is there to be copied", () => {
    expect(loadSettings({path: "data/settings.example.yaml", env: {}}).site.instruments.length).toBeGreaterThan(0);
  });
});

describe("parseSettings", () => {
  it("sorts timeframes, defaults symbols and policy, and resolves folders beside the file", () => {
    const settings = parseSettings(valid, "/project/data/settings.yaml", calendars);
    expect(settings.site.instruments[0]!.timeframes).toEqual(["1m", "1d"]);
    expect(settings.listings[0]!.symbol).toBe("EURUSD");
    expect(settings.site.accounts[0]!.policy.tradesPerDay).toBe(5);
    expect(settings.sources["exports"]).toMatchObject({folder: {value: "/project/data/exports"}});
    expect(settings.sources["csv"]).toMatchObject({clock: {zone: "Asia/Kolkata", offsetHours: 0}, priceDivisor: 1});
  });

  it("tells a page nothing of sources, symbols or addresses", () => {
    const {site} = parseSettings(valid, "/project/data/settings.yaml", calendars);
    expect(JSON.stringify(site)).not.toMatch(/localhost|bridge|exports|DATABASE/);
  });

  it("states all that is wrong at once, with key, line, what was found and what would do", () => {
    const wrong = valid
      .replace("offsetHours: 7", "offsetHours: seven")
      .replace("assetClass: fx", "assetClass: forex")
      .replace("zone: UTC", "zone: Mars/Base");
    expect(problems(wrong)).toEqual([
      {key: "sources.bridge.clock.offsetHours", found: '"seven"', remedy: "must be hours between -24 and 24", line: 4},
      {
        key: "sources.exports.clock.zone",
        found: '"Mars/Base"',
        remedy: "must be an IANA time zone, as Asia/Kolkata",
        line: 5
      },
      {
        key: "instruments[0].assetClass",
        found: '"forex"',
        remedy: "must be fx, metal, index, equity, crypto or future",
        line: 16
      }
    ]);
  });

  it("suggests the key that was meant", () => {
    expect(problems(valid.replace("tickSize: 0.05", "ticksize: 0.05"))).toContainEqual({
      key: "instruments[1].ticksize",
      found: "an unknown key",
      remedy: "did you mean tickSize?",
      line: 17
    });
    expect(problems(valid.replace("source: csv", "source: cvs"))).toMatchObject([
      {key: "instruments[1].source", found: '"cvs"', remedy: "did you mean csv?"}
    ]);
  });

  it("refuses a secret that is written down, and does not repeat it", () => {
    const wrong = valid.replace("url: {env: DATABASE_URL}", 'url: "postgres://joe:hunter2@db/x"');
    const found = problems(wrong);
    expect(found).toMatchObject([
      {key: "sources.db.url", remedy: "must be {env: NAME}, NAME in capitals as MT5_API_URL"}
    ]);
    expect(JSON.stringify(found)).not.toContain("hunter2");
    const inUrl = problems(valid.replace("http://localhost:5001", "http://joe:hunter2@localhost:5001"));
    expect(inUrl).toHaveLength(1);
    expect(JSON.stringify(inUrl)).not.toContain("hunter2");
  });

  it.each([
    ["two instruments of one slug", valid.replace("NSE:NIFTY", "NSE:eurusd"), ["instruments[1].id"]],
    [
      "two accounts of one id",
      `${valid}  - {id: alpha, name: B, source: exports, currency: USD}\n`,
      ["accounts[1].source", "accounts[1].id"]
    ],
    ["an account on a source without accounts", valid.replace("source: exports", "source: db"), ["accounts[0].source"]],
    [
      "a live instrument on files",
      valid.replace("calendar: nse,", "calendar: nse, live: true,"),
      ["instruments[1].live"]
    ],
    ["an unknown calendar", valid.replace("calendar: nse", "calendar: bse"), ["instruments[1].calendar"]],
    ["a timeframe that the bridge has not", valid.replace("1d: all", "3m: all"), ["instruments[0].timeframes"]],
    ["a CSV source without a zone", valid.replace("    zone: Asia/Kolkata\n", ""), ["sources.csv.zone"]],
    ["time of day without a date", valid.replace(/ {4}date: .*\n/, ""), ["sources.csv.columns"]],
    ["columns without prices", valid.replace("open, high, low, close, volume", "open, high"), ["sources.csv.columns"]],
    ["days of history that are none", valid.replace("1m: 60", "1m: 0"), ["instruments[0].timeframes.1m"]],
    ["a kind that does not exist", valid.replace("kind: postgres", "kind: mysql"), ["sources.db.kind"]],
    ["days of ticks that are none", valid.replace("live: true,", "ticks: 0,"), ["instruments[0].ticks"]],
    [
      "all ticks of a bridge, which keeps its last",
      valid.replace("live: true,", "ticks: all,"),
      ["instruments[0].ticks"]
    ],
    ["ticks of files of bars", valid.replace("calendar: nse,", "calendar: nse, ticks: all,"), ["instruments[1].ticks"]],
    [
      "ticks of a database of bars",
      valid.replace("source: csv", "source: db").replace("calendar: nse,", "calendar: nse, ticks: 5,"),
      ["instruments[1].ticks"]
    ],
    ["an instrument without a venue", valid.replace("id: MT5:EURUSD", "id: EURUSD"), ["instruments[0].id"]]
  ])("refuses %s", (_, text, keys) => {
    expect(keysOf(text)).toEqual(keys);
  });

  it("takes the days of ticks beside the timeframes, and shows no page of them", () => {
    const text = valid.replace("live: true,", "live: true, ticks: 3,");
    const {ticks, site} = parseSettings(text, "/project/data/settings.yaml", calendars);
    expect(ticks).toEqual([{instrument: "MT5:EURUSD", source: "bridge", symbol: "EURUSD", historyDays: 3}]);
    expect(site.instruments[0]).not.toHaveProperty("ticks");
    expect(problems(valid.replace("calendar: nse,", "calendar: nse, ticks: all,"))).toMatchObject([
      {found: '"all"', remedy: "must be left out: the files of its source hold bars"}
    ]);
  });

  it("wants {symbol} in the files of a CSV source that several instruments use", () => {
    const second =
      "  - {id: NSE:BANK, name: Bank, source: csv, assetClass: index, currency: INR, tickSize: 0.05, calendar: nse, timeframes: {1m: all}}\naccounts:";
    expect(keysOf(valid.replace("accounts:", second))).toEqual(["sources.csv.files"]);
  });

  it.each([
    ["a bomb of aliases", "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b]", /alias/],
    ["a duplicate key", `title: a\ntitle: b\n${valid}`, /unique/],
    ["__proto__", "__proto__: {polluted: true}\n", /__proto__/],
    ["a nested __proto__", "sources:\n  __proto__: {kind: postgres}\n", /__proto__/],
    ["a tag", "title: !!js/function 'x'\n", /tag/],
    ["a key that is a list", "? [a, b]\n: c\n", /not a text/],
    ["a broken line", "title: [a\nx: }", /invalid YAML/],
    ["a text alone", "hello", /must be a mapping/],
    ["nothing", "", /must be a mapping/],
    ["a tower of brackets", "[".repeat(100_000), /YAML/],
    ["a file too long", "#".repeat(2_000_000), /characters/]
  ])("refuses %s", (_, text, message) => {
    const found = problems(text);
    expect(found.map(({found, remedy}) => `${found} ${remedy}`).join()).toMatch(message);
    expect(({} as {polluted?: boolean}).polluted).toBeUndefined();
  });

  it("ends every hostile text with a SettingsError or settings, never otherwise", () => {
    const lines = valid.split("\n");
    const piece = fc.oneof(
      fc.constantFrom(...lines, "  __proto__: 1", "&a [*a]", "!!binary x", "- - - -", "? ?", "<<: *x", "|", ">", "\t"),
      fc.string({unit: "binary", maxLength: 30})
    );
    const text = fc.oneof(
      fc.array(piece, {maxLength: 40, size: "max"}).map((parts) => parts.join("\n")),
      fc
        .tuple(fc.nat(valid.length), fc.nat(40), fc.string({maxLength: 20}))
        .map(([start, length, insert]) => valid.slice(0, start) + insert + valid.slice(start + length))
    );
    fc.assert(
      fc.property(text, (value) => void problems(value)),
      {seed: 11, numRuns: process.env["TAPEBOOK_VERIFY"] ? 10_000 : 300}
    );
  });
});
