import type {StructureEvent} from "../../services/analytics/structure/event.js";
import type {BarSeries} from "../../services/domain/bar.js";
import type {Dataset} from "../../services/domain/dataset.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import {formatIso} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import type {Fact} from "../parts/evidence.js";
import {numberColumn, textColumn, timeColumn} from "./columns.js";
import type {Why, WhyRow} from "./why.js";

/** The events that a Structure page shows, and the bars they were found in. */
export interface StructureContext {
  readonly events: readonly StructureEvent[];
  readonly bars: BarSeries;
  /** What the reader chose, in words. */
  readonly inputs: readonly Fact[];
  readonly instrument: InstrumentSettings;
  readonly dataset: Dataset;
  readonly format: Formats;
}

interface StructureFigure extends Pick<Why, "name" | "definition"> {
  /** Whether an event counts, by its type. */
  readonly test: (type: string) => boolean;
  /** What is taken of those that count. */
  readonly take: "last price" | "count";
}

const swing =
  "A swing is the extreme from which the price reversed by k · ATR 14; it is known at the close of the bar that completed the reversal, and never changed.";
const broken =
  "A break is a close beyond the last confirmed swing: of structure (BOS) with the running direction, of character (CHoCH) against it.";

const figures: Readonly<Record<string, StructureFigure>> = {
  "last-swing-high": {
    name: "Last swing high",
    definition: swing,
    take: "last price",
    test: (type) => type === "swing-high"
  },
  "last-swing-low": {
    name: "Last swing low",
    definition: swing,
    take: "last price",
    test: (type) => type === "swing-low"
  },
  "last-break": {
    name: "Last break",
    definition: broken,
    take: "last price",
    test: (type) => /^(bos|choch)-/.test(type)
  },
  swings: {name: "Swings", definition: swing, take: "count", test: (type) => type.startsWith("swing")},
  breaks: {name: "Breaks of structure", definition: broken, take: "count", test: (type) => type.startsWith("bos")},
  changes: {name: "Changes of character", definition: broken, take: "count", test: (type) => type.startsWith("choch")},
  events: {name: "Events", definition: `${swing} ${broken}`, take: "count", test: () => true}
};

/** What one figure of a Structure page stands on. @throws {RangeError} for an unknown figure */
export function structureWhy(name: string, {events, bars, inputs, instrument, dataset, format}: StructureContext): Why {
  const figure = figures[name];
  if (figure === undefined) throw new RangeError(`unknown figure: ${name}`);
  const {take, test, definition} = figure;
  const isCount = take === "count";
  const chosen = events.filter(({type}) => test(type));
  const price = (value: number) => format.price(value, instrument.tickSize);
  const last = chosen.at(-1);
  const [start, end] = [bars.time[0], bars.time.at(-1)];
  return {
    name: figure.name,
    value: isCount ? chosen.length : last?.price,
    reason: "none yet",
    show: isCount ? format.count : (value) => `${price(value)}\u00a0${instrument.currency}`,
    formula: isCount ? "number of events of the kind" : "price of the last event of the kind",
    definition,
    inputs,
    rows: {
      caption: `Events behind ${figure.name}`,
      columns: [
        timeColumn("Known at", format),
        textColumn("Event"),
        numberColumn("Price", price, {unit: instrument.currency}),
        timeColumn("Sits at", format),
        {...textColumn("Measured"), kind: "wrap"},
        textColumn("Rule")
      ],
      rows: chosen.map((event) => rowOf(event))
    },
    recompute: isCount
      ? {words: "Number of rows", of: (rows) => rows.length}
      : {
          words: "Price of the last row, in the order in which they became known",
          of: (rows) => Number(rows.at(-1)?.["Price"])
        },
    datasets: [dataset],
    span: start === undefined || end === undefined ? undefined : {start, end},
    knownAt:
      last === undefined
        ? "not yet"
        : `at the close of the bar that opened ${format.zoned(last.knownAt)}; none is withdrawn or rewritten later`
  };
}

function rowOf({type, price, time, knownAt, evidence, rule}: StructureEvent): WhyRow {
  const measured = Object.entries(evidence).map(([name, value]) => `${name} ${value}`);
  return {
    "Known at": formatIso(knownAt),
    Event: type,
    Price: price,
    "Sits at": formatIso(time),
    Measured: measured.join(", "),
    Rule: rule
  };
}
