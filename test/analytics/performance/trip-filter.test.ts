import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {roundTrips} from "../../../services/analytics/performance/round-trips.js";
import {filterTrips, resultOf, tripHour, tripWeekday} from "../../../services/analytics/performance/trip-filter.js";
import {toAmount} from "../../../services/domain/money.js";
import {sampleDeals} from "../../components/sample-deals.js";

const {trips} = roundTrips(sampleDeals(60));
const zone = "Asia/Kolkata";
const ids = (filter: Parameters<typeof filterTrips>[1]) => filterTrips(trips, filter, zone).map(({id}) => id);

describe("filterTrips", () => {
  it("keeps all where nothing is asked, in the order given", () => {
    expect(ids({})).toEqual(trips.map(({id}) => id));
  });

  it("takes side, result and instrument by what the trip says", () => {
    expect(ids({result: "won"})).toEqual(trips.filter(({net}) => toAmount(net) > 0).map(({id}) => id));
    expect(ids({side: "sell"}).length).toBe(20);
    expect(ids({instrument: "MT5:GBPUSD"})).toEqual([]);
    expect(resultOf({...trips[0]!, net: {minor: 0, currency: "USD"}})).toBe("even");
  });

  it("counts dates, weekdays and hours on the account's clock, both ends included", () => {
    expect(ids({from: "2019-01-02", to: "2019-01-02"})).toEqual([trips[0]!.id]);
    expect(tripHour(trips[0]!, zone)).toBe(9); // opened 09:15 IST
    expect(tripHour(trips[0]!, "UTC")).toBe(3);
    expect(tripWeekday(trips[0]!, zone)).toBe(3); // a Wednesday
    expect(ids({hour: 9}).length).toBe(60);
    expect(ids({hour: 3})).toEqual([]);
    expect(ids({weekday: 3}).length).toBe(12);
  });

  it("takes what closed later than a moment, and not at it", () => {
    expect(ids({after: trips[9]!.closeTime})[0]).toBe(trips[10]!.id);
  });

  it("splits what it is asked of into parts that add up to the whole", () => {
    fc.assert(
      fc.property(fc.constantFrom("UTC", "America/New_York", zone), (clock) => {
        const hours = Array.from({length: 24}, (_, hour) => filterTrips(trips, {hour}, clock).length);
        const weekdays = Array.from({length: 7}, (_, weekday) => filterTrips(trips, {weekday}, clock).length);
        const results = (["won", "lost", "even"] as const).map((result) => filterTrips(trips, {result}, clock).length);
        for (const parts of [hours, weekdays, results]) expect(parts.reduce((sum, n) => sum + n, 0)).toBe(trips.length);
      }),
      {seed: 5, numRuns: 3}
    );
  });
});
