import {barAt} from "../../../services/domain/bar.js";
import type {Formats} from "../../format/create-formats.js";
import {formatMoment} from "../../format/moment.js";
import {html} from "../../parts/html.js";
import {setFigure, setText} from "../../parts/set-text.js";
import type {ChartLine, MarketData} from "./market-data.js";
import type {RowRange} from "./place-range.js";

/** What stands at one bar, in words above the chart. */
export interface Readout {
  readonly node: HTMLElement;
  show(row: number, rows: RowRange): void;
  /** The same as one sentence, for those who cannot see the chart. */
  say(row: number, rows: RowRange): string;
}

/** How a readout words its figures. */
export interface ReadoutOptions {
  readonly format: Formats;
  readonly tickSize: number;
}

/** The values of one bar and of every indicator there, each in the colour of its line; of the latest data, whose lines stay the same. */
export function readout(latest: () => MarketData, {format, tickSize}: ReadoutOptions): Readout {
  const when = html`<time class="figure"></time>`;
  const prices = ["Open", "High", "Low", "Close", "Volume"].map((label) => entry(label, label[0]!));
  const chips = linesOf(latest()).map(({line}) => entry(line.label, line.label, line.colour));
  const node = html`<p class="market-readout">${when}${[...prices, ...chips].map(({item}) => item)}</p>`;
  const texts = (row: number) => {
    const {open, high, low, close, volume} = barAt(latest().layout.bars, row);
    const price = (value: number) => [value, format.price(value, tickSize)] as const;
    return [...[open, high, low, close].map(price), [volume, format.count(volume)] as const];
  };
  return {
    node,
    show(row, rows) {
      node.hidden = row < 0;
      if (row < 0) return;
      const data = latest();
      setText(when, momentOf(data, row, format));
      when.setAttribute("datetime", new Date(data.layout.bars.time[row]!).toISOString());
      for (const [i, [value, text]] of texts(row).entries()) setFigure(prices[i]!.figure, value, text);
      for (const [i, {line, isRebased}] of linesOf(data).entries()) {
        const [value, text] = readLine(line, row, isRebased ? rows : undefined);
        setFigure(chips[i]!.figure, value, text);
      }
    },
    say(row, rows) {
      const data = latest();
      const named = texts(row).map(([, text], i) => `${prices[i]!.label.toLowerCase()} ${text}`);
      const others = linesOf(data).map(
        ({line, isRebased}) => `${line.label} ${readLine(line, row, isRebased ? rows : undefined)[1]}`
      );
      return `${momentOf(data, row, format)}: ${[...named, ...others].join(", ")}`;
    }
  };
}

/** When a bar opened, in the display zone with its name; the date of its session from a day up. */
export function momentOf({layout: {bars, dates}}: MarketData, row: number, format: Formats): string {
  if (dates) return formatMoment(dates[row]!, "date", {zone: "UTC", locale: format.locale});
  return format.zoned(bars.time[row]!);
}

function linesOf({lines, panes}: MarketData) {
  const over = lines.map((line) => ({line, isRebased: false}));
  return [...over, ...panes.flatMap(({lines, isRebased = false}) => lines.map((line) => ({line, isRebased})))];
}

function readLine(line: ChartLine, row: number, since: RowRange | undefined): readonly [number | undefined, string] {
  const {values, upper, format} = line;
  const base = since ? (values.subarray(since.first, since.end).find((value) => Number.isFinite(value)) ?? NaN) : 1;
  const value = since ? values[row]! / base - 1 : values[row]!;
  if (!Number.isFinite(value)) return [undefined, "–"];
  return [value, upper ? `${format(value)} to ${format(upper[row]!)}` : format(value)];
}

function entry(label: string, short: string, colour?: string) {
  const figure = html`<data></data>`;
  const item = html`<span class="market-value"><abbr title=${label}>${short}</abbr> ${figure}</span>`;
  if (colour !== undefined) item.style.setProperty("--line", `var(${colour})`);
  return {label, figure, item};
}
