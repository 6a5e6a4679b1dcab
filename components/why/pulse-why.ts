import type {Dataset} from "../../services/domain/dataset.js";
import type {Formats} from "../format/create-formats.js";
import type {PulseFindings, PulseRows} from "../work/pulse-tasks.js";
import {type PulseFigure, pulseFigures} from "./pulse-figures.js";
import {pulseRows} from "./pulse-rows.js";
import {spanOf, type Why} from "./why.js";

/** The findings that a Pulse page shows, and how to come by what they were made from. */
export interface PulseContext {
  readonly findings: PulseFindings;
  readonly windowMinutes: number;
  readonly zone: string;
  readonly currency: string;
  readonly dataset: Dataset;
  /** Data sets of prices, by which what was held is judged. */
  readonly prices: readonly Dataset[];
  readonly format: Formats;
  readonly rows: () => Promise<PulseRows>;
}

/** What one figure of a Pulse page stands on. @throws {RangeError} for an unknown figure */
export async function pulseWhy(name: string, context: PulseContext): Promise<Why> {
  const figure = pulseFigures[name];
  if (figure === undefined) throw new RangeError(`unknown figure: ${name}`);
  const {findings, dataset, zone, windowMinutes, format} = context;
  const estimate = figure.of(findings);
  const rows = await context.rows();
  return {
    ...figure,
    value: estimate.value,
    reason: estimate.reason,
    estimate,
    show: showOf(figure, context),
    inputs: [
      ["Session", `a day on the clock of ${zone}`],
      ...(figure.table === "reentries" ? [["Window", `${format.count(windowMinutes)} minutes`] as const] : [])
    ],
    rows: pulseRows(figure.table, rows, context),
    datasets: figure.table === "events" ? [dataset, ...pricesOf(rows, context)] : [dataset],
    span: spanOf(dataset),
    knownAt: "after the fact, from closed round trips; nobody knew it while trading"
  };
}

function showOf({unit}: PulseFigure, {format, currency}: PulseContext): (value: number) => string {
  if (unit === "points") return (value) => `${format.number(value * 100, {decimals: 1, signed: true})} points`;
  if (unit === "fraction") return (value) => format.fraction(value);
  if (unit === "minutes") return (value) => `${format.number(value, {decimals: 1})} min`;
  if (unit === "money") return (value) => `${format.amount(value, currency, {signed: true})}\u00a0${currency}`;
  return (value) => format.count(value);
}

function pricesOf({events}: PulseRows, {prices}: PulseContext): Dataset[] {
  const held = new Set(events.map(({instrument}) => instrument));
  return prices.filter(({instrument}) => instrument !== undefined && held.has(instrument));
}
