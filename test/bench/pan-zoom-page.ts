import {CandlestickSeries, createChart, HistogramSeries, LineSeries, type Time} from "lightweight-charts";
import {chartIndicators} from "../../components/charts/market/chart-indicators.js";
import {parseIndicators} from "../../components/charts/market/indicator-choice.js";
import {marketChart} from "../../components/charts/market/market-chart.js";
import {tapeLayout} from "../../components/charts/tape-layout.js";
import {createFormats} from "../../components/format/create-formats.js";
import {type BarSeries, createBarSeries} from "../../services/domain/bar.js";

/** What a bench does with a chart in a browser: both charts draw the same bars at the next frame when they are told. */
export interface BenchChart {
  show(first: number, end: number): void;
}

const length = 20_000;
const always = {
  name: "always",
  zone: "UTC",
  openMinute: 0,
  closeMinute: 1_440,
  weekdays: [0, 1, 2, 3, 4, 5, 6],
  holidays: [],
  special: {}
};

const format = createFormats({zone: "UTC", locale: "en-GB"});

/** The indicators of 20,000 minutes, two averages over the candles and one line in a pane of its own. */
function indicatorsOf(bars: BarSeries) {
  const {choices} = parseIndicators("sma:20,ema:50,rsi:14");
  return chartIndicators(bars, choices, {calendar: always, timeframe: "1m", format, tickSize: 0.01});
}

/** Our chart of 20,000 minutes with volume and shaded sessions, in a room of 1,200 by 600 px. */
export function ours(isFull: boolean): BenchChart {
  const bars = walk();
  const layout = tapeLayout(bars, {timeframe: "1m", calendar: always});
  const {lines, panes} = isFull ? indicatorsOf(bars) : {lines: [], panes: []};
  const chart = marketChart(
    {layout, lines, panes},
    {
      label: "bench",
      format,
      tickSize: 0.01,
      isLog: false,
      rows: {first: 0, end: 200},
      home: {first: 0, end: 200}
    }
  );
  room().append(chart.node);
  return {show: (first, end) => chart.show({first, end})};
}

/** The peer's chart of the same bars and as many series in the same room; it shades no sessions. */
export function theirs(isFull: boolean): BenchChart {
  const bars = walk();
  const {time, open, high, low, close, volume} = bars;
  const chart = createChart(room(), {width: 1_200, height: 600});
  const rows = Array.from({length}, (_, i) => i);
  const at = (i: number) => (time[i]! / 1_000) as Time;
  chart
    .addSeries(CandlestickSeries)
    .setData(rows.map((i) => ({time: at(i), open: open[i]!, high: high[i]!, low: low[i]!, close: close[i]!})));
  chart.addSeries(HistogramSeries, {}, 1).setData(rows.map((i) => ({time: at(i), value: volume[i]!})));
  const {lines, panes} = isFull ? indicatorsOf(bars) : {lines: [], panes: []};
  for (const [pane, {values}] of [
    ...lines.map((line) => [0, line] as const),
    ...panes.flatMap((pane) => pane.lines.map((line) => [2, line] as const))
  ])
    chart
      .addSeries(LineSeries, {}, pane)
      .setData(rows.filter((i) => Number.isFinite(values[i])).map((i) => ({time: at(i), value: values[i]!})));
  return {show: (from, to) => chart.timeScale().setVisibleLogicalRange({from, to})};
}

/**
 * Moves a view of so many bars across the chart, a step a frame.
 *
 * @returns script time and time from frame to frame, both in ms a frame
 */
export async function run(
  chart: BenchChart,
  inSight: number,
  frames: number
): Promise<{script: number; frame: number}> {
  const native = window.requestAnimationFrame.bind(window);
  let script = 0;
  const timed = (work: () => void) => {
    const start = performance.now();
    work();
    script += performance.now() - start;
  };
  window.requestAnimationFrame = (callback) => native((now) => timed(() => callback(now)));
  const next = () => new Promise<number>((resolve) => native(resolve));
  await next();
  const begun = await next();
  let end = begun;
  for (let i = 0; i < frames; ++i) {
    const breath = 1 + 0.05 * Math.sin(i / 5); // zooms a little as it moves
    const seen = Math.min(length, Math.round(inSight * breath));
    const first = Math.round(((length - seen) * (i % 60)) / 60);
    timed(() => chart.show(first, first + seen));
    end = await next();
  }
  window.requestAnimationFrame = native;
  return {script: script / frames, frame: (end - begun) / frames};
}

function room(): HTMLElement {
  const element = document.createElement("div");
  element.style.cssText = "width: 1200px";
  document.body.replaceChildren(element);
  return element;
}

function walk(): BarSeries {
  const bars = createBarSeries(length);
  let [seed, level] = [7, 10_000];
  const step = (most: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return Math.round((seed / 2_147_483_647 - 0.5) * most);
  };
  for (let i = 0; i < length; ++i) {
    const open = level;
    level = Math.max(1_000, level + step(20));
    bars.time[i] = Date.UTC(2024, 0, 1) + i * 60_000;
    bars.open[i] = open / 100;
    bars.close[i] = level / 100;
    bars.high[i] = (Math.max(open, level) + Math.abs(step(9))) / 100;
    bars.low[i] = (Math.min(open, level) - Math.abs(step(9))) / 100;
    bars.volume[i] = 10 + Math.abs(step(400));
  }
  return bars;
}
