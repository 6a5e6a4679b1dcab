import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {formatEstimate} from "../format/estimate.js";
import {dataTable} from "../parts/data-table.js";
import {datasetFacts, describeGaps, type Fact, factList} from "../parts/evidence.js";
import {figure} from "../parts/figure.js";
import {html} from "../parts/html.js";
import type {Why} from "./why.js";

/** Rows shown; the file holds all. */
const rowsShown = 50;

/** The answer to "Why this number?": what the figure means, the rows it is made of, and where they came from. */
export function whyBody(why: Why, format: Formats): HTMLElement {
  const {rows, columns, caption} = why.rows;
  return html`<div class="why-body">
    ${factList(meaning(why, format))}
    <h3>Rows behind it</h3>
    <p class="recomputed">${recomputed(why, format)}</p>
    ${dataTable(rows, columns, {caption, limit: rowsShown, emptyStep: why.reason ?? "The snapshot holds no row for it."})}
    <h3>Where they came from</h3>
    ${why.datasets.map((dataset) => factList([...gapFacts(why, dataset.gaps, format), ...datasetFacts(dataset, format)]))}
  </div>`;
}

function meaning(why: Why, format: Formats): Fact[] {
  const {value, show, reason, formula, definition, reference, inputs, estimate, knownAt} = why;
  return [
    ["Figure", value === undefined ? `none: ${reason ?? "not available"}` : figure(value, show(value))],
    ["Formula", html`<code>${formula}</code>`],
    ["Definition", definition],
    ...(reference === undefined ? [] : [["Reference", reference] as const]),
    ...inputs,
    ...(estimate === undefined ? [] : evidence(why, format)),
    ["Known at", knownAt]
  ];
}

function evidence({estimate, show}: Why, {locale, number}: Formats): Fact[] {
  const {n, interval} = formatEstimate(estimate!, show, locale);
  const {method, p, low, high, reason} = estimate!;
  const bounds = low === undefined || high === undefined ? (reason ?? "none") : (interval ?? "none");
  return [
    ["Sample", n],
    ["Interval", method === undefined || interval === undefined ? bounds : `${bounds}, ${method}`],
    ...(p === undefined ? [] : [["p, before others are counted", number(p, {decimals: 4})] as const])
  ];
}

/** What the rows give, worked out now from the rows below and from nothing else, and whether that is the figure. */
function recomputed({rows: {rows}, recompute, value, show}: Why, format: Formats): HTMLElement {
  const given = value === undefined ? undefined : recompute.of(rows);
  const found = Number.isFinite(given) ? given : undefined;
  const from = rows.length === 1 ? "this row" : `these ${counted(rows.length, "row", {locale: format.locale})}`;
  if (found === undefined || value === undefined)
    return html`<span>${recompute.words}. ${value === undefined ? "There is no figure to compare with." : "The rows give none."}</span>`;
  const isSame = Math.abs(found - value) <= 1e-9 * Math.max(1, Math.abs(value));
  const verdict = isSame
    ? "which is the figure"
    : html`<strong class="is-breach">✕ not the figure, ${show(value)}</strong>`;
  return html`<span>${recompute.words}. From ${from}: <strong>${figure(found, show(found))}</strong>, ${verdict}.</span>`;
}

function gapFacts({span}: Why, gaps: Parameters<typeof describeGaps>[0], format: Formats): Fact[] {
  if (span === undefined) return [];
  const within = gaps.filter(({start, end}) => end > span.start && start < span.end);
  return [["Gaps among these rows", describeGaps(within, format)]];
}
