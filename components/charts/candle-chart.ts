import * as Plot from "npm:@observablehq/plot";
import {barAt} from "../../services/domain/bar.js";
import type {Formats} from "../format/create-formats.js";
import {formatMoment} from "../format/moment.js";
import {html} from "../parts/html.js";
import {emptyState} from "../parts/states.js";
import {candleMarks} from "./candle-marks.js";
import {extent} from "./extent.js";
import {lineColour, lineLabels, lineMarks, type TapeLine} from "./line-marks.js";
import {type LinePane, linePane} from "./line-pane.js";
import type {TapeLayout} from "./tape-layout.js";
import {axisWidth, type PaneContext, tapePane} from "./tape-pane.js";
import {volumePane} from "./volume-pane.js";

/** What a candle chart shows beside its candles, and how large; prices bear the decimals of *tickSize*. */
export interface CandleChartOptions {
  readonly width: number; // px
  readonly format: Formats;
  readonly tickSize: number; // in price, > 0
  /** Height of the candles' pane. */
  readonly height?: number; // px; 320
  /** Lines over the candles. */
  readonly lines?: readonly TapeLine[];
  /** Panes under the volume. */
  readonly panes?: readonly LinePane[];
  /** `null` leaves the volume out. */
  readonly volume?: "bars" | null; // bars
  /** Prices that are to be in the picture though no bar reaches them, as a stop. */
  readonly include?: readonly number[];
  /** Marks over the candles, as of structure. */
  readonly marks?: readonly Plot.Markish[];
}

const smallHeight = 88;

/** Height of a candle chart with so many panes under its candles, times included. */
export function candleChartHeight(panes: number, height = 320): number {
  return height + panes * smallHeight + 40;
}

/**
 * Candles with volume and indicators: prices on the right, times below in the zone named, absent bars left empty.
 * Draws the bars it is given, all of them: the page chooses how many.
 */
export function candleChart(layout: TapeLayout, options: CandleChartOptions): HTMLElement {
  if (layout.bars.length === 0)
    return emptyState("No bars to draw.", "Choose another timeframe, or run: npm run snapshot");
  const {width, format, height = 320, lines = [], panes = [], volume = "bars"} = options;
  const coloured = lines.map((line, i) => ({...line, colour: lineColour(line, i)}));
  const below = panes.map(({line, ...pane}, i) => ({
    ...pane,
    line: {...line, colour: lineColour(line, lines.length + i)}
  }));
  const prices = extent([layout.bars.low, layout.bars.high]).map((price) => format.price(price, options.tickSize));
  const axis = axisWidth([...prices, ...below.flatMap(({line, format}) => extent([line.values]).map(format))]);
  const room = labelRoom(layout, [...coloured, ...below.map(({line}) => line)], width - axis);
  const context = (height: number, after: number): PaneContext => ({
    width,
    height,
    axis,
    format,
    room,
    isLast: after === 0
  });
  const hasVolume = volume !== null;
  return html`<div class="panes">
    ${pricePane(layout, {...options, lines: coloured}, context(height, below.length + Number(hasVolume)))}
    ${hasVolume ? volumePane(layout, context(smallHeight, below.length)) : null}
    ${below.map((pane, i) => linePane(layout, pane, context(smallHeight, below.length - 1 - i)))}
  </div>`;
}

/** Places to keep free at the right for the longest name. */
function labelRoom({length}: TapeLayout, lines: readonly TapeLine[], width: number): number {
  if (lines.length === 0) return 0;
  const px = Math.max(...lines.map(({label}) => label.length)) * 6.5 + 8;
  return (length * px) / Math.max(40, width - px);
}

function pricePane(layout: TapeLayout, options: CandleChartOptions, context: PaneContext) {
  const {format, tickSize, lines = [], marks = [], include = []} = options;
  const {low, high} = layout.bars;
  const domain = extent([low, high, include, ...lines.flatMap(({values, upper = values}) => [values, upper])]);
  const price = (value: number) => format.price(value, tickSize);
  const last = layout.bars.close[layout.bars.length - 1]!;
  const clearance = (14 / (context.height - 16)) * (domain[1] - domain[0]); // the last price is named there
  const isBand = ({upper}: TapeLine) => upper !== undefined;
  return tapePane(layout, {
    ...context,
    domain,
    label: "Candles",
    tickFormat: (value) => (Math.abs(value - last) < clearance ? "" : price(value)),
    marks: [
      ...lineMarks(layout, lines.filter(isBand)),
      ...candleMarks(layout),
      ...lineMarks(
        layout,
        lines.filter((line) => !isBand(line))
      ),
      ...lineLabels(layout, lines, {domain, height: context.height}),
      ...marks,
      ...lastPrice(layout, price),
      ...readout(layout, format, price, context.width)
    ]
  });
}

function lastPrice({bars}: TapeLayout, price: (value: number) => string): Plot.Markish[] {
  const last = bars.close[bars.length - 1]!;
  const stroke = "var(--theme-foreground-faint)";
  return [
    Plot.ruleY([last], {stroke, strokeDasharray: "1,3", strokeWidth: 0.75}),
    Plot.text([price(last)], {
      y: last,
      frameAnchor: "right",
      dx: 8,
      textAnchor: "start",
      fill: "var(--theme-foreground)",
      fontWeight: 600,
      stroke: "var(--theme-background)",
      strokeWidth: 6
    })
  ];
}

function readout(
  {bars, dates, position}: TapeLayout,
  format: Formats,
  price: (value: number) => string,
  width: number
) {
  const rows = Array.from({length: bars.length}, (_, i) => i);
  const px = (i: number) => position[i]!;
  const text = (i: number) => {
    const {time, open, high, low, close, volume} = barAt(bars, i);
    const prices = `O ${price(open)}  H ${price(high)}  L ${price(low)}  C ${price(close)}`;
    const when = dates ? formatMoment(dates[i], "date", {zone: "UTC", locale: format.locale}) : format.zoned(time);
    return `${when}${width < 560 ? "\n" : "   "}${prices}  V ${format.short(volume)}`;
  };
  const halo = {stroke: "var(--theme-background)", strokeWidth: 4, fill: "var(--theme-foreground)"};
  return [
    Plot.ruleX(rows, Plot.pointerX({x: px, stroke: "var(--theme-foreground-faint)", strokeWidth: 0.5})),
    Plot.text(rows, Plot.pointerX({px, text, frameAnchor: "top-left", textAnchor: "start", dx: 4, ...halo}))
  ];
}
