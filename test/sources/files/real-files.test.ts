import {readFileSync} from "node:fs";
import {expect, it} from "vitest";
import type {TradeDeal} from "../../../services/domain/deal.js";
import {toAmount} from "../../../services/domain/money.js";
import {createCsvSource} from "../../../services/sources/files/csv-source.js";
import {decodeText} from "../../../services/sources/files/decode-text.js";
import {createMt5FileSource} from "../../../services/sources/files/mt5-file-source.js";
import {loadSettings} from "../../../services/sources/settings/load-settings.js";
import type {CsvSettings, FileSettings} from "../../../services/sources/settings/source-settings.js";
import {describeWithData, sharedData} from "../shared-data.js";

const {calendars} = loadSettings({path: "data/demo.yaml"}).site;
const all = {start: 0, end: Date.UTC(2100, 0, 1)};
const newYork = {zone: "America/New_York", offsetHours: 7};

function mt5Files(folder: string, settings: Partial<FileSettings> = {}) {
  return createMt5FileSource({
    folder: `${sharedData}/${folder}`,
    currency: "USD",
    settings: {
      kind: "mt5-files",
      folder: {value: ""},
      clock: newYork,
      bars: "{symbol}_{timeframe}{_,.,-}*",
      ticks: "",
      reports: "*.html",
      ...settings
    },
    toInstrument: (symbol) => `MT5:${symbol}`,
    calendarOf: () => calendars["fx"]
  });
}

function csv(folder: string, settings: Partial<CsvSettings>) {
  const base = {
    kind: "csv",
    folder: {value: ""},
    files: "",
    clock: {zone: "UTC", offsetHours: 0},
    header: true,
    columns: [],
    separator: ",",
    priceDivisor: 1
  } as const;
  return createCsvSource(
    {folder: `${sharedData}/${folder}`, settings: {...base, ...settings}, calendarOf: () => undefined},
    {now: () => 0}
  );
}

const named = {time: "timestamp", open: "open", high: "high", low: "low", close: "close", volume: "volume"};
const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

describeWithData("a terminal's export of June 2018", "mt5", () => {
  const request = {instrument: "MT5:EURUSD", symbol: "EURUSD", timeframe: "1m", ...all} as const;
  it("is 30,203 bars with 2,339,635 ticks, from Thursday 21:00 to Friday 20:59 UTC", async () => {
    const {bars, duplicateTimes, warnings} = await mt5Files("mt5").bars(request);
    expect(bars.length).toBe(30_203);
    expect(sum(bars.volume)).toBe(2_339_635);
    expect([bars.time[0], bars.time.at(-1)]).toEqual([Date.UTC(2018, 4, 31, 21), Date.UTC(2018, 5, 29, 20, 59)]);
    expect({duplicateTimes, warnings}).toEqual({duplicateTimes: [], warnings: []});
  });

  it("refuses a clock that it contradicts, and names one that fits", async () => {
    const wrong = mt5Files("mt5", {clock: {zone: "UTC", offsetHours: 0}});
    await expect(wrong.bars(request)).rejects.toThrow(
      /clock rule UTC: expected the week to close at 2018-06-01T21:00:00.000Z, saw it close at 2018-06-02T00:00:00.000Z.*New_York \+ 7 h would fit/
    );
  });

  it("refuses to pass minutes off as hours", async () => {
    await expect(mt5Files("mt5", {bars: "{symbol}_M1*"}).bars({...request, timeframe: "1h"})).rejects.toThrow(
      /rows are 60 s apart/
    );
  });
});

describeWithData("MetaTrader's reports", "mt5/reports", () => {
  it.each(["tester-usdjpy-h1.html", "demo-account-history.html"])(
    "%s: deals add up to what it states, to the cent",
    async (name) => {
      const [report] = await mt5Files("mt5/reports", {reports: name}).reports();
      const {deals, statedFigures} = report!;
      const figures = JSON.parse(readFileSync(`${sharedData}/mt5/reports/expected.json`, "utf8"))[name];
      const trades = deals.filter((deal): deal is TradeDeal => deal.type !== "balance");
      const net = trades.map(({profit, swap, commission}) => toAmount(profit) + toAmount(swap) + toAmount(commission));
      expect(net.reduce((a, b) => a + b, 0)).toBeCloseTo(figures.net, 8);
      expect(trades.filter(({entry}) => entry === "out")).toHaveLength(figures.trades);
      expect(statedFigures.net).toEqual([figures.net]);
      expect(statedFigures.profitFactor).toEqual([figures.profitFactor]);
      expect(statedFigures.sharpe).toEqual([figures.sharpe]);
      expect(statedFigures.balanceDrawdownMaximal).toEqual([
        figures.balanceDrawdownMaximal[0],
        figures.balanceDrawdownMaximal[1] / 100
      ]);
      expect(statedFigures.short).toEqual([figures.short[0], figures.short[1] / 100]);
    }
  );

  it("gives the equity drawdown, which no deal can tell", async () => {
    const [report] = await mt5Files("mt5/reports", {reports: "tester-*.html"}).reports();
    expect(report!.kind).toBe("mt5-tester");
    expect(report!.statedFigures).toMatchObject({
      equityDrawdownMaximal: [1044.68, 0.0868],
      zScore: [-0.41, 0.3182],
      ahpr: [1.0011, 0.0011],
      maxConsecutiveLosses: [12, -86.86]
    });
  });

  it("tells which position each deal belongs to, by order of opening", async () => {
    const [report] = await mt5Files("mt5/reports", {reports: "demo-*.html"}).reports();
    const trades = report!.deals.filter((deal): deal is TradeDeal => deal.type !== "balance");
    expect(report!.kind).toBe("mt5-history");
    expect(trades.map(({position}) => position).slice(0, 6)).toEqual([
      "93164125",
      "93166252",
      "93331379",
      "93164125",
      "93166252",
      "93331379"
    ]);
    expect(trades.filter(({stopPrice}) => stopPrice !== undefined).map(({stopPrice}) => stopPrice)).toEqual([
      1.29889, 0.98333
    ]);
  });

  it("carries no account number, name or server", async () => {
    const files = mt5Files("mt5/reports", {reports: "demo-*.html"});
    expect(JSON.stringify([await files.reports(), await files.deals(all)])).not.toMatch(
      /3873474|MetaQuotes|MetaTrader 5 Demo/
    );
  });

  it("refuses a report cut anywhere", async () => {
    const {parseReport} = await import("../../../services/sources/files/parse-report.js");
    const {createClock} = await import("../../../services/sources/mt5/clock.js");
    const bytes = readFileSync(`${sharedData}/mt5/reports/demo-account-history.html`);
    const options = {
      clock: createClock(newYork),
      currency: "USD",
      toInstrument: (symbol: string) => `MT5:${symbol}` as const
    };
    for (let length = 2; length < bytes.length - 20; length += 997)
      expect(() =>
        parseReport({name: "r.html", text: decodeText(bytes.subarray(0, length), "r.html")}, options)
      ).toThrow(/r\.html/);
  });
});

describeWithData("Indian candles", "india", () => {
  it("are 375 session bars a day, with a pre-open and a closing row", async () => {
    const source = csv("india", {
      files: "nifty50_*_1min.csv",
      clock: {zone: "Asia/Kolkata", offsetHours: 0},
      header: false,
      columns: ["timeOfDayMs", "open", "high", "low", "close", "volume"],
      date: "nifty50_(\\d{8})_1min"
    });
    const start = Date.UTC(2019, 0, 2);
    const {bars} = await source.bars({
      instrument: "NSE:NIFTY",
      symbol: "NIFTY",
      timeframe: "1m",
      start,
      end: start + 86_400_000
    });
    const open = start + (3 * 60 + 45) * 60_000;
    const session = bars.time.filter((time) => time >= open && time < open + 375 * 60_000);
    expect(session).toHaveLength(375);
    expect([bars.time[0], bars.time.at(-1), bars.length]).toEqual([open - 8 * 60_000, open + 376 * 60_000, 377]);
  });

  it.each([
    ["{symbol}_5min.csv", "nifty", "5m", 375],
    ["{symbol}_daily.csv", "nifty", "1d", 876],
    ["nifty50_{symbol}_daily.csv", "infy", "1d", 876]
  ] as const)("%s of %s in naive UTC", async (files, symbol, timeframe, length) => {
    const {bars} = await csv("india", {files, columns: named}).bars({instrument: "NSE:X", symbol, timeframe, ...all});
    expect(bars.length).toBeGreaterThanOrEqual(length);
    if (timeframe === "1d") expect(bars.time[0]).toBe(Date.UTC(2023, 0, 1, 18, 30));
  });
});

describeWithData("other third parties' files", "resample", () => {
  const points = {
    columns: {time: "Date", open: "open", high: "high", low: "low", close: "close", volume: "tick_volume"},
    priceDivisor: 100_000
  };
  it.each([
    ["h1", "1h"],
    ["h4", "4h"],
    ["d1", "1d"]
  ] as const)("GBPUSD %s in points", async (name, timeframe) => {
    const {bars} = await csv("resample", {files: `GBPUSD${name}.csv`, ...points}).bars({
      instrument: "MT5:GBPUSD",
      symbol: "",
      timeframe,
      ...all
    });
    expect(bars.length).toBeGreaterThan(2_000);
    expect(bars.close.at(-1)).toBeCloseTo(1.32331, 12);
  });

  it("EURUSD ticks, seconds and minutes in ms of the day", async () => {
    const day = {clock: {zone: "UTC", offsetHours: 0}, header: false, date: "_(\\d{8})_"};
    const ticks = await csv("ticks", {...day, files: "*_tick.csv", columns: ["timeOfDayMs", "bid", "ask"]}).ticks({
      instrument: "MT5:EURUSD",
      symbol: "",
      ...all
    });
    expect(ticks.ticks.length).toBe(24_179);
    expect([ticks.ticks.time[0], ticks.ticks.bid[0], ticks.ticks.ask[0]]).toEqual([
      Date.UTC(2014, 4, 1) + 292,
      1.38676,
      1.38686
    ]);
    const columns = ["timeOfDayMs", "open", "high", "low", "close", "volume", "-", "-", "-", "-", "-"] as const;
    const minutes = await csv("ticks", {...day, files: "*_minute.csv", columns}).bars({
      instrument: "MT5:EURUSD",
      symbol: "",
      timeframe: "1m",
      ...all
    });
    expect(minutes.bars.length).toBe(1_363);
  });

  it("daily quotes, and EURUSD quarters with a header of its own", async () => {
    const quotes = await csv("indicators", {files: "quotes.csv", columns: {...named, time: "date"}}).bars({
      instrument: "X:Q",
      symbol: "",
      timeframe: "1d",
      ...all
    });
    expect(quotes.bars.length).toBe(502);
    const quarters = await csv("smc", {
      files: "EURUSD_15M.csv",
      columns: {time: "Date", open: "Open", high: "High", low: "Low", close: "Close", volume: "Tickvol"}
    }).bars({instrument: "X:E", symbol: "", timeframe: "15m", ...all});
    expect(quarters.bars.length).toBe(24_424);
  });
});
