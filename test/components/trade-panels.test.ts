// @vitest-environment jsdom
import {beforeEach, describe, expect, it, vi} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {inputBar} from "../../components/inputs/input-bar.js";
import {queryChoice} from "../../components/inputs/query-choice.js";
import {distributionPanel} from "../../components/panels/distribution-panel.js";
import {groupPanel} from "../../components/panels/group-panel.js";
import {resultCurvePanel, resultFallPanel} from "../../components/panels/result-panels.js";
import {roundTripTable} from "../../components/panels/round-trip-table.js";
import {choiceWords, chooseTrips, noTrips, tripFields} from "../../components/panels/trade-filter.js";
import {tripPanel} from "../../components/panels/trip-panel.js";
import {html} from "../../components/parts/html.js";
import {groupTrips} from "../../components/work/group-trips.js";
import {resultCurve} from "../../services/analytics/performance/result-curve.js";
import {roundTrips} from "../../services/analytics/performance/round-trips.js";
import {tradeStatistics} from "../../services/analytics/performance/trade-statistics.js";
import {toAmount} from "../../services/domain/money.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import {MINUTE_MS} from "../../services/domain/time.js";
import {sampleBars} from "../snapshots/samples.js";
import {nse} from "./sample-dataset.js";
import {sampleDeals} from "./sample-deals.js";
import {values, words} from "./words.js";

const format = createFormats({zone: "UTC", locale: "en-GB"});
const deals = sampleDeals(60);
const history = roundTrips(deals);
const {trips} = history;
const source = html`<p>source</p>`;
const usual = {format, currency: "USD", words: "all 60 round trips", source};
const eurusd = {
  id: "MT5:EURUSD",
  tickSize: 0.00001,
  contractSize: 100_000,
  currency: "USD",
  slug: "EURUSD",
  calendar: "nse"
} as unknown as InstrumentSettings;

beforeEach(() => history_().replaceState(null, "", "/trades/alpha"));
const history_ = () => window.history;

function chosenBy(query: string) {
  history_().replaceState(null, "", `/trades/alpha${query}`);
  return chooseTrips(trips, inputBar(tripFields(trips, "UTC")).value, "UTC", format);
}

describe("the choice of round trips", () => {
  it("is all of them, and says so, where the address says nothing", () => {
    const chosen = chosenBy("");
    expect(chosen.isWhole).toBe(true);
    expect(choiceWords(chosen, format)).toBe("all 60 round trips");
  });

  it("is what the address says, in words and in number", () => {
    const chosen = chosenBy("?side=sell&result=won&from=2019-02-01");
    const expected = trips.filter(
      ({side, net, closeTime}) => side === "sell" && net.minor > 0 && closeTime >= Date.UTC(2019, 1, 1)
    );
    expect(chosen.trips).toEqual(expected);
    expect(choiceWords(chosen, format)).toBe(
      `${expected.length} of 60 round trips: short, won, closed from 1 Feb 2019`
    );
  });

  it("offers only weekdays, hours and instruments that occur", () => {
    const bar = inputBar(tripFields(trips, "UTC"));
    const options = [...bar.querySelectorAll("select")].map((select) => [...select.options].map(({value}) => value));
    expect(options[0]).toEqual(["all", "MT5:EURUSD"]);
    expect(options.at(-1)).toEqual(["all", "3"]);
  });

  it("is empty by design: what was asked, and a button that takes all of it back", () => {
    const chosen = chosenBy("?side=sell&from=2030-01-01");
    const state = noTrips(chosen, format);
    expect(words(state)).toContain("None of 60 round trips is short, closed from 1 Jan 2030.");
    const bar = inputBar(tripFields(trips, "UTC"));
    document.body.replaceChildren(bar, state);
    state.querySelector("button")!.click();
    expect(bar.value.side).toBe("all");
    expect(bar.value.from).toBeUndefined();
    expect(location.search).toBe("");
  });
});

describe("the round trips' table", () => {
  it("sorts by its heads, keeps the order in the address, and marks it for those who cannot see it", () => {
    const table = roundTripTable(trips, {format, currency: "USD", instruments: [eurusd]});
    document.body.replaceChildren(table);
    const head = () =>
      [...table.querySelectorAll<HTMLButtonElement>("button.sort")].find((each) =>
        each.textContent!.startsWith("Net")
      )!;
    head().click();
    expect(location.search).toBe("?sort=-net");
    const nets = trips.map(({net}) => toAmount(net)).sort((a, b) => b - a);
    const shown = [...table.querySelectorAll("tbody tr")].map((row) => row.querySelectorAll("td")[8]!.textContent);
    expect(shown[0]).toBe(format.amount(nets[0]!, "USD", {signed: true}));
    expect(shown.at(-1)).toBe(format.amount(nets.at(-1)!, "USD", {signed: true}));
    expect(head().closest("th")!.getAttribute("aria-sort")).toBe("descending");
    head().click();
    expect(location.search).toBe("?sort=net");
    expect(document.activeElement).toBe(head());
  });

  it("says what is wrong with an order that there is not", () => {
    history_().replaceState(null, "", "?sort=luck");
    expect(words(roundTripTable(trips, {format, currency: "USD", instruments: [eurusd]}))).toContain(
      "Order: no such column: luck"
    );
  });

  it("chooses a row by click and by its link, moves by arrows, and is one stop of the Tab key", () => {
    const choice = queryChoice("trip");
    const table = roundTripTable(trips, {format, currency: "USD", instruments: [eurusd], choice});
    document.body.replaceChildren(table);
    const links = [...table.querySelectorAll<HTMLAnchorElement>("a.row-link")];
    expect(links.filter(({tabIndex}) => tabIndex === 0)).toEqual([links[0]]);
    links[0]!.focus();
    links[0]!.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowDown", bubbles: true}));
    expect(document.activeElement).toBe(links[1]);
    links[1]!.click();
    const id = trips.at(-2)!.id;
    expect(choice.value).toBe(id);
    expect(location.search).toBe(`?trip=${id}`);
    expect(table.querySelector("tr[aria-current]")!.contains(links[1]!)).toBe(true);
    table.querySelectorAll("tbody tr")[4]!.querySelector("td")!.click();
    expect(choice.value).toBe(trips.at(-5)!.id);
    choice.choose("");
    expect(location.search).toBe("");
  });

  it("shows sixty at first, then sixty more, and says of how many", () => {
    const many = roundTrips(sampleDeals(130)).trips;
    const table = roundTripTable(many, {format, currency: "USD", instruments: [eurusd]});
    expect(words(table)).toContain("First 60 of 130 rows");
    [...table.querySelectorAll("button")].find((each) => each.textContent === "Show 60 more")!.click();
    expect(table.querySelectorAll("tbody tr").length).toBe(120);
    [...table.querySelectorAll("button")].find((each) => each.textContent === "Show 10 more")!.click();
    expect(table.querySelectorAll("tbody tr").length).toBe(130);
    expect(words(table)).toContain("130 rows");
  });
});

describe("panels of chosen round trips", () => {
  const statistics = tradeStatistics(trips, {zone: "UTC"});

  it("say in their titles what the interval allows", () => {
    const panel = distributionPanel(trips, {...usual, mean: statistics.expectancyMoney});
    expect(words(panel)).toContain("The mean round trip made +24.50 USD");
    expect(words(panel)).toContain("all 60 round trips");
    const few = tradeStatistics(trips.slice(0, 3), {zone: "UTC"});
    expect(words(distributionPanel(trips.slice(0, 3), {...usual, mean: few.expectancyMoney}))).toContain(
      "Too little to state a mean"
    );
  });

  it("add up from nothing and never speak of a balance", () => {
    const options = {...usual, isByDay: false};
    const curve = resultCurvePanel(resultCurve(trips), options);
    expect(words(curve)).toContain("Together they made 1 470.00 USD");
    expect(words(curve)).toContain("has no balance of its own");
    expect(words(resultFallPanel(resultCurve(trips), options))).toContain("The deepest fall of the sum was 100.00 USD");
    expect(words(resultCurvePanel([], options))).toContain("Nothing chosen");
  });

  it("say how many groups leave out zero, and how many would by luck", () => {
    const best = trips.filter(({net}) => net.minor > 0);
    const sides = groupPanel(groupTrips(best, {by: "side", zone: "UTC"}), {...usual, by: "side", zone: "UTC"});
    expect(words(sides)).toContain("2 of 2 intervals leave out zero (long, short); luck alone gives about 0.1");
    expect(words(groupPanel([], {...usual, by: "side", zone: "UTC"}))).toContain("Nothing to compare");
  });

  it("group by what they have in common", () => {
    const panel = groupPanel(groupTrips(trips, {by: "weekday", zone: "UTC"}), {...usual, by: "weekday", zone: "UTC"});
    panel.querySelector("button")!.click();
    expect([...panel.querySelectorAll("tbody th")].map((cell) => cell.textContent)).toEqual([
      "Wednesday",
      "Thursday",
      "Friday",
      "Saturday",
      "Sunday"
    ]);
  });
});

describe("one round trip", () => {
  const trip = trips[3]!;
  const bars = sampleBars(600, {start: trip.openTime - 100 * MINUTE_MS, base: 1.1});
  const common = {
    ...usual,
    deals,
    shares: history.shares.get(trip.id)!,
    instrument: eurusd,
    calendar: {...nse, openMinute: 0, closeMinute: 1_440, weekdays: [0, 1, 2, 3, 4, 5, 6], holidays: []},
    among: trips,
    choice: queryChoice("trip")
  };

  it("stands on its chart with entry and exit, and the deals behind it add up to it", () => {
    const panel = tripPanel(trip, {...common, shown: {timeframe: "1m", from: "1m"}, bars});
    const text = words(panel);
    expect(text).toContain("−100.00 USD in 1 h");
    expect(text).toContain("opened 1.10000");
    expect(text).toContain(`closed ${format.price(trip.closePrice, 0.00001)}`);
    expect(text).toContain("125 drawn");
    expect(text).toContain("4 of 60 chosen");
    expect(text).toMatch(/At worst while open −0\.00\d+ USD.* At best while open .* by 59 1m bars wholly inside it/);
    expect(values(panel.querySelector("tbody tr:last-child")!).at(-1)).toBe("-100");
  });

  it("says so where no bars show it", () => {
    const shown = {reason: "the bars kept do not reach it"};
    expect(words(tripPanel(trip, {...common, shown, bars: undefined}))).toContain(
      "No bars of MT5:EURUSD show this round trip: the bars kept do not reach it."
    );
  });

  it("leads to the one before and the one after among those chosen, and nowhere from the ends", () => {
    const choose = vi.fn();
    const choice = Object.assign(queryChoice("trip"), {choose});
    const shown = {reason: "none"};
    const buttons = (of: typeof trip) => [
      ...tripPanel(of, {...common, choice, shown, bars: undefined}).querySelectorAll<HTMLButtonElement>(
        ".trip-steps button"
      )
    ];
    const [earlier, later, close] = buttons(trip);
    earlier!.click();
    later!.click();
    close!.click();
    expect(choose.mock.calls.flat()).toEqual([trips[2]!.id, trips[4]!.id, ""]);
    expect(buttons(trips[0]!)[0]!.disabled).toBe(true);
    expect(buttons(trips.at(-1)!)[1]!.disabled).toBe(true);
  });
});
