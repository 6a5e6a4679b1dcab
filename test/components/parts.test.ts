// @vitest-environment jsdom
import {describe, expect, it} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {attentionList} from "../../components/parts/attention.js";
import {chartFrame} from "../../components/parts/chart-frame.js";
import {evidenceLine} from "../../components/parts/evidence.js";
import {html} from "../../components/parts/html.js";
import {pageHead} from "../../components/parts/page-head.js";
import {estimateTile, statTile, tileRow} from "../../components/parts/stat-tile.js";
import {errorState} from "../../components/parts/states.js";
import {open, sampleDataset} from "./sample-dataset.js";
import {words} from "./words.js";

const format = createFormats({zone: "Asia/Kolkata", locale: "en-IN"});

describe("html", () => {
  it("never takes text for markup", () => {
    const hostile = "<img src=x onerror=alert(1)>";
    const element = html`<p title=${hostile}>${hostile}</p>`;
    expect(element.children.length).toBe(0);
    expect(element.textContent).toBe(hostile);
    expect(element.title).toBe(hostile);
  });

  it("refuses what holds no element", () => {
    expect(() => html`only text`).toThrow("no element: only text");
  });
});

describe("pageHead", () => {
  it("says what, as of when in which zone, and that it is simulated", () => {
    const head = pageHead({title: "Infosys", deck: "NSE:INFY", asOf: open, simulated: true}, format);
    expect(words(head)).toBe("Infosys NSE:INFY Simulated data Snapshot As of 2 Jan 2019, 09:15 IST (Asia/Kolkata)");
    expect(head.querySelector("time")!.dateTime).toBe("2019-01-02T03:45:00.000Z");
  });

  it("says so when stale or empty", () => {
    const head = pageHead(
      {title: "Infosys", asOf: null, state: "stale", note: "2 sessions missing", simulated: false},
      format
    );
    expect(words(head)).toBe("Infosys Stale No data yet 2 sessions missing");
  });
});

describe("tiles", () => {
  it("shows an estimate with interval, n and grade", () => {
    const estimate = {value: 11, n: 214, low: 6, high: 17, level: 0.95};
    const text = (value: number) => format.number(value, {decimals: 0});
    const tile = estimateTile({label: "Re-entry", estimate, format: text, unit: "min sooner", grade: "moderate"});
    expect(words(tile)).toBe("Re-entry 11 min sooner 95 %: 6 to 17 n = 214 moderate evidence");
    expect(tile.querySelector("data")!.value).toBe("11");
    expect(tile.querySelectorAll(".grade i.on").length).toBe(2);
  });

  it("shows the reason, not a zero, where there is no value", () => {
    const estimate = {value: undefined, n: 4, reason: "fewer than 30 round trips"};
    const tile = estimateTile({label: "SQN", estimate, format: String, counted: "round trips"});
    expect(words(tile)).toBe("SQN – fewer than 30 round trips n = 4 round trips");
    expect(tile.hasAttribute("data-absent")).toBe(true);
    expect(tile.querySelector("data")).toBeNull();
  });

  it("colours gains and losses beside their sign, and zero not at all", () => {
    const tone = (value: number) =>
      statTile({label: "Net", value, text: `${value}`, basis: "n = 1", isSigned: true})
        .querySelector(".value")!
        .className.trim();
    expect([5, -5, 0].map(tone)).toEqual(["value gain", "value loss", "value"]);
  });

  it("stand six in a row at most", () => {
    const tiles = Array.from({length: 7}, () => html`<div></div>`);
    expect(() => tileRow(tiles)).toThrow("too many tiles in a row: 7");
  });
});

describe("evidenceLine", () => {
  it("opens into all that the catalogue knows", () => {
    const gap = {start: open, end: open + 120_000, missing: 2};
    const offSession = {preOpen: 7, postClose: 1, closedDay: 0};
    const dataset = sampleDataset({gaps: [gap], offSession, warnings: ["one bar was restated"]});
    const line = evidenceLine(
      {datasets: [dataset], facts: [["Volume", "23 39 635 ticks"]], knownAt: "the close"},
      format
    );
    expect(words(line.querySelector("summary")!)).toBe(
      "Source: bars/NSE-INFY/1m, 375 rows to 2 Jan 2019, 15:29 IST. Why this number?"
    );
    expect(line.querySelector("dl")).toBeNull(); // made when it is opened
    line.dispatchEvent(new Event("toggle"));
    const text = words(line);
    for (const fact of [
      "1 with 2 bars missing; 2 Jan 2019, 09:15 to 09:17: 2",
      "7 before the open, 1 after the close",
      "0f".repeat(32),
      "abc123",
      "one bar was restated",
      "Volume 23 39 635 ticks",
      "Known at the close"
    ])
      expect(text).toContain(fact);
  });
});

describe("chartFrame", () => {
  function sample() {
    const chart = html`<div class="chart"></div>`;
    const frame = chartFrame({title: "Up 1 %", subtitle: "n = 3", chart, table: () => html`<table></table>`});
    return {chart, frame, button: frame.querySelector("button")!};
  }

  it("turns into its table at a press and back", () => {
    const {chart, frame, button} = sample();
    button.click();
    expect(frame.querySelector("table")).not.toBeNull();
    expect(button.getAttribute("aria-pressed")).toBe("true");
    button.click();
    expect(frame.querySelector(".chart-body")!.firstElementChild).toBe(chart);
  });

  it("turns at the key t, but not with a modifier", () => {
    const {frame} = sample();
    frame.dispatchEvent(new KeyboardEvent("keydown", {key: "t", ctrlKey: true}));
    expect(frame.querySelector("table")).toBeNull();
    frame.dispatchEvent(new KeyboardEvent("keydown", {key: "t"}));
    expect(frame.querySelector("table")).not.toBeNull();
  });

  it("has no button where there is no table", () => {
    expect(chartFrame({title: "a", subtitle: "b", chart: html`<div></div>`}).querySelector("button")).toBeNull();
  });
});

describe("states", () => {
  it("names the cause and the next step", () => {
    const state = errorState(new Error("unknown instrument: FOO"), "Choose another.");
    expect(words(state)).toBe("✕ unknown instrument: FOO Choose another.");
    expect(state.getAttribute("role")).toBe("alert");
  });
});

describe("attentionList", () => {
  it("puts the worst first and says when there is nothing", () => {
    const list = attentionList([
      {severity: "note", subject: "a", text: "x"},
      {severity: "breach", subject: "b", text: "y"}
    ]);
    expect([...list.children].map((item) => words(item))).toEqual(["✕ b y", "· a x"]);
    expect(attentionList([]).textContent).toContain("Nothing needs attention");
  });
});

it("lets red mean up for those who wish it", () => {
  const options = {title: "Infosys", asOf: open, simulated: false};
  pageHead(options, createFormats({zone: "UTC", locale: "en-GB", redIsUp: true}));
  expect(document.documentElement.dataset["up"]).toBe("red");
  pageHead(options, format);
  expect(document.documentElement.dataset["up"]).toBe("teal");
});
