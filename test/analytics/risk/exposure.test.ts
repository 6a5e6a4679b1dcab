import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {currencyRates} from "../../../services/analytics/risk/currency-rates.js";
import {exposure} from "../../../services/analytics/risk/exposure.js";
import type {Instrument, InstrumentId} from "../../../services/domain/instrument.js";
import {toMoney} from "../../../services/domain/money.js";
import type {Position} from "../../../services/domain/position.js";

const instrument = (
  id: InstrumentId,
  assetClass: Instrument["assetClass"],
  currency: string,
  contractSize: number
): Instrument => ({
  id,
  name: id,
  assetClass,
  currency,
  tickSize: 0.01,
  contractSize,
  calendar: "fx"
});

const instruments = [
  instrument("MT5:EURUSD", "fx", "USD", 100_000),
  instrument("MT5:USDJPY", "fx", "JPY", 100_000),
  instrument("MT5:XAUUSD", "metal", "USD", 100),
  instrument("NSE:INFY", "equity", "INR", 1)
];

const position = (id: InstrumentId, side: "buy" | "sell", volumeLots: number, currentPrice: number): Position => ({
  ticket: "1",
  instrument: id,
  side,
  volumeLots,
  openTime: 0,
  openPrice: currentPrice,
  currentPrice,
  profit: toMoney(0, "USD")
});

const rates = {USD: 1, JPY: 1 / 150, INR: 1 / 80};
const book = [
  position("MT5:EURUSD", "buy", 1, 1.1), // 110,000 USD
  position("MT5:EURUSD", "sell", 0.4, 1.1), // 44,000 USD the other way
  position("MT5:USDJPY", "sell", 0.5, 150), // 50,000 USD short
  position("MT5:XAUUSD", "buy", 2, 2000), // 400,000 USD of gold
  position("NSE:INFY", "buy", 800, 1600) // 1,280,000 INR, 16,000 USD
];

describe("exposure", () => {
  it("agrees with a book worked by hand", () => {
    const found = exposure(book, {currency: "USD", instruments, rates, equity: 100_000});
    expect(found.gross.value).toBeCloseTo(110_000 + 44_000 + 50_000 + 400_000 + 16_000, 6);
    expect(found.net.value).toBeCloseTo(110_000 - 44_000 - 50_000 + 400_000 + 16_000, 6);
    expect(found.grossFraction.value).toBeCloseTo(6.2, 12);
    expect(found.holes).toEqual([]);
    const eurusd = found.byInstrument.find(({instrument: id}) => id === "MT5:EURUSD")!;
    expect([eurusd.netLots, eurusd.grossLots]).toEqual([expect.closeTo(0.6, 12), expect.closeTo(1.4, 12)]);
    expect([eurusd.value, eurusd.gross]).toEqual([expect.closeTo(66_000, 6), expect.closeTo(154_000, 6)]);
    expect(found.byInstrument.map(({instrument: id}) => id)).toEqual([
      "MT5:XAUUSD",
      "MT5:EURUSD",
      "MT5:USDJPY",
      "NSE:INFY"
    ]);
  });

  it("splits FX and metal in both currencies, and a share in its own", () => {
    const {byCurrency} = exposure(book, {currency: "USD", instruments, rates});
    const amounts = Object.fromEntries(byCurrency.map(({currency, amount}) => [currency, amount]));
    expect(amounts).toEqual({
      EUR: expect.closeTo(60_000, 6),
      USD: expect.closeTo(-66_000 - 50_000 - 400_000, 6),
      JPY: expect.closeTo(7_500_000, 6),
      XAU: expect.closeTo(200, 9),
      INR: expect.closeTo(1_280_000, 6)
    });
    const gold = byCurrency.find(({currency}) => currency === "XAU")!;
    expect(gold.value).toBeCloseTo(400_000, 6);
  });

  it("shows a missing rate as a hole: no total, no 0, and what is missing", () => {
    const found = exposure(book, {currency: "USD", instruments, rates: {USD: 1, JPY: 1 / 150}, equity: 1});
    const reason = "no rate from INR to USD, for NSE:INFY";
    expect(found.holes).toEqual([reason]);
    expect([found.gross, found.net, found.grossFraction]).toEqual([1, 2, 3].map(() => ({value: undefined, reason})));
    expect(found.byInstrument.find(({instrument: id}) => id === "NSE:INFY")).toMatchObject({
      value: undefined,
      gross: undefined,
      reason
    });
    expect(found.byInstrument.find(({instrument: id}) => id === "MT5:EURUSD")!.value).toBeCloseTo(66_000, 6);
    expect(found.byCurrency.find(({currency}) => currency === "INR")).toMatchObject({
      amount: 1_280_000,
      value: undefined
    });
  });

  it("shows an instrument that settings do not know as a hole", () => {
    const {holes, gross} = exposure([position("MT5:GER40", "buy", 1, 18_000)], {currency: "USD", instruments, rates});
    expect(holes).toEqual(["MT5:GER40 is not in the settings, so its contract size is not known"]);
    expect(gross.value).toBeUndefined();
  });

  it("is nothing, and says what it does not know, for an empty book without equity", () => {
    expect(exposure([], {currency: "USD", instruments, rates})).toMatchObject({
      gross: {value: 0},
      net: {value: 0},
      grossFraction: {value: undefined, reason: "equity is not known"},
      byInstrument: [],
      byCurrency: []
    });
  });

  it("refuses volumes, prices and rates that make no sense", () => {
    const valued =
      (row: Position, given = rates) =>
      () =>
        exposure([row], {currency: "USD", instruments, rates: given});
    expect(valued(position("MT5:EURUSD", "buy", NaN, 1.1))).toThrow("invalid volume of position 1: NaN");
    expect(valued(position("MT5:EURUSD", "buy", 1, 0))).toThrow("invalid price of position 1: 0");
    expect(valued(book[0]!, {...rates, JPY: -1})).toThrow("invalid rate of JPY: -1");
  });

  it("adds up: instruments make net and gross, and FX alone nets to nothing across its currencies", () => {
    const anyPosition = fc.record({
      id: fc.constantFrom<InstrumentId>("MT5:EURUSD", "MT5:USDJPY", "MT5:XAUUSD"),
      side: fc.constantFrom("buy" as const, "sell" as const),
      lots: fc.integer({min: 1, max: 500})
    });
    const prices: Record<string, number> = {"MT5:EURUSD": 1.1, "MT5:USDJPY": 150, "MT5:XAUUSD": 2000};
    fc.assert(
      fc.property(fc.array(anyPosition, {maxLength: 12}), (rows) => {
        const positions = rows.map(({id, side, lots}) => position(id, side, lots / 100, prices[id]!));
        const {net, gross, byInstrument, byCurrency} = exposure(positions, {currency: "USD", instruments, rates});
        const total = (values: (number | undefined)[]) => values.reduce<number>((sum, value) => sum + value!, 0);
        expect(total(byInstrument.map(({value}) => value))).toBeCloseTo(net.value!, 4);
        expect(total(byInstrument.map((row) => row.gross))).toBeCloseTo(gross.value!, 4);
        expect(total(byCurrency.map(({value}) => value))).toBeCloseTo(0, 4);
      }),
      {seed: 43, numRuns: 200}
    );
  });
});

describe("currencyRates", () => {
  const quotes = [
    {base: "EUR", quote: "USD", price: 1.1},
    {base: "USD", quote: "JPY", price: 150},
    {base: "AUD", quote: "NZD", price: 1.08}
  ];

  it("goes both ways and through other currencies, and leaves out what no pair reaches", () => {
    const found = currencyRates(quotes, "EUR");
    expect(Object.keys(found).sort()).toEqual(["EUR", "JPY", "USD"]);
    expect(found["JPY"]).toBeCloseTo(1 / 1.1 / 150, 15);
  });

  it("refuses a price that is not positive", () => {
    expect(() => currencyRates([{base: "EUR", quote: "USD", price: NaN}], "USD")).toThrow(
      "invalid price of EURUSD: NaN"
    );
  });
});
