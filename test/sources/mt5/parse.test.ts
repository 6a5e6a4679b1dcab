import {readFileSync} from "node:fs";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {parseBridgeTime} from "../../../services/sources/mt5/bridge-time.js";
import {createClock} from "../../../services/sources/mt5/clock.js";
import {parseAccount, parseDeals, parseOrderStop, parsePositions} from "../../../services/sources/mt5/parse-account.js";
import {parseBars, parseTicks} from "../../../services/sources/mt5/parse-rows.js";
import {parseSymbol} from "../../../services/sources/mt5/parse-symbol.js";
import {createTickMemory} from "../../../services/sources/mt5/poll-ticks.js";
import {attempt, oddNumbers, replacePart} from "../refusal.js";
import {fuzz, fuzzMs} from "../runs.js";

const clock = createClock({zone: "America/New_York", offsetHours: 7});
const context = {clock, currency: "USD", toInstrument: (symbol: string) => `MT5:${symbol}` as const};
const fixture = (name: string): unknown => JSON.parse(readFileSync(`test/fixtures/mt5/http-get-${name}.json`, "utf8"));
const wall = Date.UTC(2024, 0, 2, 10);

describe("a bridge's times", () => {
  it("mean the same in all four encodings, whatever zone they claim", () => {
    const encodings = [
      wall / 1000,
      wall,
      "2024-01-02T10:00:00",
      "2024-01-02T10:00:00Z",
      "2024-01-02T10:00:00+00:00",
      "2024-01-02 10:00:00",
      "Tue, 02 Jan 2024 10:00:00 GMT"
    ];
    expect(encodings.map(parseBridgeTime)).toEqual(encodings.map(() => wall));
  });

  it.each([
    null,
    undefined,
    true,
    {},
    [],
    "",
    "1704189600",
    "now",
    "2024-01-02T10:00:00+02:00",
    "Tue, 32 Jan 2024 10:00:00 GMT",
    "Tue, 02 Foo 2024 10:00:00 GMT",
    Number.NaN,
    -1,
    0,
    1e20,
    Number.POSITIVE_INFINITY
  ])("are refused as %j", (odd) => {
    expect(parseBridgeTime(odd)).toBeNaN();
  });

  it("of every moment are read back", () => {
    fc.assert(
      fc.property(fc.integer({min: 200_000_000, max: 4_000_000_000}), (seconds) => {
        const date = new Date(seconds * 1000);
        for (const text of [seconds, seconds * 1000, date.toISOString().slice(0, 19), date.toUTCString()])
          expect(parseBridgeTime(text)).toBe(seconds * 1000);
      }),
      fuzz(51)
    );
  });
});

describe("a bridge's replies", () => {
  it("bars have the tick volume, on the server's clock", () => {
    expect(parseBars(fixture("bars"), "b")).toMatchObject([
      {time: wall, close: 1.0952, volume: 120},
      {time: wall + 60_000, volume: 80}
    ]);
    expect(parseBars({data: fixture("bars")}, "b")).toHaveLength(2);
  });

  it("ticks have their milliseconds, in UTC; 0 is no price", () => {
    expect(parseTicks(fixture("ticks"), "t", clock, wall)[0]).toMatchObject({
      time: wall - 7 * 3_600_000 + 5 * 3_600_000 + 123,
      bid: 1.095,
      last: Number.NaN
    });
  });

  it("deals open, turn round, and close by another; a deposit is a balance", () => {
    const deals = parseDeals(fixture("deals"), "d", context).map(({deal}) => deal);
    expect(deals.map((deal) => (deal.type === "balance" ? deal.type : [deal.type, deal.entry, deal.position]))).toEqual(
      ["balance", ["buy", "in", "800002"], ["sell", "inout", "800002"], ["buy", "out-by", "800002"]]
    );
    expect(deals[2]).toMatchObject({
      profit: {minor: 5_000},
      commission: {minor: -350},
      fee: {minor: -10},
      instrument: "MT5:EURUSD"
    });
  });

  it("positions come in both shapes", () => {
    const positions = parsePositions(fixture("positions"), "p", context);
    expect(positions.map(({symbol}) => symbol)).toEqual(["EURUSD"]);
    expect(positions.map(({position}) => position)).toEqual([
      {
        ticket: "800010",
        instrument: "MT5:EURUSD",
        side: "sell",
        volumeLots: 0.2,
        openTime: wall - 2 * 3_600_000 + 123,
        openPrice: 1.095,
        currentPrice: 1.0961,
        stopPrice: 1.099,
        profit: {minor: -2_200, currency: "USD"}
      }
    ]);
    expect(parsePositions({positions: []}, "p", context)).toEqual([]);
    expect(() => parsePositions({nothing: []}, "p", context)).toThrow("p: expected an array, found an object");
  });

  it("an account is its balance and equity, and no more", () => {
    expect(parseAccount(fixture("account"), "a", "USD", 5)).toEqual({
      time: 5,
      currency: "USD",
      balance: {minor: 1_004_850, currency: "USD"},
      equity: {minor: 1_002_650, currency: "USD"}
    });
    expect(() => parseAccount(fixture("account"), "a", "EUR", 5)).toThrow(
      "a: the account is in USD, in settings in EUR"
    );
  });

  it("a symbol states its step, the units of a lot and its currency; a step of 0 is its point", () => {
    const info = {point: 0.00001, trade_tick_size: 0.00002, trade_contract_size: 100_000, currency_profit: "USD"};
    expect(parseSymbol(info, "s")).toEqual({tickSize: 0.00002, contractSize: 100_000, currency: "USD"});
    expect(parseSymbol({...info, trade_tick_size: 0}, "s").tickSize).toBe(0.00001);
    expect(parseSymbol({name: "X"}, "s")).toEqual({});
    expect(() => parseSymbol({...info, trade_contract_size: -1}, "s")).toThrow(
      "s.trade_contract_size: expected a size"
    );
    expect(() => parseSymbol({...info, currency_profit: "dollars"}, "s")).toThrow(
      "s.currency_profit: expected a currency"
    );
  });

  it("an order's stop is found by its ticket", () => {
    const orders = [
      {ticket: 1, sl: 1.5},
      {ticket: 2, sl: 0}
    ];
    expect(["1", "2", "3"].map((order) => parseOrderStop(orders, "o", order))).toEqual([1.5, undefined, undefined]);
  });

  it.each([
    ["bars", "time", "soon", 'w[0].time: expected a time, found "soon"'],
    ["bars", "high", "1.2", 'w[0].high: expected a number, found "1.2"'],
    ["bars", "tick_volume", null, "w[0].tick_volume: expected a number, found null"],
    ["ticks", "time_msc", 1, "w[0].time_msc: expected the milliseconds of"],
    ["deals", "type", 99, "w[0].type: expected a deal type"],
    ["deals", "ticket", 1.5, "w[0].ticket: expected a whole number"],
    ["deals", "profit", 1e300, "w[0].profit: expected an amount of money"],
    ["positions", "symbol", "", 'w[0].symbol: expected a symbol, found ""'],
    ["positions", "volume", 0, "w[0].volume: expected a number above 0"]
  ])("%s with a wrong %s (%j) are refused with their place", (name, key, value, message) => {
    const rows = fixture(name) as Record<string, unknown>[];
    expect(() => parsers[name as keyof typeof parsers]([{...rows[0], [key]: value}])).toThrow(message);
  });

  const parsers = {
    bars: (body: unknown) => parseBars(body, "w"),
    ticks: (body: unknown) => parseTicks(body, "w", clock, wall),
    deals: (body: unknown) => parseDeals(body, "w", context),
    positions: (body: unknown) => parsePositions(body, "w", context),
    account: (body: unknown) => parseAccount(body, "w", "USD", 0),
    orders: (body: unknown) => parseOrderStop(body, "w", "601"),
    symbol: (body: unknown) => parseSymbol(body, "w")
  } as const;

  it.each(Object.entries(parsers))(
    "%s: any other shape is refused with its place, never a crash",
    (name, parse) => {
      const good = fixture(name);
      const junk = fc.oneof(
        fc.jsonValue(),
        fc.double(),
        fc.constantFrom(null, "NaN", -1, 0, 1e308, -1e308, 2 ** 53, "Tue, 02 Jan 2024 03:04:05 GMT", "", [], {})
      );
      fc.assert(
        fc.property(fc.nat(), junk, (at, value) => {
          const outcome = attempt(() => parse(replacePart(good, at, value)));
          if ("error" in outcome) expect(outcome.error.message).toMatch(/^w/);
          else if (name !== "ticks") expect(oddNumbers(outcome.value)).toEqual([]);
        }),
        fuzz(52)
      );
    },
    fuzzMs
  );
});

describe("polled ticks", () => {
  const tick = (time: number, bid = 1) => ({time, bid, ask: bid, last: Number.NaN, volume: 0});
  it("are each handed on once, told apart within a millisecond by price", () => {
    const memory = createTickMemory();
    expect(memory.begin([tick(1), tick(2)])).toEqual([tick(2)]);
    expect(memory.next([tick(1), tick(2), tick(2, 1.5), tick(3)])).toEqual({
      ticks: [tick(2, 1.5), tick(3)],
      isShort: false
    });
    expect(memory.next([tick(2, 1.5), tick(3)])).toEqual({ticks: [], isShort: false});
    expect(memory.next([tick(4), tick(5)])).toMatchObject({isShort: true});
    expect(memory.next([tick(3), tick(4), tick(5)])).toEqual({ticks: [tick(4), tick(5)], isShort: false});
  });
});
