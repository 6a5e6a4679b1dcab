import {atr} from "../../services/analytics/indicators/atr.js";
import {type BarSeries, barAt} from "../../services/domain/bar.js";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import type {Dataset} from "../../services/domain/dataset.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import {formatIso} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import {numberColumn, textColumn, timeColumn} from "./columns.js";
import {meanOf, sumOf, valuesOf} from "./recompute.js";
import {spanOf, type Why, type WhyRow} from "./why.js";

/** The bars that a Market page shows figures of. */
export interface MarketContext {
  readonly daily: BarSeries;
  /** The bars in sight in the chart, when it is asked for, where it has been drawn. */
  readonly inSight?: () => BarSeries;
  /** The finest data set kept, and all that were used. */
  readonly base: Dataset;
  readonly used: readonly Dataset[];
  readonly instrument: InstrumentSettings;
  readonly calendar: TradingCalendar;
  readonly format: Formats;
}

/** What one figure of a Market page stands on. @throws {RangeError} for an unknown figure */
export function marketWhy(name: string, context: MarketContext): Why {
  const figure = figures[name];
  if (figure === undefined) throw new RangeError(`unknown figure: ${name}`);
  return figure(context);
}

const period = 14;
const column = (rows: readonly WhyRow[], name: string) => valuesOf(rows, name).at(-1);

const figures: Readonly<Record<string, (context: MarketContext) => Why>> = {
  "last-close": (context) => ({
    ...ofBars(context, context.daily, "Daily bars"),
    name: "Last close",
    value: context.daily.close.at(-1),
    formula: "close of the last session",
    definition: "The price at which the last session kept ended, by the venue's own calendar.",
    recompute: {words: "Close of the last row", of: (rows) => column(rows, "Close")}
  }),
  "session-range": (context) => ({
    ...ofBars(context, context.daily, "Daily bars"),
    name: "Session range",
    value: context.daily.length === 0 ? undefined : context.daily.high.at(-1)! - context.daily.low.at(-1)!,
    formula: "high − low of the last session",
    definition: "How far the price went within the last session kept.",
    recompute: {words: "High less Low of the last row", of: (rows) => column(rows, "High")! - column(rows, "Low")!}
  }),
  atr: (context) => ({
    ...ofBars(context, context.daily, "Daily bars"),
    name: "Average true range",
    value: finite(atr(context.daily, {period}).at(-1)),
    reason: `needs ${period} sessions and one before them`,
    formula: `Wilder's average of max(high, close before) − min(low, close before) over ${period}`,
    definition: `Seeded with the simple mean of the first ${period} true ranges, then each new one enters by 1/${period}.`,
    reference: "Wilder, New Concepts in Technical Trading Systems (1978), p. 21",
    recompute: {
      words: `From each row and the Close before it the true range; the mean of the first ${period}, then (${period - 1} · average + range) / ${period} to the last row`,
      of: wilderRange
    }
  }),
  "session-volume": (context) => ({
    ...ofBars(context, context.daily, "Daily bars"),
    name: "Session volume",
    value: context.daily.volume.some((volume) => volume > 0) ? context.daily.volume.at(-1) : undefined,
    reason: "the source reports none",
    show: context.format.count,
    formula: "volume of the last session",
    definition: "What was traded in the last session kept, as its source counts it.",
    recompute: {words: "Volume of the last row", of: (rows) => column(rows, "Volume")}
  }),
  "bars-kept": (context) => ({
    ...ofCoverage(context),
    name: "Bars kept",
    value: context.base.rows,
    formula: "rows of the data set",
    definition: "Bars in the snapshot: those within sessions, and those outside, which are kept and named.",
    recompute: {words: "Sum of Found", of: (rows) => sumOf(valuesOf(rows, "Found"))}
  }),
  "bars-covered": (context) => ({
    ...ofCoverage(context),
    name: "Bars within sessions",
    value: context.base.coverage.length === 0 ? undefined : sumOf(context.base.coverage.map(({found}) => found)),
    reason: "not counted for this timeframe",
    formula: "Σ bars found in sessions",
    definition: "Bars that lie within the sessions of the venue's calendar, of those that its open time would hold.",
    recompute: {
      words: "Sum of Found over the rows with an Expected",
      of: (rows) =>
        sumOf(
          valuesOf(
            rows.filter((row) => row["Expected"] !== undefined),
            "Found"
          )
        )
    }
  }),
  "window-change": (context) => {
    const bars = context.inSight?.() ?? context.daily;
    const {format} = context;
    return {
      ...ofBars(context, bars, "Bars in sight"),
      name: "Change over the bars shown",
      value: bars.length < 2 ? undefined : bars.close.at(-1)! / bars.close[0]! - 1,
      reason: "fewer than two bars are in sight",
      show: (value) => format.fraction(value, {decimals: 2, signed: true}),
      formula: "last close / first close − 1",
      definition:
        "How far the close of the last bar in sight stands from the close of the first, of the bars that were in sight when this was opened.",
      recompute: {
        words: "Close of the last row over Close of the first, less 1",
        of: (rows) => valuesOf(rows, "Close").at(-1)! / valuesOf(rows, "Close")[0]! - 1
      }
    };
  }
};

function ofBars({used, instrument, calendar, format}: MarketContext, bars: BarSeries, caption: string) {
  const price = (value: number) => format.price(value, instrument.tickSize);
  const rows = Array.from({length: bars.length}, (_, i): WhyRow => {
    const {time, open, high, low, close, volume} = barAt(bars, i);
    return {Opened: formatIso(time), Open: open, High: high, Low: low, Close: close, Volume: volume};
  });
  const prices = ["Open", "High", "Low", "Close"].map((name) => numberColumn(name, price, {unit: instrument.currency}));
  const [first, last] = [bars.time[0], bars.time.at(-1)];
  return {
    show: (value: number) => `${price(value)}\u00a0${instrument.currency}`,
    inputs: [["Sessions", `${calendar.name} (${calendar.zone})`]] as const,
    rows: {caption, columns: [timeColumn("Opened", format), ...prices, numberColumn("Volume", format.count)], rows},
    datasets: used,
    span: first === undefined || last === undefined ? undefined : {start: first, end: last},
    knownAt: last === undefined ? "not yet" : `at the close of the bar that opened ${format.zoned(last)}`
  };
}

function ofCoverage({base, format}: MarketContext) {
  const {preOpen, postClose, closedDay} = base.offSession;
  const outside = preOpen + postClose + closedDay;
  const sessions = base.coverage.map(
    ({date, found, expected}): WhyRow => ({
      Session: date,
      Found: found,
      Expected: expected
    })
  );
  const rest = base.rows - outside - sumOf(base.coverage.map(({found}) => found));
  return {
    show: format.count,
    inputs: [["Timeframe", base.timeframe ?? "–"]] as const,
    rows: {
      caption: "Bars by session",
      columns: [textColumn("Session"), numberColumn("Found", format.count), numberColumn("Expected", format.count)],
      rows: [
        ...sessions,
        ...(outside > 0 ? [{Session: "outside sessions", Found: outside}] : []),
        ...(rest > 0 ? [{Session: "not counted by session", Found: rest}] : [])
      ]
    },
    datasets: [base],
    span: spanOf(base),
    knownAt: `${format.zoned(base.takenTime)}, when the content was last taken`
  };
}

function wilderRange(rows: readonly WhyRow[]): number | undefined {
  const [highs, lows, closes] = ["High", "Low", "Close"].map((name) => valuesOf(rows, name));
  const ranges = highs!.slice(1).map((high, i) => Math.max(high, closes![i]!) - Math.min(lows![i + 1]!, closes![i]!));
  if (ranges.length < period) return undefined;
  const seed = meanOf(ranges.slice(0, period))!;
  return ranges.slice(period).reduce((average, range) => ((period - 1) * average + range) / period, seed);
}

function finite(value: number | undefined): number | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : value;
}
