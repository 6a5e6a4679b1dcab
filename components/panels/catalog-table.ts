import type {Catalog, Dataset, Gap, Restatement} from "../../services/domain/dataset.js";
import {formatIso} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import {dataTable} from "../parts/data-table.js";
import {describeOffSession} from "../parts/evidence.js";
import {figure, moment} from "../parts/figure.js";

/** Share of the bars that the calendar expects which are there; `undefined` where there is no such expectation. */
export function coverageOf({coverage}: Pick<Dataset, "coverage">): {found: number; expected: number} | undefined {
  if (coverage.length === 0) return undefined;
  const add = (of: (session: Dataset["coverage"][number]) => number) => coverage.reduce((sum, row) => sum + of(row), 0);
  return {found: add(({found}) => found), expected: add(({expected}) => expected)};
}

/** The catalogue, one data set a row. */
export function catalogTable({datasets}: Catalog, format: Formats): HTMLElement {
  const covered = (dataset: Dataset) => {
    const coverage = coverageOf(dataset);
    return coverage && coverage.found / coverage.expected;
  };
  const missing = ({gaps}: Dataset) => gaps.reduce((sum, gap) => sum + gap.missing, 0);
  const number = (label: string, value: (dataset: Dataset) => number) => ({
    label,
    kind: "number" as const,
    value,
    text: (dataset: Dataset) => format.count(value(dataset))
  });
  return dataTable(
    datasets,
    [
      {label: "Data set", value: ({id}: Dataset) => id},
      {label: "Source", value: ({source, sourceKind}: Dataset) => `${source} (${sourceKind})`},
      {
        label: "Rows",
        kind: "number",
        value: ({rows}: Dataset) => rows,
        node: ({rows}: Dataset) => figure(rows, format.count(rows))
      },
      {
        label: "From",
        unit: format.zone,
        value: ({firstTime}: Dataset) => (firstTime === null ? "" : formatIso(firstTime)),
        node: ({firstTime}: Dataset) => moment(firstTime, format.moment(firstTime))
      },
      {
        label: "To",
        unit: format.zone,
        value: ({lastTime}: Dataset) => (lastTime === null ? "" : formatIso(lastTime)),
        node: ({lastTime}: Dataset) => moment(lastTime, format.moment(lastTime))
      },
      {
        label: "Coverage",
        kind: "number",
        value: covered,
        text: (dataset: Dataset) => format.fraction(covered(dataset), {decimals: 2})
      },
      number("Gaps", ({gaps}) => gaps.length),
      number("Bars missing", missing),
      {label: "Off session", value: (dataset: Dataset) => describeOffSession(dataset, format)},
      number("Restated", ({restatements}) => restatements.length),
      number("Duplicates dropped", ({duplicatesDropped}) => duplicatesDropped),
      {...number("Bytes", ({bytes}) => bytes), isFileOnly: true},
      {
        label: "SHA-256",
        value: ({sha256}: Dataset) => sha256,
        isFileOnly: true
      },
      {label: "Loader", value: ({loaderVersion}: Dataset) => loaderVersion.slice(0, 12)},
      {
        label: "Pull took",
        kind: "number",
        value: ({durationMs}: Dataset) => durationMs,
        text: ({durationMs}: Dataset) => format.duration(durationMs)
      },
      number("Warnings", ({warnings}) => warnings.length)
    ],
    {caption: "Data sets", emptyStep: "Run: npm run snapshot", sort: {name: "sort"}}
  );
}

/** Gaps of all data sets, the widest first. */
export function gapTable({datasets}: Catalog, format: Formats): HTMLElement {
  const rows = datasets.flatMap(({id, gaps}) => gaps.map((gap) => ({id, ...gap})));
  rows.sort((a, b) => b.missing - a.missing || b.end - a.end);
  type Row = Gap & {readonly id: string};
  return dataTable<Row>(
    rows,
    [
      {label: "Data set", value: ({id}) => id},
      {
        label: "Bars missing",
        kind: "number",
        value: ({missing}) => missing,
        text: ({missing}) => format.count(missing)
      },
      {
        label: "From",
        unit: format.zone,
        value: ({start}) => formatIso(start),
        node: ({start}) => moment(start, format.moment(start))
      },
      {
        label: "Up to",
        unit: format.zone,
        value: ({end}) => formatIso(end),
        node: ({end}) => moment(end, format.moment(end))
      }
    ],
    {caption: "Gaps", limit: 100, sort: {name: "gaps"}, emptyStep: "Every bar that the calendars expect is there."}
  );
}

/** Rows whose source later said otherwise: what was first shown stands; this says what came. */
export function restatementTable({datasets}: Catalog, format: Formats): HTMLElement {
  type Row = Restatement & {readonly id: string};
  const rows = datasets.flatMap(({id, restatements}) => restatements.map((restatement) => ({id, ...restatement})));
  const plain = (value: number) => format.number(value);
  return dataTable<Row>(
    rows.sort((a, b) => b.seenAt - a.seenAt),
    [
      {label: "Data set", value: ({id}) => id},
      {
        label: "Row",
        unit: format.zone,
        value: ({time}) => formatIso(time),
        node: ({time, until}) =>
          moment(time, until === undefined ? format.moment(time) : `${format.moment(time)} to ${format.moment(until)}`)
      },
      {label: "Field", value: ({field}) => field},
      {label: "First shown", kind: "number", value: ({was}) => was, text: ({was}) => plain(was)},
      {label: "Restated to", kind: "number", value: ({is}) => is, text: ({is}) => plain(is)},
      {
        label: "Recorded",
        unit: format.zone,
        value: ({seenAt}) => formatIso(seenAt),
        node: ({seenAt}) => moment(seenAt, format.moment(seenAt))
      }
    ],
    {caption: "Restatements", emptyStep: "No source has changed a row that was taken before."}
  );
}

/** What is known to be odd in a data set, in the words of who noticed; nothing where nothing is. */
export function warningTable({datasets}: Catalog): HTMLElement {
  const rows = datasets.flatMap(({id, warnings}) => warnings.map((warning) => ({id, warning})));
  return dataTable(
    rows,
    [
      {label: "Data set", value: ({id}) => id},
      {label: "What", kind: "wrap", value: ({warning}) => warning}
    ],
    {caption: "Warnings", emptyStep: "No source and no check had anything to say."}
  );
}
