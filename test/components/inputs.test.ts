// @vitest-environment jsdom
import {beforeEach, describe, expect, it} from "vitest";
import {checksField} from "../../components/inputs/checks-field.js";
import {inputBar} from "../../components/inputs/input-bar.js";
import {rangeField} from "../../components/inputs/range-field.js";
import {selectField} from "../../components/inputs/select-field.js";

const timeframes = ["1m", "1h", "1d"].map((value) => ({value, label: value}));
const overlays = ["sma", "ema"].map((value) => ({value, label: value.toUpperCase()}));

function fields() {
  return {
    timeframe: selectField({label: "Timeframe", options: timeframes, value: "1d"}),
    overlays: checksField({label: "Indicators", options: overlays, value: ["sma"]}),
    asOf: rangeField({label: "As known at", min: 1, max: 100})
  };
}

function choose(bar: HTMLElement, selector: string, change: (control: HTMLInputElement) => void) {
  const control = bar.querySelector<HTMLInputElement>(selector)!;
  change(control);
  control.dispatchEvent(new Event("input", {bubbles: true}));
}

beforeEach(() => history.replaceState(null, "", "/markets/INFY"));

describe("inputBar", () => {
  it("holds the defaults by name and leaves the address alone", () => {
    expect(inputBar(fields()).value).toEqual({timeframe: "1d", overlays: ["sma"], asOf: 100});
    expect(location.search).toBe("");
  });

  it("writes what is not the default into the query, and takes it out again", () => {
    const bar = inputBar(fields());
    choose(bar, "select", (select) => (select.value = "1h"));
    choose(bar, "input[value=ema]", (box) => (box.checked = true));
    expect(location.search).toBe("?timeframe=1h&overlays=sma,ema");
    choose(bar, "select", (select) => (select.value = "1d"));
    choose(bar, "input[value=ema]", (box) => (box.checked = false));
    expect(location.search).toBe("");
    expect(location.pathname).toBe("/markets/INFY");
  });

  it("reads its state from the query", () => {
    history.replaceState(null, "", "?timeframe=1m&overlays=&asOf=42&sidecar=ws://127.0.0.1:1");
    const bar = inputBar(fields());
    expect(bar.value).toEqual({timeframe: "1m", overlays: [], asOf: 42});
    expect(bar.querySelector("output")!.textContent).toBe("42");
  });

  it("keeps what else the query says", () => {
    history.replaceState(null, "", "?sidecar=here");
    choose(inputBar(fields()), "select", (select) => (select.value = "1h"));
    expect(location.search).toBe("?sidecar=here&timeframe=1h");
  });

  it("takes the default where the query makes no sense", () => {
    history.replaceState(null, "", "?timeframe=7y&overlays=macd,<b>&asOf=1e9");
    expect(inputBar(fields()).value).toEqual({timeframe: "1d", overlays: [], asOf: 100});
    history.replaceState(null, "", "?asOf=");
    expect(inputBar(fields()).value.asOf).toBe(100);
  });

  it("says in place what a link asked for in vain, until something is chosen", () => {
    history.replaceState(null, "", "?timeframe=7y&overlays=macd,sma&asOf=1e9");
    const bar = inputBar(fields());
    expect([...bar.querySelectorAll("[role=alert] .step")].map((line) => line.textContent)).toEqual([
      "Timeframe: no such choice: 7y; shown is 1d, there are 1m, 1h, 1d",
      "Indicators: no such choice: macd; there are sma, ema",
      "As known at: not a number from 1 to 100: 1e9"
    ]);
    choose(bar, "select", (select) => (select.value = "1h"));
    expect(bar.querySelector("[role=alert]")).toBeNull();
  });

  it("takes one step of the history for each change, and one for a whole drag", () => {
    const before = history.length;
    const bar = inputBar(fields());
    choose(bar, "select", (select) => (select.value = "1h"));
    choose(bar, "input[type=range]", (slider) => (slider.value = "50"));
    choose(bar, "input[type=range]", (slider) => (slider.value = "40"));
    bar.querySelector("input[type=range]")!.dispatchEvent(new Event("change", {bubbles: true}));
    expect(history.length).toBe(before + 2);
    expect(location.search).toBe("?timeframe=1h&asOf=40");
  });

  it("goes back with the reader", () => {
    const bar = inputBar(fields());
    document.body.replaceChildren(bar);
    choose(bar, "select", (select) => (select.value = "1h"));
    const told: string[] = [];
    bar.addEventListener("input", () => told.push(bar.value.timeframe));
    history.replaceState(null, "", "/markets/INFY");
    window.dispatchEvent(new PopStateEvent("popstate"));
    expect(told).toEqual(["1d"]);
    expect(location.search).toBe("");
  });

  it("names every control for those who cannot see it", () => {
    const bar = inputBar(fields());
    for (const control of bar.querySelectorAll("input, select"))
      expect(control.closest("label")!.textContent!.trim()).not.toBe("");
  });
});

describe("fields", () => {
  it("refuse a default that is no choice", () => {
    expect(() => selectField({label: "Timeframe", options: timeframes, value: "5m"})).toThrow(
      "invalid option of Timeframe: 5m"
    );
    expect(() => selectField({label: "Timeframe", options: []})).toThrow(RangeError);
    expect(() => rangeField({label: "n", min: 1, max: 0})).toThrow("invalid range of n: 0 in 1 to 0");
    expect(() => rangeField({label: "n", min: NaN, max: 0})).toThrow(RangeError);
  });
});
