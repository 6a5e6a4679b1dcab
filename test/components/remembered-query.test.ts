// @vitest-environment jsdom
import {beforeEach, describe, expect, it} from "vitest";
import {addressQuery} from "../../components/inputs/address-query.js";
import {dateField} from "../../components/inputs/date-field.js";
import {inputBar} from "../../components/inputs/input-bar.js";
import {rememberedQuery} from "../../components/inputs/remembered-query.js";
import {selectField} from "../../components/inputs/select-field.js";

const fields = () => ({from: dateField({label: "From"}), to: dateField({label: "To"})});
const within = (isWithin: boolean) => ({query: addressQuery, store: sessionStorage, isWithinVisit: () => isWithin});
/** A bar of two dates on a page, which the reader reached from this site or not. */
const openBar = (isWithin = true, key = "alpha") => {
  const dates = fields();
  return inputBar(dates, rememberedQuery(key, dates, within(isWithin)));
};

function choose(bar: HTMLElement, at: number, value: string) {
  const control = bar.querySelectorAll("input")[at]!;
  control.value = value;
  control.dispatchEvent(new Event("input", {bubbles: true}));
}

beforeEach(() => {
  sessionStorage.clear();
  history.replaceState(null, "", "/trades/alpha");
});

describe("rememberedQuery", () => {
  it("finds the inputs again within a visit, in the address too, and nothing else of the query", () => {
    history.replaceState(null, "", "?trip=7");
    choose(openBar(), 0, "2024-01-02");
    history.replaceState(null, "", "/trades/alpha");
    expect(openBar().value.from).toBe("2024-01-02");
    expect(location.search).toBe("?from=2024-01-02");
  });

  it("lets a link win, whether it says something or nothing", () => {
    choose(openBar(), 0, "2024-01-02");
    for (const link of ["?to=2024-05-05", "?trip=7"]) {
      history.replaceState(null, "", link);
      expect(openBar().value.from).toBeUndefined();
      expect(location.search).toBe(link);
    }
    history.replaceState(null, "", "/trades/alpha");
    expect(openBar(false).value.from).toBeUndefined();
    expect(location.search).toBe("");
  });

  it("goes on with a reader who follows a link on the page, and not with one who steps back", () => {
    choose(openBar(), 0, "2024-01-02");
    const arrive = (arrival: "followed" | "returned") => {
      history.replaceState(null, "", "/trades/beta");
      const dates = fields();
      inputBar(dates, rememberedQuery("alpha", dates, {...within(arrival === "returned"), arrival}));
      return location.search;
    };
    expect([arrive("followed"), arrive("returned")]).toEqual(["?from=2024-01-02", ""]);
  });

  it("leaves out without a word what another page cannot show, and keeps what it can", () => {
    const timeframe = (...names: string[]) =>
      selectField({label: "Timeframe", options: ["1d", ...names].map((value) => ({value, label: value}))});
    const page = (...names: string[]) => {
      history.replaceState(null, "", "/markets/EURUSD");
      const all = {timeframe: timeframe(...names), ...fields()};
      return inputBar(all, rememberedQuery("markets", all, within(true)));
    };
    const first = page("1m");
    const select = first.querySelector("select")!;
    select.value = "1m";
    choose(first, 0, "2024-01-02");
    const other = page("5m");
    expect([other.value, other.textContent]).toEqual([
      {timeframe: "1d", from: "2024-01-02", to: undefined},
      expect.not.stringContaining("no such choice")
    ]);
    expect(location.search).toBe("?from=2024-01-02");
    expect(page("1m").value.timeframe).toBe("1m");
  });

  it("forgets what a reset has put back", () => {
    choose(openBar(), 0, "2024-01-02");
    history.replaceState(null, "", "/trades/alpha");
    const bar = openBar();
    document.body.replaceChildren(bar);
    bar.querySelector<HTMLButtonElement>("[type=reset]")!.click();
    expect(location.search).toBe("");
    expect(openBar().value.from).toBeUndefined();
  });

  it("does without a browser that keeps nothing", () => {
    const refuse = () => {
      throw new DOMException("denied");
    };
    const effects = {...within(true), store: {getItem: refuse, setItem: refuse}};
    const dates = fields();
    const bar = inputBar(dates, rememberedQuery("alpha", dates, effects));
    choose(bar, 1, "2024-01-02");
    expect(location.search).toBe("?to=2024-01-02");
  });
});

describe("dateField", () => {
  it("takes a date and says what is none", () => {
    history.replaceState(null, "", "?from=2024-02-30&to=2024-02-29");
    const bar = inputBar(fields());
    expect(bar.value).toEqual({from: undefined, to: "2024-02-29"});
    expect(bar.textContent).toContain("From: not a date as 2024-01-31: 2024-02-30");
  });
});

describe("a date that is typed", () => {
  it("is a choice, and one step of the history, once its year is whole", () => {
    history.replaceState(null, "", "/");
    const before = history.length;
    const bar = openBar();
    for (const year of ["0002", "0020", "0202", "2024"]) choose(bar, 0, `${year}-01-14`);
    expect([location.search, history.length - before]).toEqual(["?from=2024-01-14", 1]);
  });
});

describe("the reset of a bar", () => {
  it("is offered once something is chosen, and puts all back in one step", () => {
    const bar = inputBar(fields());
    document.body.replaceChildren(bar);
    const button = bar.querySelector<HTMLButtonElement>("[type=reset]")!;
    expect(button.hidden).toBe(true);
    choose(bar, 0, "2024-01-02");
    choose(bar, 1, "2024-01-03");
    expect(button.hidden).toBe(false);
    const before = history.length;
    button.click();
    expect(bar.value).toEqual({from: undefined, to: undefined});
    expect([location.search, history.length - before, button.hidden]).toEqual(["", 1, true]);
  });
});
