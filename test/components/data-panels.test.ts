// @vitest-environment jsdom
import {beforeEach, describe, expect, it} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {queryChoice} from "../../components/inputs/query-choice.js";
import {clockInspector} from "../../components/panels/clock-inspector.js";
import {coverageCalendar} from "../../components/panels/coverage-calendar.js";
import {coverageChart} from "../../components/panels/coverage-chart.js";
import {coverageDays, coveredYears} from "../../components/panels/coverage-days.js";
import {dayDetail, daySection} from "../../components/panels/day-detail.js";
import {downloadTable, siteFiles} from "../../components/panels/download-table.js";
import {incompleteWords} from "../../components/panels/latest-sessions.js";
import type {ClockReport} from "../../services/domain/clock-report.js";
import {DAY_MS, formatDate, HOUR_MS, MINUTE_MS} from "../../services/domain/time.js";
import {nse, open, sampleDataset} from "./sample-dataset.js";
import {words} from "./words.js";

const format = createFormats({zone: "Asia/Kolkata", locale: "en-GB"});
const monday = open + 5 * DAY_MS; // 7 January 2019
/** Three sessions: a whole one, one that misses five minutes, one that is absent; Friday between them is a holiday. */
const dataset = sampleDataset({
  lastTime: monday + DAY_MS + 374 * MINUTE_MS,
  coverage: [
    {date: "2019-01-02", found: 375, expected: 375},
    {date: "2019-01-03", found: 370, expected: 375},
    {date: "2019-01-07", found: 0, expected: 375},
    {date: "2019-01-08", found: 375, expected: 375}
  ],
  gaps: [
    {start: open + DAY_MS + 10 * MINUTE_MS, end: open + DAY_MS + 15 * MINUTE_MS, missing: 5},
    {start: monday, end: monday + 375 * MINUTE_MS, missing: 375}
  ],
  restatements: [{time: open + MINUTE_MS, field: "close", was: 1, is: 2, seenAt: open + DAY_MS}]
});
const stateOf = (date: string, of = dataset) => coverageDays(of, nse, 2019).find((day) => day.date === date)?.state;

beforeEach(() => history.replaceState(null, "", "/data"));

describe("coverageDays", () => {
  it("tells every kind of day apart by the trading calendar", () => {
    expect(
      ["2019-01-01", "2019-01-02", "2019-01-03", "2019-01-04", "2019-01-05", "2019-01-07", "2019-01-09"].map((date) =>
        stateOf(date)
      )
    ).toEqual(["outside", "full", "partial", "holiday", "closed", "missing", "outside"]);
    expect(coverageDays(dataset, nse, 2019).length).toBe(365);
    expect(coverageDays(dataset, nse, 2020).length).toBe(366);
  });

  it("takes a daily bar as there unless a gap holds its session", () => {
    const daily = {...dataset, timeframe: "1d" as const, coverage: [], lastTime: monday + DAY_MS};
    expect(["2019-01-02", "2019-01-03", "2019-01-07", "2019-01-08"].map((date) => stateOf(date, daily))).toEqual([
      "full",
      "full",
      "missing",
      "full"
    ]);
  });

  it("has no day of a data set that is empty", () => {
    const empty = {...dataset, firstTime: null, lastTime: null, coverage: [], gaps: []};
    expect(new Set(coverageDays(empty, nse, 2019).map(({state}) => state))).toEqual(
      new Set(["outside", "closed", "holiday"])
    );
    expect(coveredYears(empty, nse.zone)).toEqual([]);
    expect(coveredYears({firstTime: open - 400 * DAY_MS, lastTime: open}, nse.zone)).toEqual([2019, 2018, 2017]);
  });
});

describe("the coverage calendar", () => {
  const draw = () => {
    const choice = queryChoice("day");
    const panel = coverageCalendar(dataset, {calendar: nse, year: 2019, format, choice});
    document.body.replaceChildren(panel);
    return {choice, panel, cells: [...panel.querySelectorAll<HTMLButtonElement>("button.day")]};
  };

  it("states what it found, shows only months with history, and marks states beyond colour", () => {
    const {panel, cells} = draw();
    expect(words(panel)).toContain("2 of 4 sessions in 2019 are incomplete");
    expect(cells.length).toBe(31);
    expect(cells[2]!.textContent).toBe("3◐");
    expect(cells[6]!.textContent).toBe("7✕");
    expect(cells[3]!.textContent).toBe("4◇");
    expect(cells[2]!.getAttribute("aria-label")).toBe("3 Jan 2019: part of it missing, 370 of 375");
  });

  it("names each day by all the words that it shows", () => {
    const {cells} = draw();
    expect(new Set(cells.map((cell) => cell.dataset["state"])).size).toBeGreaterThan(4);
    for (const cell of cells) {
      const shown = cell.textContent!.replace(/[^\p{L}\p{N}]/gu, "");
      expect(cell.getAttribute("aria-label")!.split(/\W/)).toContain(shown);
    }
  });

  it("opens a day by a click and by the keys, in the address, and closes it again", () => {
    const {choice, cells} = draw();
    expect(cells.filter(({tabIndex}) => tabIndex === 0)).toEqual([cells[0]]);
    cells[0]!.focus();
    cells[0]!.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowDown", bubbles: true}));
    expect(document.activeElement).toBe(cells[7]);
    cells[2]!.click();
    expect([choice.value, location.search]).toEqual(["2019-01-03", "?day=2019-01-03"]);
    expect(cells[2]!.getAttribute("aria-pressed")).toBe("true");
    cells[2]!.click();
    expect(location.search).toBe("");
  });

  it("has all its sessions as a table behind it", () => {
    const {panel} = draw();
    [...panel.querySelectorAll("button")].find((each) => each.textContent === "Table")!.click();
    expect(words(panel)).toContain("3 Jan 2019 part of it missing 370 375 3 Jan 2019, 09:15 3 Jan 2019, 15:30");
  });
});

describe("coverage in words", () => {
  it("agrees in number", () => {
    expect(incompleteWords(1, 1, format, " in 2019")).toBe("1 of 1 session in 2019 is incomplete");
    expect(incompleteWords(2, 5, format)).toBe("2 of 5 sessions are incomplete");
    expect(incompleteWords(0, 5, format)).toBe("Every session is whole");
  });

  it("speaks of the same latest sessions in title, line and table", () => {
    const many = Array.from({length: 70}, (_, i) => ({
      date: formatDate(18_000 + i),
      found: i < 10 ? 1 : 375,
      expected: 375
    }));
    const panel = coverageChart({version: 1, datasets: [sampleDataset({coverage: many}), dataset]}, format);
    expect(words(panel)).toContain("2 of 64 sessions are incomplete");
    expect(words(panel)).toContain("n = 64 sessions of 2 data sets, 2 Jan 2019 to 22 Jun 2019");
    [...panel.querySelectorAll("button")].find((each) => each.textContent === "Table")!.click();
    expect(panel.querySelectorAll("tbody tr").length).toBe(64);
    expect(words(panel)).toContain("bars/NSE-INFY/1m 7 Jan 2019 incomplete 0 375");
    expect(panel.querySelector("details")?.dataset["figure"]).toBe("short-sessions");
  });
});

describe("a day", () => {
  it("that a link names of a data set without days is refused in words", () => {
    const deals = sampleDataset({id: "deals/alpha", kind: "deals"});
    const section = (day: string) => words(daySection(deals, day, {calendar: undefined, format}));
    expect(section("2024-01-02")).toContain(
      "day is 2024-01-02, and deals/alpha is not kept by days: choose bars or ticks"
    );
    expect(section("")).toBe("");
    expect(words(daySection(dataset, "", {calendar: nse, format}))).toContain("Choose a day");
  });

  const detail = (date: string) => words(dayDetail(dataset, date, {calendar: nse, format}));

  it("tells its session, its rows, its gaps and its restatements", () => {
    expect(detail("2019-01-03")).toContain(
      "Rows found 370 Rows expected 375 Gaps 3 Jan 2019, 09:25 to 09:30: 5 missing Restated nothing"
    );
    expect(detail("2019-01-02")).toContain("close of 2 Jan 2019, 09:16 from 1 to 2, recorded 3 Jan 2019, 09:15");
    expect(detail("2019-01-04")).toContain("Session none: a holiday");
  });

  it("says what is wrong with one that there is not", () => {
    expect(detail("2019-13-45")).toContain("no such day: 2019-13-45");
    expect(detail("<b>")).toContain("no such day: <b>");
  });
});

describe("the clock inspector", () => {
  const report: ClockReport = {
    source: "mt5",
    kind: "mt5-bridge",
    rule: "America/New_York + 7 h",
    changes: [
      {
        region: "United States",
        time: Date.UTC(2024, 10, 3, 6),
        wallBefore: Date.UTC(2024, 10, 3, 8, 59),
        wallAt: Date.UTC(2024, 10, 3, 8),
        aheadBeforeMs: 3 * HOUR_MS,
        aheadAtMs: 2 * HOUR_MS
      }
    ],
    evidence: [
      {
        dataset: "bars/X/1m",
        weeks: [{open, firstRow: open, close: open + DAY_MS, lastEnd: open + DAY_MS}],
        rivals: [
          {rule: "Europe/Athens", fits: false},
          {rule: "UTC", fits: true}
        ]
      }
    ]
  };

  it("states the rule, what it makes of the changes, and the data's own word", () => {
    const text = words(clockInspector([report], format));
    expect(text).toContain("mt5 (mt5-bridge): America/New_York + 7 h");
    expect(text).toContain(
      "nothing contradicts it (the edges of 1 week); the same rows rule out Europe/Athens; they would bear UTC as well"
    );
    expect(text).toContain("3 Nov 2024, 08:59 3 Nov 2024, 08:00 UTC +3 h UTC +2 h shows an hour twice");
  });

  it("names a contradiction, and a source that needs no rule", () => {
    const bad = {...report, evidence: [{dataset: "bars/X/1m", weeks: [], rivals: [], fault: "saw it open early"}]};
    expect(words(clockInspector([bad], format))).toContain("✕ bars/X/1m contradicts it: saw it open early");
    const plain = {source: "kite", kind: "kite", reason: "each time bears its offset", changes: [], evidence: []};
    expect(words(clockInspector([plain], format))).toContain(
      "kite (kite): no clock to convert each time bears its offset."
    );
    expect(words(clockInspector([], format))).toContain("No source is in use.");
  });
});

describe("the files", () => {
  it("stand under their own names, in a preview and in a built site, whatever its base", () => {
    const page = "https://x.test/reports/data";
    expect(siteFiles("./_file/loaders/catalog.abc123.json", page)).toBe("https://x.test/reports/loaders/");
    expect(siteFiles("./_file/loaders/catalog.json?sha=abc", page)).toBe("https://x.test/reports/_file/loaders/");
    expect(siteFiles("data:application/json;base64,e30=", "file:///data.html")).toBeUndefined();
  });

  it("come with size and hash; what the catalogue does not hold is not offered", () => {
    const downloads = [
      {dataset: dataset.id, path: "bars/INFY/base.parquet"},
      {dataset: "bars/none/1m", path: "bars/none/base.parquet"}
    ];
    const table = downloadTable({version: 1, datasets: [dataset]}, downloads, {
      format,
      base: "https://x.test/loaders/"
    });
    expect([...table.querySelectorAll("a")].map(({href}) => href)).toEqual([
      "https://x.test/loaders/bars/INFY/base.parquet"
    ]);
    expect(words(table)).toContain(`12 345 375 ${"0f".repeat(32)}`.replaceAll(" ", " "));
  });
});
