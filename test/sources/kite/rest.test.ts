import {readFileSync} from "node:fs";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {parseData} from "../../../services/sources/kite/client.js";
import {parseSession, sessionChecksum} from "../../../services/sources/kite/login.js";
import {parseCandles} from "../../../services/sources/kite/parse-candles.js";
import {parseInstruments} from "../../../services/sources/kite/parse-instruments.js";
import {
  parseHoldings,
  parseMargins,
  parseOrders,
  parsePositions,
  parseProfile,
  parseTrades
} from "../../../services/sources/kite/parse-portfolio.js";
import {tradesToDeals} from "../../../services/sources/kite/trades-to-deals.js";
import {attempt, oddNumbers, replacePart} from "../refusal.js";
import {fuzz, fuzzMs} from "../runs.js";
import {describeWithData, sharedData} from "../shared-data.js";

const fixture = (name: string) => readFileSync(`test/fixtures/kite/${name}`, "utf8");
const data = (name: string) => parseData({status: 200, text: fixture(name), receivedTime: 0}, name);

const parsers = {
  "http-get-candles.json": parseCandles,
  "http-get-trades.json": parseTrades,
  "http-get-orders.json": parseOrders,
  "http-get-positions.json": parsePositions,
  "http-get-holdings.json": parseHoldings,
  "http-get-margins.json": parseMargins,
  "http-get-profile.json": parseProfile
} as const;

describe("Kite's replies", () => {
  it("candles are bars in UTC, with open interest where it was asked for", () => {
    expect(parseCandles(data("http-get-candles.json"), "k")).toMatchObject([
      {time: Date.UTC(2024, 0, 2, 3, 45), open: 1540.1, high: 1543, low: 1538.05, close: 1542.5, volume: 91_204},
      {time: Date.UTC(2024, 0, 2, 3, 46), close: 1541, openInterest: 1_250}
    ]);
  });

  it("trades become deals of a netting account, with profit against the average price", () => {
    const positions = parsePositions(data("http-get-positions.json"), "p");
    const holdings = parseHoldings(data("http-get-holdings.json"), "h");
    const deals = tradesToDeals(parseTrades(data("http-get-trades.json"), "t"), positions, holdings);
    expect(
      deals.map((deal) =>
        deal.type === "balance" ? "" : `${deal.instrument} ${deal.type} ${deal.entry} ${deal.profit.minor / 100}`
      )
    ).toEqual([
      "NSE:INFY buy in 0",
      "NSE:INFY buy in 0",
      "NSE:INFY sell out 60", // 6 of 10 at an average of 1505
      "NSE:INFY sell inout 80", // 4 at 1525, then short
      "NSE:TCS sell out 500", // from the demat account, at 3400
      "NFO:NIFTY24JANFUT sell out 2500" // 50 carried over from yesterday at 21700
    ]);
    expect(deals[0]!.time).toBe(Date.UTC(2024, 0, 2, 3, 46, 39));
  });

  it("shares bought yesterday are held and can be sold, whichever way Kite counts them", () => {
    const [row] = data("http-get-holdings.json") as [object];
    const [trade] = (data("http-get-trades.json") as {tradingsymbol: string}[]).filter(
      ({tradingsymbol}) => tradingsymbol === "TCS"
    );
    for (const [quantity, settled, unsettled, held] of [
      [0, 0, 20, 20],
      [20, 0, 20, 20],
      [12, 12, 8, 20],
      [20, 12, 8, 20],
      [20, 20, 0, 20]
    ] as const) {
      const counted = {...row, quantity, realised_quantity: settled, t1_quantity: unsettled};
      const holdings = parseHoldings([counted], "h");
      expect(holdings[0]!.quantity).toBe(held);
      const sale = tradesToDeals(parseTrades([trade], "t"), [], holdings)[0];
      expect(sale).toMatchObject({type: "sell", entry: "out", profit: {minor: 50_000}});
    }
    const {realised_quantity: _, ...bare} = {...row, quantity: 3, t1_quantity: 2} as Record<string, unknown>;
    expect(parseHoldings([bare], "h")[0]!.quantity).toBe(5);
  });

  it("state margins in rupees and exchanges, and nothing of the account's owner", () => {
    expect(parseMargins(data("http-get-margins.json"), "m").equity).toMatchObject({
      net: {minor: 9_972_505},
      cash: {minor: 24_543_160}
    });
    expect(parseProfile(data("http-get-profile.json"), "u")).toEqual({exchanges: ["NSE", "NFO"]});
  });

  it("orders of every state", () => {
    expect(parseOrders(data("http-get-orders.json"), "o").map(({status, side}) => [status, side])).toEqual([
      ["COMPLETE", "buy"],
      ["CANCELLED", "sell"]
    ]);
  });

  it("an error is refused with Kite's words", () => {
    const reply = (text: string) => () => parseData({status: 200, text, receivedTime: 0}, "kite: /x");
    expect(reply('{"status":"error","error_type":"InputException","message":"bad interval"}')).toThrow(
      /InputException: bad interval/
    );
    expect(reply('{"status":"error","error_type":"TokenException","message":"x"}')).toThrow(
      /npm run tapebook -- login/
    );
    expect(reply("<html>")).toThrow(/kite: \/x: not JSON: "<html>"/);
    expect(reply("[]")).toThrow(/expected an object, found an array/);
  });

  it.each(Object.entries(parsers))(
    "%s: any other shape is refused with its place, never a crash",
    (name, parse) => {
      const good: unknown = data(name);
      const junk = fc.oneof(
        fc.jsonValue(),
        fc.constantFrom(null, "NaN", -1, 0, 1e308, "2024-13-45 99:99:99", "", [], {}, true)
      );
      fc.assert(
        fc.property(fc.nat(), junk, (at, value) => {
          const outcome = attempt(() => parse(replacePart(good, at, value), "where"));
          if ("error" in outcome) expect(outcome.error.message).toMatch(/^where/);
          else expect(oddNumbers(outcome.value)).toEqual([]);
        }),
        fuzz(21)
      );
    },
    fuzzMs
  );
});

describe("Kite's list of instruments", () => {
  const text = fixture("http-get-instruments.csv");
  it("is read by its header", () => {
    const [infy, option] = parseInstruments(text, "i");
    expect(infy).toMatchObject({
      token: 408_065,
      symbol: "NSE:INFY",
      tickSize: 0.05,
      lotSize: 1,
      type: "EQ",
      expiry: ""
    });
    expect(option).toMatchObject({symbol: "NFO:NIFTY24JAN21500CE", expiry: "2024-01-25", strike: 21_500});
  });

  it("is refused with line and field", () => {
    expect(() => parseInstruments(text.replace("408065,", "x,"), "i")).toThrow('i:2: invalid instrument_token: "x"');
    expect(() => parseInstruments(text.replace("tick_size,", ""), "i")).toThrow("i:1: no column tick_size");
    expect(() => parseInstruments(text.slice(0, -40), "i")).toThrow(/i:3: 12 fields expected/);
  });

  it(
    "reads or refuses any text",
    () => {
      const edit = fc.tuple(fc.nat(text.length), fc.nat(20), fc.string({maxLength: 12}));
      fc.assert(
        fc.property(edit, ([at, length, insert]) => {
          const outcome = attempt(() => parseInstruments(text.slice(0, at) + insert + text.slice(at + length), "i"));
          if ("error" in outcome) expect(outcome.error.message).toMatch(/^i:\d+: /);
          else
            for (const row of outcome.value)
              expect(row.token > 0 && row.tickSize >= 0 && row.symbol.includes(":")).toBe(true);
        }),
        fuzz(22)
      );
    },
    fuzzMs
  );
});

it.each(["", "two words", "clé", "a\u202eb", "x".repeat(201)])(
  "no header carries the access token %j: it is refused",
  (token) => {
    expect(() => parseSession({access_token: token}, "s")).toThrow("s: no access token");
  }
);

describe("the session's checksum", () => {
  it("is SHA-256 of key, request token and secret", () => {
    expect(sessionChecksum({apiKey: "a", requestToken: "b", apiSecret: "c"})).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
  });
});

describeWithData("Kite's own samples", "zerodha/rest", () => {
  const sample = (name: string) => readFileSync(`${sharedData}/zerodha/rest/${name}`, "utf8");
  const dataOf = (name: string) => parseData({status: 200, text: sample(name), receivedTime: 0}, name);
  it("are all read", () => {
    expect(parseCandles(dataOf("historical_minute.json"), "")).toHaveLength(6);
    expect(parseInstruments(sample("instruments_nse.csv"), "").length).toBeGreaterThan(50);
    expect(parseTrades(dataOf("trades.json"), "").length).toBeGreaterThan(3);
    expect(parseTrades(dataOf("order_trades.json"), "")).toHaveLength(1);
    expect(parseOrders(dataOf("orders.json"), "").length).toBeGreaterThan(5);
    expect(parseHoldings(dataOf("holdings.json"), "").length).toBeGreaterThan(0);
    expect(parseMargins(dataOf("margins.json"), "").equity.net.minor).toBe(9_972_505);
    expect(parseProfile(dataOf("profile.json"), "").exchanges).toContain("NSE");
  });

  it("state positions whose profit is sell value − buy value + quantity × last price × multiplier", () => {
    const positions = parsePositions(dataOf("positions.json"), "");
    expect(positions.length).toBeGreaterThan(1);
    for (const {pnl, sellValue, buyValue, quantity, lastPrice, multiplier} of positions)
      expect(sellValue - buyValue + quantity * lastPrice * multiplier).toBeCloseTo(pnl, 6);
  });
});
