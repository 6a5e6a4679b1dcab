import type {Dataset, Gap} from "../../services/domain/dataset.js";
import type {Formats} from "../format/create-formats.js";
import {figure, moment} from "./figure.js";
import {html} from "./html.js";

/** A fact beside those of the data set: a label, and the figure or words. */
export type Fact = readonly [label: string, value: string | HTMLElement];

/** What a figure stands on: the data sets, what was done with them, and when it could be known. */
export interface EvidenceOptions {
  /** The snapshots a figure was made from. */
  readonly datasets: readonly Dataset[];
  /** What the page did with them, as `["Volume, all rows", "2 339 635 ticks"]`. */
  readonly facts?: readonly Fact[]; // none
  /** What the line says before it is opened; each data set's end unless told. */
  readonly summary?: string;
  /** When it could first have been known, in words; without it, when the snapshots were taken. */
  readonly knownAt?: string;
  /** The name of the figure that the panel is about, by which `explained` asks for what it stands on. */
  readonly figure?: string;
}

/**
 * The source line of a panel, which opens into "Why this number?". Works offline: all of it came with the page. What it
 * opens into is made when it is opened.
 */
export function evidenceLine({datasets, facts = [], knownAt, summary, figure}: EvidenceOptions, format: Formats) {
  const known: Fact[] = knownAt === undefined || figure !== undefined ? [] : [["Known at", knownAt]]; // else its figure says
  const line = html`<details class="why" data-figure=${figure}>
    <summary>${summary ?? `Source: ${datasets.map((dataset) => shortLine(dataset, format)).join("; ")}`}. <span class="ask">Why this number?</span></summary>
  </details>`;
  const fill = () => {
    if (figure === undefined) line.append(...datasets.map((dataset) => factList(datasetFacts(dataset, format))));
    if (facts.length + known.length > 0) line.append(factList([...facts, ...known]));
  };
  line.addEventListener("toggle", fill, {once: true});
  return line;
}

function shortLine({id, rows, lastTime}: Dataset, format: Formats): string {
  const end = lastTime === null ? "empty" : `to ${format.zoned(lastTime)}`;
  return `${id}, ${format.count(rows)} rows ${end}`;
}

/** Labels and values, one a line. */
export function factList(facts: readonly Fact[]): HTMLElement {
  return html`<dl class="facts">${facts.flatMap(([label, value]) => [html`<dt>${label}</dt>`, html`<dd>${value}</dd>`])}</dl>`;
}

/** All that the catalogue knows of a data set. */
export function datasetFacts(dataset: Dataset, format: Formats): Fact[] {
  const {id, source, sourceKind, simulated, rows, sha256, bytes, loaderVersion, takenTime, checkedTime} = dataset;
  const range =
    dataset.firstTime === null || dataset.lastTime === null ? "–" : format.span(dataset.firstTime, dataset.lastTime);
  return [
    ["Data set", id],
    ["Source", `${source} (${sourceKind})${simulated ? ", simulated" : ""}`],
    ["Rows", figure(rows, format.count(rows))],
    ["Range", `${range} (${format.zone})`],
    ["Gaps", describeGaps(dataset.gaps, format)],
    ["Off session", describeOffSession(dataset, format)],
    ["Restatements", format.count(dataset.restatements.length)],
    ["Duplicates dropped", format.count(dataset.duplicatesDropped)],
    ...dataset.warnings.map((warning): Fact => ["Warning", warning]),
    ["SHA-256", html`<code>${sha256}</code>`],
    ["Size", `${format.count(bytes)} bytes`],
    ["Loader version", html`<code>${loaderVersion}</code>`],
    ["Content taken", moment(takenTime, format.zoned(takenTime, "second"))],
    ["Source last asked", moment(checkedTime, format.zoned(checkedTime, "second"))]
  ];
}

/** Gaps in words: how many, how many bars, and the latest three. */
export function describeGaps(gaps: readonly Gap[], format: Formats): string {
  if (gaps.length === 0) return "none";
  const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
  const latest = gaps.slice(-3).map(({start, end, missing}) => `${format.span(start, end)}: ${format.count(missing)}`);
  const lead = `${format.count(gaps.length)} with ${format.count(missing)} bars missing`;
  return `${lead}; ${gaps.length > 3 ? "latest " : ""}${latest.join("; ")}`;
}

/** Rows outside the calendar's sessions, kept and named. */
export function describeOffSession({offSession}: Pick<Dataset, "offSession">, format: Formats): string {
  const {preOpen, postClose, closedDay} = offSession;
  if (preOpen + postClose + closedDay === 0) return "none";
  const named = [
    [preOpen, "before the open"],
    [postClose, "after the close"],
    [closedDay, "on closed days"]
  ] as const;
  return named
    .filter(([n]) => n > 0)
    .map(([n, where]) => `${format.count(n)} ${where}`)
    .join(", ");
}
