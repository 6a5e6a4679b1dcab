import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {netOf} from "../../../services/analytics/performance/purse.js";
import {roundTrips} from "../../../services/analytics/performance/round-trips.js";
import type {Deal, TradeDeal} from "../../../services/domain/deal.js";
import type {InstrumentId} from "../../../services/domain/instrument.js";
import {deal, deposit} from "./deal-builder.js";

const shortOf = (deals: readonly Deal[]) =>
  roundTrips(deals).trips.map(({id, side, volumeLots, openPrice, closePrice, net}) =>
    [id, side, volumeLots, openPrice, closePrice, net.minor].join(" ")
  );

describe("roundTrips", () => {
  it("takes openings first in first out, and splits a partial close and a close of several", () => {
    const deals = [
      deal(1, "buy", "in", 1, 100, {commission: -3}),
      deal(2, "buy", "in", 1, 110, {commission: -3}),
      deal(3, "sell", "out", 0.4, 120, {profit: 8, commission: -1.2}),
      deal(4, "sell", "out", 1.6, 90, {profit: -32, commission: -4.8})
    ];
    // 3: 8 − 1.20 − 0.4·3 = 5.60; 4#1: 0.6/1.6 of (−32 − 4.80) − 1.80 = −15.60; 4#2: the rest: −23 − 3 = −26
    expect(shortOf(deals)).toEqual([
      "3 buy 0.4 100 120 560",
      "4#1 buy 0.6 106.25 90 -1560",
      "4#2 buy 1 106.25 90 -2600"
    ]);
  });

  it("keeps positions of a hedging account apart by their id, both sides at once", () => {
    const deals = [
      deal(1, "buy", "in", 1, 100, {position: "A"}),
      deal(2, "sell", "in", 1, 101, {position: "B"}),
      deal(3, "buy", "in", 1, 102, {position: "C"}),
      deal(4, "sell", "out", 1, 103, {position: "C", profit: 1}),
      deal(5, "buy", "out", 1, 103, {position: "B", profit: -2})
    ];
    expect(shortOf(deals)).toEqual(["4 buy 1 102 103 100", "5 sell 1 101 103 -200"]);
    expect(roundTrips(deals).open.map(({deal: {ticket}, volumeLots}) => [ticket, volumeLots])).toEqual([["1", 1]]);
  });

  it("measures a position of several openings from its average, as the broker does", () => {
    const deals = [
      deal(1, "buy", "in", 1, 100, {position: "P"}),
      deal(2, "buy", "in", 3, 104, {position: "P"}),
      deal(3, "sell", "out", 1, 105, {position: "P", profit: 2}),
      deal(4, "sell", "out", 3, 105, {position: "P", profit: 6})
    ];
    expect(shortOf(deals)).toEqual(["3 buy 1 103 105 200", "4 buy 3 103 105 600"]);
  });

  it("splits a reversal: what it closes has its profit, what it opens its share of the commission", () => {
    const deals = [
      deal(1, "buy", "in", 1, 100, {position: "P"}),
      deal(2, "sell", "inout", 3, 110, {position: "P", profit: 10, swap: -1, commission: -3}),
      deal(3, "buy", "out", 2, 105, {position: "P", profit: 10})
    ];
    expect(shortOf(deals)).toEqual(["2 buy 1 100 110 800", "3 sell 2 110 105 800"]);
  });

  it("lets two opposite positions close each other", () => {
    const deals = [
      deal(1, "buy", "in", 1, 100, {position: "A"}),
      deal(2, "sell", "in", 1, 105, {position: "B"}),
      deal(3, "sell", "out-by", 1, 105, {position: "A", profit: 5}),
      deal(4, "buy", "out-by", 1, 105, {position: "B"})
    ];
    expect(shortOf(deals)).toEqual(["3 buy 1 100 105 500", "4 sell 1 105 105 0"]);
  });

  it("closes 0.3 lots opened as 0.1 and 0.2, with nothing left", () => {
    const {trips, open, problems} = roundTrips([
      deal(1, "buy", "in", 0.1, 100),
      deal(2, "buy", "in", 0.2, 100),
      deal(3, "sell", "out", 0.3, 101, {profit: 0.01})
    ]);
    expect([trips.length, open.length, problems.length]).toEqual([2, 0, 0]);
    expect(trips.map(({net}) => net.minor).sort()).toEqual([0, 1]);
  });

  it("says what does not reconcile, with the money it moved", () => {
    const {problems, trips} = roundTrips([
      deal(1, "sell", "out", 1, 100, {profit: 7}),
      deal(2, "buy", "in", 1, 100),
      deal(3, "sell", "out", 2, 100, {profit: 4}),
      deal(3, "sell", "out", 2, 100, {profit: 4}),
      deal(4, "buy", "in", 0, 100)
    ]);
    expect(problems.map(({kind, ticket, money}) => [kind, ticket, money.minor])).toEqual([
      ["nothing-open", "1", 700],
      ["closes-too-much", "3", 200],
      ["duplicate", "3", 400],
      ["volume", "4", 0]
    ]);
    expect(problems[1]!.message).toBe("deal 3: closes 2 lots of MT5:EURUSD, of which 1 has no opening in this history");
    expect(trips.map(({net}) => net.minor)).toEqual([200]);
  });

  it("orders deals of one moment by their number, not as text", () => {
    const at = (ticket: number, ...rest: [TradeDeal["type"], TradeDeal["entry"]]) => ({
      ...deal(ticket, ...rest, 1, 100),
      time: 0
    });
    const {trips, problems} = roundTrips([at(10, "sell", "out"), at(9, "buy", "in")]);
    expect([trips.length, problems.length]).toEqual([1, 0]);
  });

  it("refuses deals in two currencies", () => {
    const euro = {...deposit(1, 5), profit: {minor: 5, currency: "EUR"}};
    expect(() => roundTrips([euro, deposit(2, 5)])).toThrow("deals in several currencies: EUR, USD");
  });
});

describe("R", () => {
  it("is net over the way to the stop, in money", () => {
    // 10 up for 100.00 is 10.00 a step; the stop is 5 away, so 50.00 at risk; net 100 − 1 = 99
    const {trips} = roundTrips([
      deal(1, "buy", "in", 1, 100, {stopPrice: 95}),
      deal(2, "sell", "out", 1, 110, {profit: 100, commission: -1})
    ]);
    expect(trips[0]!.r).toBeCloseTo(99 / 50, 12);
  });

  it("is not given without a stop, or with one on the wrong side", () => {
    const without = [deal(1, "buy", "in", 1, 100), deal(2, "sell", "out", 1, 110, {profit: 100})];
    const wrong = [deal(1, "buy", "in", 1, 100, {stopPrice: 101}), without[1]!];
    expect([roundTrips(without).trips[0]!.r, roundTrips(wrong).trips[0]!.r]).toEqual([undefined, undefined]);
  });

  it("measures a scratch by the last trip of the instrument that moved", () => {
    const {trips} = roundTrips([
      deal(1, "buy", "in", 1, 100),
      deal(2, "sell", "out", 1, 110, {profit: 100}),
      deal(3, "sell", "in", 2, 110, {stopPrice: 115}),
      deal(4, "buy", "out", 2, 110, {commission: -4})
    ]);
    expect(trips[1]!.r).toBeCloseTo(-4 / (5 * 2 * 10), 12);
  });
});

const amount = fc.integer({min: -50_000, max: 50_000});
const anyDeal = fc.record({
  type: fc.constantFrom("buy" as const, "sell" as const),
  entry: fc.constantFrom(
    "in" as const,
    "in" as const,
    "out" as const,
    "out" as const,
    "inout" as const,
    "out-by" as const
  ),
  instrument: fc.constantFrom<InstrumentId>("MT5:EURUSD", "MT5:USDJPY"),
  position: fc.constantFrom("", "1", "2"),
  hundredths: fc.integer({min: 0, max: 300}),
  minor: fc.tuple(amount, amount, amount, amount),
  isBalance: fc.boolean(),
  ticket: fc.integer({min: 1, max: 60})
});

const histories = fc.array(anyDeal, {maxLength: 40, size: "max"}).map((rows) =>
  rows.map(({type, entry, instrument, position, hundredths, minor, isBalance, ticket}, i): Deal => {
    const [profit, commission, swap, fee] = minor.map((value) => ({minor: value, currency: "USD"}));
    const purse = {profit: profit!, commission: commission!, swap: swap!, fee: fee!};
    if (isBalance && i % 5 === 0) return {...deposit(ticket, 0), ...purse};
    return {...deal(ticket, type, entry, hundredths / 100, 100 + i, {instrument, position}), ...purse};
  })
);

describe("any history", () => {
  const seeded = {seed: 24, numRuns: process.env["TAPEBOOK_VERIFY"] ? 20_000 : 500};
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

  it("loses no minor unit: trips, open lots, balances and problems add up to all deals", () => {
    fc.assert(
      fc.property(histories, (deals) => {
        const {trips, open, balances, problems} = roundTrips(deals);
        const parts = [
          trips.map(({net}) => net),
          open.map(({costs}) => costs),
          balances.map(netOf),
          problems.map(({money}) => money)
        ];
        expect(sum(parts.flat().map(({minor}) => minor))).toBe(sum(deals.map((row) => netOf(row).minor)));
      }),
      seeded
    );
  });

  it("loses no volume: every opened lot is in a trip or still open", () => {
    fc.assert(
      fc.property(histories, (deals) => {
        const unique = deals.filter((row, i) => deals.findIndex(({ticket}) => ticket === row.ticket) === i);
        const onlyIn = unique.filter((row) => row.type !== "balance" && row.entry !== "inout") as TradeDeal[];
        const {trips, open} = roundTrips(onlyIn);
        const opened = sum(onlyIn.filter(({entry}) => entry === "in").map(({volumeLots}) => volumeLots));
        expect(sum(trips.map(({volumeLots}) => volumeLots)) + sum(open.map(({volumeLots}) => volumeLots))).toBeCloseTo(
          opened,
          9
        );
      }),
      seeded
    );
  });

  it("states what each trip took from its two deals, to the minor unit", () => {
    fc.assert(
      fc.property(histories, (deals) => {
        const {trips, shares} = roundTrips(deals);
        expect(shares.size).toBe(new Set(trips.map(({id}) => id)).size);
        for (const trip of trips) {
          const {opening, closing} = shares.get(trip.id)!;
          for (const part of ["profit", "commission", "swap", "fee"] as const)
            expect(opening[part].minor + closing[part].minor).toBe(trip[part].minor);
        }
      }),
      seeded
    );
  });

  it("gives the same for the same deals in another order", () => {
    fc.assert(
      fc.property(histories, (deals) => {
        const unique = deals.filter((row, i) => deals.findIndex(({ticket}) => ticket === row.ticket) === i);
        expect(roundTrips(unique.slice().reverse())).toEqual(roundTrips(unique));
      }),
      seeded
    );
  });

  it("never opens after it closes, and states net as the sum of its parts", () => {
    fc.assert(
      fc.property(histories, (deals) => {
        for (const trip of roundTrips(deals).trips) {
          expect(trip.openTime <= trip.closeTime && trip.volumeLots > 0).toBe(true);
          const {profit, commission, swap, fee} = trip;
          expect(profit.minor + commission.minor + swap.minor + fee.minor).toBe(trip.net.minor);
        }
      }),
      seeded
    );
  });
});
