// @vitest-environment jsdom
import {describe, expect, it} from "vitest";
import {candleChart} from "../../components/charts/candle-chart.js";
import {exposureBars} from "../../components/charts/exposure-bars.js";
import {fitted} from "../../components/charts/fitted.js";
import {intervalDots} from "../../components/charts/interval-dots.js";
import {returnHistogram} from "../../components/charts/return-histogram.js";
import {type StructureMark, structureMarks} from "../../components/charts/structure-marks.js";
import {tapeLayout} from "../../components/charts/tape-layout.js";
import {timeChart} from "../../components/charts/time-chart.js";
import {createFormats} from "../../components/format/create-formats.js";
import {html} from "../../components/parts/html.js";
import type {BarSeries} from "../../services/domain/bar.js";
import {DAY_MS} from "../../services/domain/time.js";
import {sampleBars} from "./sample-bars.js";
import {nse, open} from "./sample-dataset.js";
import {svgText} from "./svg-text.js";

const format = createFormats({zone: "Asia/Kolkata", locale: "en-GB"});
const common = {width: 640, format};
const percent = (value: number) => format.fraction(value, {decimals: 1});
const layoutOf = (bars: BarSeries) => tapeLayout(bars, {timeframe: "15m", calendar: nse});
const snapshot = async (node: Node, name: string) => expect(svgText(node)).toMatchFileSnapshot(`../output/${name}.svg`);

describe("candleChart", () => {
  const candles = {...common, tickSize: 0.05};

  it("draws candles and volume, with the night closed and the hole left open", async () => {
    await snapshot(candleChart(layoutOf(sampleBars(60)), candles), "candles");
  });

  it("draws lines, a band and a pane, each named beside its end", async () => {
    const bars = sampleBars(60);
    const lagging = bars.close.map((_, i) => (i < 5 ? NaN : bars.close[i - 5]!));
    const upper = lagging.map((value) => value + 3);
    const lines = [
      {label: "Bollinger 20, 2", values: lagging.map((value) => value - 3), upper},
      {label: "SMA 20", values: lagging}
    ];
    const rsi = {
      line: {label: "RSI 14", values: bars.close.map((value) => value - 50)},
      domain: [0, 100] as const,
      levels: [30, 70],
      format: format.count
    };
    await snapshot(candleChart(layoutOf(bars), {...candles, lines, panes: [rsi], volume: null}), "candles-indicators");
  });

  it("draws structure where it sits and names it where it was known", async () => {
    const bars = sampleBars(60);
    const mark = (kind: "swing" | "break", isUp: boolean, label: string, at: number, known: number): StructureMark => {
      const price = isUp ? bars.high[at]! : bars.low[at]!;
      return {kind, isUp, label, time: bars.time[at]!, knownAt: bars.time[known]!, price};
    };
    const marks = [
      mark("swing", true, "swing high", 12, 18),
      mark("swing", false, "swing low", 40, 44),
      mark("break", false, "CHoCH", 22, 27)
    ];
    const layout = layoutOf(bars);
    const chart = candleChart(layout, {...candles, volume: null, marks: structureMarks(layout, marks)});
    await snapshot(chart, "structure");
  });

  it("says why it is empty", async () => {
    await snapshot(candleChart(layoutOf(sampleBars(0)), candles), "candles-empty");
  });
});

describe("timeChart", () => {
  const time = Array.from({length: 30}, (_, i) => open + i * DAY_MS);
  const amount = (value: number) => format.amount(value, "USD");

  it("steps from balance to balance", async () => {
    const value = time.map((_, i) => 10_000 + 300 * Math.round(5 * Math.sin(i / 4)));
    const levels = [{value: 10_000, label: "deposit"}];
    const chart = timeChart({time, value}, {...common, tickFormat: amount, shape: "step", levels, label: "Balance"});
    await snapshot(chart, "balance");
  });

  it("fills the depth under water and names the worst", async () => {
    const value = time.map((_, i) => -Math.abs(Math.sin(i / 6)) / 5);
    const annotations = [{time: time[9]!, value: value[9]!, label: `${percent(value[9]!)} on 11 Jan`}];
    const options = {...common, tickFormat: percent, shape: "area", annotations, colour: "var(--down)"} as const;
    await snapshot(timeChart({time, value}, {...options, label: "Under water"}), "underwater");
  });

  it("says why it is empty", () => {
    const chart = timeChart({time: [], value: []}, {...common, tickFormat: percent, label: "Balance"});
    expect(chart.textContent).toContain("Nothing to draw yet.");
  });
});

describe("intervalDots", () => {
  it("greys what cannot be told from zero, and keeps the row of what has no value", async () => {
    const rows = [
      {label: "09–10", estimate: {value: 0.4, low: 0.1, high: 0.7, n: 64}},
      {label: "10–11", estimate: {value: -0.2, low: -0.6, high: 0.2, n: 41}},
      {label: "11–12", estimate: {value: -0.5, low: -0.8, high: -0.2, n: 37}, grade: "moderate" as const},
      {label: "12–13", estimate: {value: undefined, n: 3, reason: "fewer than 10"}}
    ];
    const tickFormat = (value: number) => format.number(value, {decimals: 1});
    await snapshot(intervalDots(rows, {...common, tickFormat, label: "Expectancy by hour"}), "interval-dots");
  });

  it("says why it is empty", () => {
    const chart = intervalDots([], {...common, tickFormat: percent, label: "Expectancy by hour"});
    expect(chart.textContent).toContain("No group to compare.");
  });
});

describe("returnHistogram", () => {
  const returns = Array.from({length: 200}, (_, i) => 0.02 * Math.sin(i * 12.9898) * Math.cos(i * 4.1414));

  it("colours the tail and names the marks above it", async () => {
    const markers = [
      {value: -0.014, label: "VaR 95 %: 1.4 %"},
      {value: -0.018, label: "ES 95 %: 1.8 %"}
    ];
    const options = {...common, tickFormat: percent, markers, tail: -0.014, label: "Daily returns"};
    await snapshot(returnHistogram(returns, options), "histogram");
  });

  it("draws without a mark, and says why it is empty", async () => {
    await snapshot(
      returnHistogram(returns, {...common, tickFormat: percent, label: "Daily returns"}),
      "histogram-plain"
    );
    const empty = returnHistogram([], {...common, tickFormat: percent, label: "Daily returns"});
    expect(empty.textContent).toContain("No returns yet.");
  });
});

describe("exposureBars", () => {
  const options = {width: 640, text: (value: number) => format.amount(value, "USD"), label: "Exposure"};

  it("draws long and short from one zero line, largest first", async () => {
    const rows = [
      {label: "EURUSD", value: 108_000},
      {label: "USDJPY", value: -200_000}
    ];
    await snapshot(exposureBars(rows, options), "exposure");
  });

  it("says why it is empty", () => {
    expect(exposureBars([], options).textContent).toContain("No open position.");
  });
});

describe("fitted", () => {
  it("draws once at 640 px where nothing is laid out, and keeps its room", () => {
    const widths: number[] = [];
    const draw = (width: number) => {
      widths.push(width);
      return html`<p>drawn</p>`;
    };
    expect(fitted(draw, {height: 300}).style.getPropertyValue("--room")).toBe("300px");
    expect(fitted(draw, {height: 300, minWidth: 900}).textContent).toBe("drawn");
    expect(widths).toEqual([640, 900]);
  });
});
