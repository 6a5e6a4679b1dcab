import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {closedDeals} from "../../services/analytics/performance/closed-deals.js";
import {roundTrips} from "../../services/analytics/performance/round-trips.js";
import {compareTickets, compareTrips, sortDeals} from "../../services/domain/deal-order.js";
import {joinDeals} from "../../services/snapshots/join-deals.js";
import {parse, statement} from "../sources/files/report-samples.js";

describe("the order of tickets", () => {
  it("is that of their numbers, a close after its own opening, other text last", () => {
    const sorted = ["9", "99", "99-close", "100", "100-close", "1000", "A1", "A1-close", "b"];
    expect([...sorted].reverse().sort(compareTickets)).toEqual(sorted);
  });

  it("keeps digits that a double would lose", () => {
    expect(compareTickets("9007199254740993", "9007199254740992")).toBeGreaterThan(0);
    expect(compareTickets("9007199254740992-close", "9007199254740993")).toBeLessThan(0);
  });

  it("is one order for any texts: none are equal but the same", () => {
    const ticket = fc.oneof(
      fc.stringMatching(/^0{0,2}[0-9]{1,3}(-close)?$/),
      fc.constantFrom("", "A1", "-close", "9-closed")
    );
    fc.assert(
      fc.property(ticket, ticket, ticket, (a, b, c) => {
        expect(Math.sign(compareTickets(a, b)) + Math.sign(compareTickets(b, a))).toBe(0);
        expect(compareTickets(a, b) === 0).toBe(a === b);
        if (compareTickets(a, b) < 0 && compareTickets(b, c) < 0) expect(compareTickets(a, c)).toBeLessThan(0);
      }),
      {seed: 3, numRuns: 2_000}
    );
  });

  it("of round trips is by close, then by ticket and piece", () => {
    const trip = (id: string, closeTime = 5) => ({id, closeTime});
    const sorted = [trip("z", 4), trip("99-close"), trip("100-close#2"), trip("100-close#10"), trip("101")];
    expect([...sorted].reverse().sort(compareTrips)).toEqual(sorted);
  });
});

it("two closes in one second come in one order through the parser, the store and the statistics", () => {
  const text = statement
    .replace(">101<", ">99<")
    .replace(">103<", ">100<")
    .replace(">100</td><td class=msdate nowrap>2024.03.01", ">98</td><td class=msdate nowrap>2024.03.01")
    .replace("2024.03.04 15:00:00", "2024.03.05 09:00:00");
  const {deals} = parse(text);
  const tickets = ["98", "99", "100", "99-close", "100-close", "104"];
  expect(deals.map(({ticket}) => ticket)).toEqual(tickets);
  const context = {restatements: [], seenAt: 0};
  const stored = joinDeals(deals.slice(3), deals.slice(0, 3).reverse(), context).deals;
  expect(stored.map(({ticket}) => ticket)).toEqual(tickets);
  expect(sortDeals(stored.toReversed()).map(({ticket}) => ticket)).toEqual(tickets);
  expect(closedDeals(stored.toReversed()).closed.map(({ticket}) => ticket)).toEqual(["99-close", "100-close"]);
  const {trips} = roundTrips(stored.toReversed());
  expect(trips.toReversed().sort(compareTrips)).toEqual(trips);
});
