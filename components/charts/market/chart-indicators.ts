import type {BarSeries} from "../../../services/domain/bar.js";
import type {TradingCalendar} from "../../../services/domain/calendar.js";
import {isIntraday, type Timeframe} from "../../../services/domain/timeframe.js";
import type {Formats} from "../../format/create-formats.js";
import {choiceLabel, type IndicatorChoice} from "./indicator-choice.js";
import {type IndicatorKind, indicatorKind} from "./indicator-kinds.js";
import type {ChartLine, ChartPane} from "./market-data.js";

/** What indicators are computed of, and how their values read. */
export interface ChartIndicatorsOptions {
  readonly calendar: TradingCalendar;
  readonly timeframe: Timeframe;
  readonly format: Formats;
  readonly tickSize: number;
}

/** One column of a chosen indicator, for a table. */
export interface IndicatorColumn {
  readonly label: string;
  readonly values: Float64Array;
  readonly format: (value: number) => string;
}

/** Chosen indicators over all bars, in the reader's order: lines, panes, and every column for tables and files. */
export interface ChartIndicators {
  readonly lines: readonly ChartLine[];
  readonly panes: readonly ChartPane[];
  readonly columns: readonly IndicatorColumn[];
}

/** Computes them once for all bars, so that moving the view computes nothing. */
export function chartIndicators(
  bars: BarSeries,
  choices: readonly IndicatorChoice[],
  options: ChartIndicatorsOptions
): ChartIndicators {
  const drawn = choices.map((choice, i) => drawOne(bars, choice, i, options));
  return {
    lines: drawn.flatMap(({lines, pane}) => (pane ? [] : lines)),
    panes: drawn.flatMap(({pane}) => pane ?? []),
    columns: drawn.flatMap(({columns}, i) => {
      const {name} = choices[i]!;
      const {label} = indicatorKind(name);
      const isAlone = choices.filter((other) => other.name === name).length === 1;
      const named = choiceLabel(choices[i]!);
      return columns.map(([column, values, format]) => ({
        label: columns.length === 1 ? named : `${isAlone ? label : named} ${column}`,
        values,
        format
      }));
    })
  };
}

function drawOne(bars: BarSeries, choice: IndicatorChoice, i: number, options: ChartIndicatorsOptions) {
  const kind = indicatorKind(choice.name);
  const isSilent = kind.isIntraday === true && !isIntraday(options.timeframe);
  const label = isSilent ? `${kind.label}: within a day only` : choiceLabel(choice);
  const computed = isSilent
    ? {value: new Float64Array(bars.length).fill(NaN)}
    : kind.compute(bars, choice.parameters, options.calendar);
  const format = formatOf(kind, options);
  const columns = Object.entries(computed).map(([name, values]) => [name, values, format] as const);
  const lines = linesOf(label, computed, i, format);
  const pane: ChartPane | undefined =
    kind.place === "over"
      ? undefined
      : {
          label,
          lines,
          format,
          ...(computed["histogram"] && {columns: computed["histogram"]}),
          ...(kind.domain && {domain: kind.domain}),
          ...(kind.levels && {levels: kind.levels})
        };
  return {lines, pane, columns};
}

/** A band as one line with two edges; other columns as a line each, the first under the indicator's own name. */
function linesOf(
  label: string,
  computed: Readonly<Record<string, Float64Array>>,
  i: number,
  format: (value: number) => string
): ChartLine[] {
  const {lower, upper, histogram: _, ...others} = computed;
  const colour = (k: number) => `--series-${((i + k) % 6) + 1}`;
  const band: ChartLine[] = lower && upper ? [{label, values: lower, upper, colour: colour(0), format}] : [];
  const single = Object.entries(others).map(
    ([name, values], k): ChartLine => ({
      label: k === 0 && band.length === 0 ? label : `${label.split(/[ :]/)[0]} ${name}`,
      values,
      colour: colour(k),
      format,
      isDashed: k > 0 || band.length > 0
    })
  );
  return [...band, ...single];
}

function formatOf({place}: IndicatorKind, {format, tickSize}: ChartIndicatorsOptions): (value: number) => string {
  if (place === "number") return (value) => format.number(value, {decimals: 2});
  if (place === "volume") return format.short;
  return (value) => format.price(value, tickSize);
}
