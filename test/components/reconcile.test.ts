// @vitest-environment jsdom
import {describe, expect, it} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {reconcileSection} from "../../components/panels/reconcile-section.js";
import {reconcile} from "../../services/analytics/performance/reconcile.js";
import {roundTrips} from "../../services/analytics/performance/round-trips.js";
import {toMoney} from "../../services/domain/money.js";
import {sampleDeals} from "./sample-deals.js";
import {values, words} from "./words.js";

const format = createFormats({zone: "UTC", locale: "en-GB"});
const deals = sampleDeals(60);

describe("whether an account adds up", () => {
  const sectionOf = (own: typeof deals, state?: {balance: number}) => {
    const found = roundTrips(own);
    const stated = state && {
      time: 0,
      currency: "USD",
      balance: toMoney(state.balance, "USD"),
      equity: toMoney(state.balance, "USD")
    };
    const sums = reconcile(own, found, {currency: "USD", state: stated, positions: stated && []});
    return reconcileSection(sums, {format, currency: "USD", deals: own, ...found});
  };

  it("says so, with the lines that make the sum", () => {
    const section = sectionOf(deals, {balance: 11_470});
    expect(words(section)).toContain("add up to the minor unit. The deals come to the balance that the broker states.");
    expect(values(section)).toEqual(["1470", "10000", "0", "0", "11470", "11470", "11470"]);
  });

  it("names what does not, with its row, its reason and its money", () => {
    const orphan = deals.filter(({ticket}) => ticket !== "10"); // the opening of the first round trip
    const text = words(sectionOf(orphan, {balance: 11_000}));
    expect(text).toContain("1 deal cannot be matched");
    expect(text).toContain("closes 1 lot of MT5:EURUSD, of which 1 has no opening in this history");
    expect(text).toContain("come to +470.00 USD against the balance that the broker states");
  });

  it("names openings that the broker does not hold open", () => {
    const text = words(sectionOf(deals.slice(0, -1), {balance: 11_570}));
    expect(text).toContain("what is open by the deals is not what the broker holds open");
    expect(text).toContain("Opened by deal");
  });

  it("begins with what is wrong, and reassures after that", () => {
    const text = words(sectionOf(deals.slice(0, -1), {balance: 11_570}));
    expect(text).toMatch(/^! 1 position disagrees: .* Every deal is in a round trip/);
    expect(text.indexOf("As the broker states")).toBeLessThan(text.indexOf("Together"));
  });
});
