import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {chartIndicators} from "../../components/charts/market/chart-indicators.js";
import {closesAsOf, knownCloses} from "../../components/charts/market/compare-closes.js";
import {barsCsv, zonedText} from "../../components/charts/market/export-csv.js";
import {
  formatIndicators,
  type IndicatorChoice,
  mostIndicators,
  parseIndicators,
  usualChoice
} from "../../components/charts/market/indicator-choice.js";
import {type IndicatorName, indicatorKind, indicatorKinds} from "../../components/charts/market/indicator-kinds.js";
import {formatRange, parseRange} from "../../components/charts/market/range-query.js";
import {type TapeLayout, tapeLayout} from "../../components/charts/tape-layout.js";
import {createFormats} from "../../components/format/create-formats.js";
import {resampleBars} from "../../services/analytics/bars/resample-bars.js";
import {ema} from "../../services/analytics/indicators/ema.js";
import {toBarSeries} from "../../services/domain/bar.js";
import {barClose} from "../../services/domain/bar-close.js";
import {DAY_MS} from "../../services/domain/time.js";
import {sampleBars} from "./sample-bars.js";
import {nse, open} from "./sample-dataset.js";

const names = Object.keys(indicatorKinds) as IndicatorName[];
const format = createFormats({zone: "Asia/Kolkata", locale: "en-GB"});
const bars = sampleBars(300);
const spansOf = ({bars: {time}, endOf}: TapeLayout) => ({times: time, endOf});
const quarters = spansOf(tapeLayout(bars, {timeframe: "15m", calendar: nse}));
const days = spansOf(tapeLayout(resampleBars(bars, "1d", nse), {timeframe: "1d", calendar: nse}));
const options = {calendar: nse, timeframe: "15m", format, tickSize: 0.05} as const;

const choice: fc.Arbitrary<IndicatorChoice> = fc.constantFrom(...names).chain((name) =>
  fc
    .tuple(
      ...indicatorKind(name).parameters.map(({isFactor = false}) =>
        isFactor ? fc.integer({min: 1, max: 400}).map((n) => n / 4) : fc.integer({min: 1, max: 1_000})
      )
    )
    .filter((parameters) => name !== "macd" || parameters[0]! < parameters[1]!)
    .map((parameters) => ({name, parameters}))
);

describe("indicators in a link", () => {
  it("come back as they were written, in their order", () => {
    fc.assert(
      fc.property(fc.array(choice, {maxLength: mostIndicators}), (choices) => {
        expect(parseIndicators(formatIndicators(choices))).toEqual({choices, faults: []});
      }),
      {seed: 4, numRuns: 300}
    );
  });

  it("take the usual numbers where none are given, with or without the colon", () => {
    expect(formatIndicators(parseIndicators("rsi,sma50,bollinger:10,obv").choices)).toBe(
      "rsi:14,sma:50,bollinger:10:2,obv"
    );
  });

  it.each([
    ["macdd", "no indicator: macdd; there are sma, ema, "],
    ["sma:0", "period not a whole number from 1 to 1000: 0 in sma:0; as sma:20"],
    ["sma:1e3", "period not a whole number from 1 to 1000: NaN in sma:1e3"],
    ["sma:2.5", "period not a whole number from 1 to 1000: 2.5"],
    ["bollinger:20:0", "deviations not above 0 and up to 100: 0"],
    ["rsi:14:2", "too many numbers: rsi:14:2; as rsi:14"],
    ["macd:26:12:9", "fast not below slow: 26, 12"],
    ["<b>", "no indicator: <b>"]
  ])("are named where they make no sense: %s", (text, fault) => {
    const {choices, faults} = parseIndicators(`ema:9,${text}`);
    expect(choices).toEqual([{name: "ema", parameters: [9]}]);
    expect(faults.join()).toContain(fault);
  });

  it("never throw, whatever the link says, and what they keep can be computed", () => {
    fc.assert(
      fc.property(fc.string({maxLength: 40}), (text) => {
        expect(() => chartIndicators(bars, parseIndicators(text).choices, options)).not.toThrow();
      }),
      {seed: 4, numRuns: 300}
    );
  });

  it("stop at eight", () => {
    expect(parseIndicators(Array(9).fill("sma").join(",")).faults).toEqual(["more than 8 indicators: sma is left out"]);
  });
});

describe("chartIndicators", () => {
  it("computes each of the fourteen over all bars, each with a line", () => {
    expect(names).toHaveLength(14);
    const long = sampleBars(1_500); // relative volume holds a bar against twenty sessions
    for (const name of names) {
      const {lines, panes, columns} = chartIndicators(long, [usualChoice(name)], options);
      const drawn = [...lines, ...panes.flatMap((pane) => pane.lines)];
      expect(drawn.length, name).toBeGreaterThan(0);
      for (const {values} of [...drawn, ...columns]) expect(values.length, name).toBe(long.length);
      expect(
        columns.some(({values}) => values.some((value) => Number.isFinite(value))),
        name
      ).toBe(true);
    }
  });

  it("takes the reader's period and keeps the reader's order", () => {
    const {lines, columns} = chartIndicators(bars, parseIndicators("ema:7,sma:3,bollinger").choices, options);
    expect(lines.slice(0, 2).map(({label}) => label)).toEqual(["EMA 7", "SMA 3"]);
    expect([...lines[0]!.values]).toEqual([...ema(bars.close, {period: 7})]);
    expect(columns.map(({label}) => label)).toEqual([
      "EMA 7",
      "SMA 3",
      "Bollinger middle",
      "Bollinger upper",
      "Bollinger lower"
    ]);
  });

  it("says that a session's VWAP is within a day only", () => {
    const {lines} = chartIndicators(bars, [usualChoice("vwap")], {...options, timeframe: "1d"});
    expect(lines[0]!.label).toBe("VWAP: within a day only");
    expect(lines[0]!.values.every(Number.isNaN)).toBe(true);
  });
});

describe("a range in a link", () => {
  it("comes back as the same rows", () => {
    fc.assert(
      fc.property(fc.nat(bars.length - 1), fc.nat(bars.length - 1), (a, b) => {
        const rows = {first: Math.min(a, b), end: Math.max(a, b) + 1};
        expect(parseRange(quarters, formatRange(quarters, rows))).toEqual({rows});
      }),
      {seed: 4, numRuns: 300}
    );
  });

  it("is not said where it is the usual one", () => {
    expect(formatRange(quarters, {first: bars.length - 120, end: bars.length})).toEqual({from: null, to: null});
  });

  it("means the same days at a finer timeframe, and the same hours at a coarser one", () => {
    const rows = {first: 2, end: days.times.length - 1};
    const inside = parseRange(quarters, formatRange(days, rows)).rows;
    expect(bars.time[inside.first]).toBe(days.times[rows.first]);
    expect(quarters.endOf(inside.end - 1)).toBe(days.endOf(rows.end - 1));
    expect(parseRange(days, formatRange(quarters, inside))).toEqual({rows});
  });

  it("takes in the bar that holds its beginning", () => {
    const {rows} = parseRange(quarters, {from: "2019-01-02T05:52Z", to: "2019-01-02T09:01Z"});
    expect([bars.time[rows.first], bars.time[rows.end - 1]]).toEqual(
      ["2019-01-02T05:45Z", "2019-01-02T09:00Z"].map(Date.parse)
    );
  });

  it("is widened about its middle where it is a moment or a night at this timeframe, and never an error", () => {
    const many = {
      times: Float64Array.from({length: 200}, (_, i) => i * DAY_MS),
      endOf: (i: number) => (i + 0.5) * DAY_MS
    };
    const about = (from: string, to: string) => parseRange(many, {from, to});
    expect(about("1970-04-11T02:00Z", "1970-04-11T04:00Z")).toEqual({rows: {first: 71, end: 131}});
    expect(about("1970-04-11T13:00Z", "1970-04-11T14:00Z")).toEqual({rows: {first: 71, end: 131}}); // after its close
    expect(about("1970-01-01T02:00Z", "1970-01-01T04:00Z")).toEqual({rows: {first: 0, end: 60}});
    expect(about("1970-07-19T02:00Z", "1970-07-19T04:00Z")).toEqual({rows: {first: 140, end: 200}});
  });

  it.each([
    [{from: "yesterday", to: null}, "no moment: from=yesterday; as 2026-03-02T09:30Z; shown are the latest 120 bars"],
    [{from: null, to: "2019-02-30T00:00Z"}, "no moment: to=2019-02-30T00:00Z"],
    [{from: "2019-01-03T00:00Z", to: "2019-01-02T00:00Z"}, "from 2019-01-03T00:00Z is not before to 2019-01-02T00:00Z"],
    [{from: "2030-01-01T00:00Z", to: null}, "no bar from 2030-01-01T00:00Z to the last; kept are 2019-01-02T03:45Z to"]
  ])("is named where it makes no sense: %o", (text, fault) => {
    const {rows, fault: said} = parseRange(quarters, text);
    expect(said).toContain(fault);
    expect(rows).toEqual({first: bars.length - 120, end: bars.length});
  });
});

describe("closesAsOf", () => {
  const daily = toBarSeries(
    [0, 1, 5].map((i) => ({time: open + i * DAY_MS, open: 1, high: 9, low: 1, close: i + 1, volume: 0}))
  );

  it("never knows a close before its session has closed", () => {
    const known = knownCloses(daily, nse);
    const values = closesAsOf(bars, known, {timeframe: "15m", calendar: nse});
    for (const [i, value] of values.entries()) {
      const latest = [...daily.time.keys()]
        .filter((k) => barClose(daily.time[k]!, "1d", nse) <= bars.time[i]! + 900_000)
        .at(-1);
      expect(value).toBe(latest === undefined ? NaN : daily.close[latest]);
    }
    expect(Number.isNaN(values[0])).toBe(true);
    expect(closesAsOf(daily, known, {timeframe: "1d", calendar: nse})).toEqual(Float64Array.of(1, 2, 6));
  });
});

describe("barsCsv", () => {
  it("names unit and zone in the head, writes the zone's clock with its offset, and leaves a warm-up empty", () => {
    const layout = tapeLayout(bars, {timeframe: "15m", calendar: nse});
    const {columns} = chartIndicators(bars, parseIndicators("sma:2").choices, options);
    const text = barsCsv(
      {layout, lines: [], panes: []},
      {first: 0, end: 2},
      {zone: "Asia/Kolkata", currency: "INR", columns}
    );
    const [head, first, second, end] = text.split("\r\n");
    expect(head).toBe("Opened (Asia/Kolkata),Open (INR),High (INR),Low (INR),Close (INR),Volume,SMA 2");
    expect(first).toBe(
      `2019-01-02T09:15:00+05:30,${bars.open[0]},${bars.high[0]},${bars.low[0]},${bars.close[0]},${bars.volume[0]},`
    );
    expect(second?.split(",").at(-1)).toBe(String(columns[0]!.values[1]));
    expect(end).toBe("");
    expect(zonedText(0, "America/New_York")).toBe("1969-12-31T19:00:00-05:00");
  });
});
