import type {TrendStartEvent} from "../../services/analytics/structure/trend-starts/trend-start-event.js";
import type {PendingStart} from "../../services/analytics/structure/trend-starts/trend-starts.js";
import {type BarSeries, barAt} from "../../services/domain/bar.js";
import type {Dataset} from "../../services/domain/dataset.js";
import type {Estimate} from "../../services/domain/estimate.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import {formatIso} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import {lagOf} from "../panels/trend-table.js";
import {type TrendMedians, trendMedians} from "../panels/trend-tiles.js";
import type {Fact} from "../parts/evidence.js";
import {numberColumn, textColumn, timeColumn} from "./columns.js";
import {medianOf, valuesOf} from "./recompute.js";
import type {Why, WhyRow} from "./why.js";

/** The starts and candidates that a Trends page shows, and the bars they were found in. */
export interface TrendContext {
  readonly events: readonly TrendStartEvent[];
  /** Those that the chart shows. */
  readonly charted: readonly TrendStartEvent[];
  readonly pending: readonly PendingStart[];
  readonly bars: BarSeries;
  /** What the reader chose, in words. */
  readonly inputs: readonly Fact[];
  readonly instrument: InstrumentSettings;
  readonly dataset: Dataset;
  readonly format: Formats;
}

type Figure = (context: TrendContext) => Why;

const confirmed =
  "A start is a bar that a later one confirmed by the first of the rules that held (trend-start@1), or one forced between two starts of the same kind; its price is the close of the bar it names. It is known at the close of the bar that triggered it, and never changed.";
const candidate =
  "A candidate is a bar that the next start may be confirmed on. It is no statement: it may be replaced, or go without a word.";

const figures: Readonly<Record<string, Figure>> = {
  "last-start": (context) => ({
    ...ofStarts(context, context.events),
    name: "Last start",
    value: context.events.at(-1)?.price,
    reason: "none yet",
    show: inPrice(context),
    formula: "price of the last start",
    definition: confirmed,
    recompute: {
      words: "Price of the last row, in the order in which they became known",
      of: (rows) => valuesOf(rows, "Price").at(-1)
    }
  }),
  starts: (context) => countOf(context, context.events, "Trend starts"),
  "charted-starts": (context) => countOf(context, context.charted, "Starts in the chart"),
  lag: (context) => ({
    ...ofMedian(context, ({lag}) => lag),
    name: "Delay until known, median",
    show: (value) => `${context.format.number(value, {decimals: 1})} bars`,
    formula: "median(bar that triggered − bar named)",
    definition: `How many bars after the bar it names a start was known. ${confirmed}`,
    recompute: {words: "Median of Delay", of: (rows) => medianOf(valuesOf(rows, "Delay"))}
  }),
  gone: (context) => ({
    ...ofMedian(context, ({gone}) => gone),
    name: "Move before it was known, median",
    show: (value) => context.format.fraction(value, {signed: true, decimals: 2}),
    formula: "median(± (close of the bar that triggered / price − 1))",
    definition: `What the price had done by the time a start was known, its way: a minus went against it. ${confirmed}`,
    recompute: {
      words: "Median of Close then / Price − 1, the sign turned where Start is down",
      of: (rows) => medianOf(rows.map(moveOf))
    }
  }),
  "pending-up": (context) => ofCandidate(context, "uptrend_start"),
  "pending-down": (context) => ofCandidate(context, "downtrend_start")
};

/** What one figure of a Trends page stands on. @throws {RangeError} for an unknown figure */
export function trendWhy(name: string, context: TrendContext): Why {
  const figure = figures[name];
  if (figure === undefined) throw new RangeError(`unknown figure: ${name}`);
  return figure(context);
}

function countOf(context: TrendContext, events: readonly TrendStartEvent[], name: string): Why {
  return {
    ...ofStarts(context, events),
    name,
    value: events.length,
    show: context.format.count,
    formula: "number of starts",
    definition: confirmed,
    recompute: {words: "Number of rows", of: (rows) => rows.length}
  };
}

function ofMedian(context: TrendContext, of: (medians: TrendMedians) => Estimate) {
  const medians = trendMedians(context.events, context.bars);
  const estimate = of(medians);
  return {...ofStarts(context, medians.events), value: estimate.value, reason: estimate.reason, estimate};
}

function ofStarts(
  {bars, inputs, instrument, dataset, format}: TrendContext,
  events: readonly TrendStartEvent[]
): Pick<Why, "inputs" | "rows" | "datasets" | "span" | "knownAt"> {
  const price = (value: number) => format.price(value, instrument.tickSize);
  const last = events.at(-1);
  return {
    inputs,
    rows: {
      caption: "Starts behind it",
      columns: [
        timeColumn("Known at", format),
        textColumn("Start"),
        numberColumn("Price", price, {unit: instrument.currency}),
        timeColumn("On the bar of", format),
        numberColumn("Delay", format.count, {unit: "bars"}),
        numberColumn("Close then", price, {unit: instrument.currency}),
        textColumn("Rule")
      ],
      rows: events.map((event) => ({
        "Known at": formatIso(event.knownAt),
        Start: event.type === "uptrend_start" ? "up" : "down",
        Price: event.price,
        "On the bar of": formatIso(event.time),
        Delay: lagOf(event),
        "Close then": bars.close[event.evidence.triggeringBar - 1],
        Rule: `${event.ruleType} (${event.rule})`
      }))
    },
    datasets: [dataset],
    ...spanOfBars(bars),
    knownAt:
      last === undefined
        ? "not yet"
        : `the last at the close of the bar that opened ${format.zoned(last.knownAt)}; none is withdrawn or rewritten later`
  };
}

function ofCandidate(context: TrendContext, type: PendingStart["type"]): Why {
  const {pending, bars, inputs, instrument, dataset, format} = context;
  const isUp = type === "uptrend_start";
  const one = pending.find((each) => each.type === type);
  const from = one === undefined ? bars.length : bars.time.indexOf(one.time);
  const price = (value: number) => format.price(value, instrument.tickSize);
  const side = isUp ? "Low" : "High";
  return {
    name: isUp ? "Pending uptrend start" : "Pending downtrend start",
    value: one?.price,
    reason: "no candidate",
    show: inPrice(context),
    formula: `${side.toLowerCase()} of the candidate's bar`,
    definition: candidate,
    inputs,
    rows: {
      caption: "Bars since the candidate",
      columns: [
        timeColumn("Opened", format),
        ...["High", "Low", "Close"].map((name) => numberColumn(name, price, {unit: instrument.currency}))
      ],
      rows: Array.from({length: bars.length - from}, (_, i) => {
        const {time, high, low, close} = barAt(bars, from + i);
        return {Opened: formatIso(time), High: high, Low: low, Close: close};
      })
    },
    recompute: {words: `${side} of the first row`, of: (rows) => valuesOf(rows, side)[0]},
    datasets: [dataset],
    ...spanOfBars(bars),
    knownAt: one === undefined ? "not yet" : `at the close of the bar that opened ${format.zoned(bars.time.at(-1))}`
  };
}

function inPrice({format, instrument}: TrendContext): (value: number) => string {
  return (value) => `${format.price(value, instrument.tickSize)}\u00a0${instrument.currency}`;
}

function spanOfBars({time}: BarSeries): Pick<Why, "span"> {
  const [start, end] = [time[0], time.at(-1)];
  return {span: start === undefined || end === undefined ? undefined : {start, end}};
}

function moveOf(row: WhyRow): number {
  const moved = Number(row["Close then"]) / Number(row["Price"]) - 1;
  return row["Start"] === "up" ? moved : -moved;
}
