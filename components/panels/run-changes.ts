import type {Catalog, Dataset} from "../../services/domain/dataset.js";
import {type EpochMs, formatIso, MINUTE_MS} from "../../services/domain/time.js";
import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {dataTable} from "../parts/data-table.js";
import {moment} from "../parts/figure.js";
import {html} from "../parts/html.js";

/** Data sets that changed in the last run that changed any, and those that did not. */
export interface RunChanges {
  /** When the first of them was taken; `undefined` for an empty catalogue. */
  readonly since: EpochMs | undefined;
  readonly changed: readonly Dataset[];
  readonly unchanged: readonly Dataset[];
}

/** A run pulls its data sets within this of each other; the catalogue does not number runs. */
const withinRunMs = 10 * MINUTE_MS;

/** What the last run changed, as far as the catalogue tells: when the content of each data set last changed. */
export function runChanges({datasets}: Catalog): RunChanges {
  const latest = datasets.toSorted((a, b) => b.takenTime - a.takenTime);
  let since: EpochMs | undefined;
  for (const {takenTime} of latest) {
    if (since !== undefined && since - takenTime > withinRunMs) break;
    since = takenTime;
  }
  const isChanged = ({takenTime}: Dataset) => since !== undefined && takenTime >= since;
  return {since, changed: datasets.filter(isChanged), unchanged: datasets.filter((dataset) => !isChanged(dataset))};
}

/** Those changes as a sentence and a table. */
export function runChangesPanel(catalog: Catalog, format: Formats): HTMLElement {
  const {since, changed, unchanged} = runChanges(catalog);
  const restated = (dataset: Dataset) =>
    dataset.restatements.filter(({seenAt}) => since !== undefined && seenAt >= since).length;
  const sum = changed.reduce((total, dataset) => total + restated(dataset), 0);
  const words =
    since === undefined
      ? "Nothing was taken yet."
      : `${counted(changed.length, "data set", format)} changed in the run of ${format.zoned(since)}, ${format.count(unchanged.length)} did not; ${sum === 0 ? "no row was restated" : `${counted(sum, "value", format)} restated`}. The catalogue tells when each last changed, not how many rows a run added.`;
  return html`<div><p>${words}</p>${dataTable(
    changed,
    [
      {label: "Data set", value: ({id}) => id, node: ({id}) => html`<a href=${`./data?dataset=${id}`}>${id}</a>`},
      {
        label: "Taken",
        unit: format.zone,
        value: ({takenTime}) => formatIso(takenTime),
        node: ({takenTime}) => moment(takenTime, format.moment(takenTime))
      },
      {
        label: "Last row",
        unit: format.zone,
        value: ({lastTime}) => (lastTime === null ? undefined : formatIso(lastTime)),
        node: ({lastTime}) => moment(lastTime, format.moment(lastTime))
      },
      {label: "Rows", kind: "number", value: ({rows}) => rows, text: ({rows}) => format.count(rows)},
      {label: "Values restated", kind: "number", value: restated, text: (dataset) => format.count(restated(dataset))},
      {
        label: "Duplicates dropped, in all",
        kind: "number",
        value: ({duplicatesDropped}) => duplicatesDropped,
        text: ({duplicatesDropped}) => format.count(duplicatesDropped)
      }
    ],
    {caption: "Changed data sets", emptyStep: "Run: npm run snapshot"}
  )}</div>`;
}
