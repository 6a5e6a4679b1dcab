// @vitest-environment jsdom
import {expect, it} from "vitest";
import {createFormats} from "../../../components/format/create-formats.js";
import {estimatePanel} from "../../../components/panels/estimate-panel.js";
import {estimateTable} from "../../../components/panels/estimate-table.js";
import {gapGroupTable} from "../../../components/panels/gap-group-table.js";
import {openingRangeTable, openingRangeTiles} from "../../../components/panels/opening-range-panel.js";
import {rollingPanel} from "../../../components/panels/rolling-panel.js";
import {gapWords, openingRangeWords, rangeWords} from "../../../components/panels/session-words.js";
import {
  clusteringWords,
  estimateWords,
  horizonWords,
  rollingWords,
  samplingWords,
  spreadWords
} from "../../../components/panels/volatility-words.js";
import {html} from "../../../components/parts/html.js";
import {siblingLinks} from "../../../components/parts/sibling-links.js";
import {type OpeningRange, openingRangeSummary} from "../../../services/analytics/sessions/opening-range.js";
import {gapGroups, type SessionGap} from "../../../services/analytics/sessions/session-gaps.js";
import type {Estimate} from "../../../services/domain/estimate.js";
import {DAY_MS} from "../../../services/domain/time.js";
import {matchesStates, type PanelStates} from "../../support/panel-states.js";
import {open} from "../sample-dataset.js";

const format = createFormats({zone: "Asia/Kolkata", locale: "en-GB"});
const source = html`<p>source</p>`;
const percent = (value: number) => format.fraction(value, {decimals: 2});
const known = (value: number, spread: number, n = 120): Estimate => ({
  value,
  n,
  low: value - spread,
  high: value + spread,
  level: 0.95
});
const unknown: Estimate = {value: undefined, n: 4, reason: "4 sessions; at least 10 are needed"};
const rows = [
  {label: "09:15–10:15", estimate: known(0.02, 0.004)},
  {label: "10:15–11:15", estimate: known(0.011, 0.004)},
  {label: "11:15–12:15", estimate: unknown}
];
const panel = {
  title: "Widest is the first hour",
  subtitle: "Mean range, %; n = 120 sessions",
  caption: "Range by hour",
  measure: "Mean range",
  unit: "%",
  text: percent,
  reference: 0.011,
  format,
  source
};
const rolling = {
  time: Float64Array.from({length: 30}, (_, i) => open + i * DAY_MS),
  value: Float64Array.from({length: 30}, (_, i) => 0.01 + 0.002 * Math.sin(i / 4))
};
const rollingOptions = {
  title: "As it moved",
  subtitle: "per session",
  measure: "Volatility",
  text: percent,
  format,
  source
};
const ranges: OpeningRange[] = Array.from({length: 12}, (_, i) => ({
  date: `2019-01-${String(i + 1).padStart(2, "0")}`,
  high: 101,
  low: 99,
  first: (["up", "down", "none", "both"] as const)[i % 4]!,
  isBothSides: i % 4 === 3,
  breakTime: i % 4 === 2 ? undefined : open + i * DAY_MS,
  move: i % 4 < 2 ? 0.002 * (i - 3) : undefined
}));
const gaps: SessionGap[] = Array.from({length: 60}, (_, i) => ({
  time: open + i * DAY_MS,
  gap: 0.0004 * (i + 1) * (i % 2 === 0 ? 1 : -1),
  isFilled: i % 4 !== 0 && i < 45,
  after: 0.001 * Math.cos(i)
}));
const table = {format, tickSize: 0.05, zone: "Asia/Kolkata", moment: (time: number) => format.moment(time, "time")};

const panels: readonly PanelStates[] = [
  {
    name: "estimate-panel",
    states: {
      usual: () => estimatePanel(rows, panel),
      optional: () => estimatePanel(rows.slice(2), panel),
      empty: () => estimatePanel([], panel)
    }
  },
  {
    name: "estimate-table",
    states: {
      usual: () => estimateTable([{...rows[0]!, grade: "moderate"}, rows[2]!], panel),
      empty: () => estimateTable([], panel)
    }
  },
  {
    name: "rolling-panel",
    states: {
      usual: () => rollingPanel(rolling, {...rollingOptions, level: {value: 0.0105, label: "all sessions"}}),
      empty: () =>
        rollingPanel(
          {time: new Float64Array(), value: new Float64Array()},
          {...rollingOptions, level: {value: undefined, label: ""}}
        )
    }
  },
  {
    name: "opening-range",
    states: {
      usual: () =>
        html`<div>${openingRangeTiles(openingRangeSummary(ranges, {draws: 200}), format)}${openingRangeTable(ranges, table)}</div>`,
      empty: () => html`<div>${openingRangeTiles(openingRangeSummary([]), format)}${openingRangeTable([], table)}</div>`
    }
  },
  {
    name: "gap-groups",
    states: {
      usual: () => gapGroupTable(gapGroups(gaps, {draws: 200}), format),
      optional: () => gapGroupTable(gapGroups(gaps.slice(0, 4)), format),
      empty: () => gapGroupTable(gapGroups([]), format)
    }
  },
  {
    name: "sibling-links",
    states: {
      usual: () =>
        siblingLinks(
          ["EURUSD", "INFY"].map((name, i) => ({name, href: `./${name}`, isCurrent: i === 0})),
          "The same study of"
        ),
      empty: () => siblingLinks([{name: "EURUSD", href: "./EURUSD", isCurrent: true}], "The same study of")
    }
  }
];

it.each(panels)("$name says what its file says, in every state", (panel) => matchesStates(panel));

const hours = (...estimates: Estimate[]) =>
  estimates.map((estimate, i) => ({label: ["morning", "noon", "evening"][i]!, estimate}));
const lag = (lag: number, value: number, grade: string) => ({
  lag,
  label: `${lag} later`,
  estimate: known(value, 0.05),
  grade
});

/** Thin and hard spaces read as spaces. */
const read = (text: string) => text.replace(/\s/g, " ");

it.each([
  [estimateWords(known(0.0123, 0.001), percent, format), "1.23 % (95 %: 1.13 % to 1.33 %; n = 120)"],
  [estimateWords(unknown, percent, format), "– (4 sessions; at least 10 are needed)"],
  [
    rollingWords({time: rolling.time, value: Float64Array.of(1, 2, 3, 2.5)}, 20, String, format),
    "The last 20 sessions moved 2.5 each: above 67 % of the windows before"
  ],
  [
    rollingWords({time: rolling.time, value: Float64Array.of(1)}, 20, String, format),
    "Too few sessions for windows of 20"
  ],
  [
    clusteringWords([lag(1, 0.3, "strong"), lag(5, 0.2, "weak"), lag(10, 0.01, "none")], format),
    "Large moves come together: sizes still correlate at 0.20 after 5 sessions"
  ],
  [
    clusteringWords([lag(1, 0.3, "strong"), lag(5, 0.01, "none")], format),
    "Large moves come together: one session's size and the next correlate at 0.30"
  ],
  [
    clusteringWords([lag(1, 0.02, "none")], format),
    "No evidence that large moves come together: the next session's size correlates at 0.02"
  ],
  [
    clusteringWords([{...lag(1, 0, "none"), estimate: unknown}], format),
    "Too little to look for clusters: 4 sessions; at least 10 are needed"
  ],
  [
    horizonWords(hours(known(0.01, 0.001), known(0.0105, 0.001)), percent),
    "No evidence of trend or reversal: 1.05 % a session over noon, 1.00 % over morning"
  ],
  [
    horizonWords(hours(known(0.01, 0.001), known(0.02, 0.001)), percent),
    "Moves go on: 2.00 % a session over noon, 1.00 % over morning"
  ],
  [
    horizonWords(hours(known(0.02, 0.001), known(0.01, 0.001)), percent),
    "Moves are taken back: 1.00 % a session over noon, 2.00 % over morning"
  ],
  [horizonWords(hours(unknown), percent), "Too few sessions to compare horizons"],
  [
    samplingWords(hours(known(0.02, 0.001), known(0.01, 0.001)), percent),
    "Short steps see more: 2.00 % morning, 1.00 % noon"
  ],
  [
    samplingWords(hours(known(0.01, 0.001), known(0.01, 0.001)), percent),
    "How often it is sampled makes no difference that can be told: 1.00 % morning, 1.00 % noon"
  ],
  [samplingWords([], percent), "Too few sessions of shorter bars to sample"],
  [
    spreadWords(hours(known(2, 0.1), known(1, 0.1), known(0.5, 0.1)), "volume", format),
    "morning holds 2.0 times its even share of volume, evening 0.5 times"
  ],
  [spreadWords(hours(known(1, 0.1)), "volume", format), "No part of the day can be told from an even spread of volume"],
  [spreadWords(hours(unknown), "volume", format), "Too few sessions to spread volume over the day"],
  [
    rangeWords(hours(known(0.02, 0.001), known(0.01, 0.001)), format),
    "Widest is morning at 2.00 %, narrowest noon at 1.00 %"
  ],
  [
    rangeWords(hours(known(0.011, 0.001), known(0.01, 0.001)), format),
    "No part of the day can be told to be wider than another"
  ],
  [gapWords(gapGroups([]), format), "Too few gaps: 0 gaps; at least 5 are needed"],
  [
    openingRangeWords(openingRangeSummary([]), 30, format),
    "Too little to say what follows an opening range: 0 sessions; at least 10 are needed"
  ]
])("words what the numbers allow, and no more: %s", (said, expected) => {
  expect(read(said)).toBe(expected);
});

it("words gaps and breaks by their intervals", () => {
  const groups = gapGroups(gaps, {draws: 100});
  expect(read(gapWords(groups, format))).toBe(
    "55 % (95 %: 42 % to 67 %; n = 60) of gaps were filled within their session: 75 % of the smallest third, 15 % of the largest"
  );
  const moved = ranges.map((range, i) => ({...range, first: "up" as const, move: 0.002 + 0.0001 * i}));
  expect(read(openingRangeWords(openingRangeSummary(moved, {draws: 100}), 30, format))).toMatch(
    /the session went on by \+0\.26 % .*and closed beyond the level in 100 % of breaks/
  );
  const even = ranges.map((range, i) => ({...range, first: "up" as const, move: i % 2 === 0 ? 0.002 : -0.002}));
  expect(openingRangeWords(openingRangeSummary(even, {draws: 100}), 30, format)).toContain(
    "no evidence that breaks go on or fail"
  );
});
