import * as Plot from "npm:@observablehq/plot";
import type {Catalog} from "../../services/domain/dataset.js";
import {fitted} from "../charts/fitted.js";
import {counted, sample} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {formatSessionDate} from "../format/moment.js";
import {chartFrame} from "../parts/chart-frame.js";
import {dataTable} from "../parts/data-table.js";
import {evidenceLine} from "../parts/evidence.js";
import {emptyState} from "../parts/states.js";
import {type CoverageRow, incompleteWords, latestSessions, mostSessions} from "./latest-sessions.js";

/** The last sessions of each data set, by how many of their bars are there: whole ones pale, the others marked. */
export function coverageChart({datasets}: Catalog, format: Formats): HTMLElement {
  const rows = latestSessions(datasets);
  if (rows.length === 0)
    return emptyState("No intraday bars are kept.", "Coverage is counted for bars shorter than a day.");
  const used = datasets.filter(({coverage}) => coverage.length > 0);
  const ids = used.map(({id}) => id);
  const short = rows.filter(({found, expected}) => found < expected).length;
  const height = (width: number) => ids.length * (isNarrow(width) ? 40 : 28) + 56;
  const dates = rows.map(({date}) => date).sort();
  const period = [dates[0]!, dates.at(-1)!].map((date) => formatSessionDate(date, format)).join(" to ");
  return chartFrame({
    title: incompleteWords(short, rows.length, format),
    subtitle: `The last ${mostSessions} sessions of each data set, or all where it has fewer; ${sample(rows.length, "session", format)} of ${counted(ids.length, "data set", format)}, ${period}; pale where whole, blue where a bar is missing, ochre where more than 2 %, red where all are`,
    chart: fitted((width) => coveragePlot(rows, ids, width, height(width)), {height: height(1000)}),
    table: () => sessionTable(rows, format),
    source: evidenceLine(
      {
        figure: "short-sessions",
        summary: `Source: coverage of ${counted(ids.length, "data set", format)} as their snapshots were taken`,
        datasets: used
      },
      format
    )
  });
}

function sessionTable(rows: readonly CoverageRow[], format: Formats): HTMLElement {
  const share = ({found, expected}: CoverageRow) => found / expected;
  const count = (label: string, value: (row: CoverageRow) => number) => ({
    label,
    kind: "number" as const,
    value,
    text: (row: CoverageRow) => format.count(value(row))
  });
  return dataTable(
    [...rows].sort((a, b) => share(a) - share(b) || a.back - b.back),
    [
      {label: "Data set", value: ({id}) => id},
      {label: "Session", value: ({date}) => date, text: ({date}) => formatSessionDate(date, format)},
      {label: "State", value: ({found, expected}) => (found < expected ? "incomplete" : "whole")},
      count("Found", ({found}) => found),
      count("Expected", ({expected}) => expected)
    ],
    {caption: "Latest sessions by coverage", limit: 100}
  );
}

const isNarrow = (width: number) => width < 560;

function coveragePlot(rows: readonly CoverageRow[], ids: readonly string[], width: number, height: number): Node {
  const narrow = isNarrow(width);
  const x = {x1: ({back}: CoverageRow) => -back - 0.5, x2: ({back}: CoverageRow) => 0.5 - back};
  return Plot.plot({
    className: "tape-chart",
    ariaLabel: "Coverage by session",
    width,
    height,
    marginLeft: narrow ? 8 : Math.max(...ids.map(({length}) => length)) * 7.6 + 16,
    marginTop: 12,
    marginBottom: 40,
    marginRight: 8,
    x: {
      domain: [0.5 - mostSessions, 0.5],
      label: "sessions before the last",
      labelArrow: "none",
      labelAnchor: "right",
      tickSize: 4,
      tickFormat: (place: number) => `${-place}`
    },
    y: {domain: ids, label: null, axis: narrow ? null : "left", tickSize: 0, padding: narrow ? 0.6 : 0.3},
    marks: [
      Plot.barX(rows, {...x, y: "id", fill: toneOf, insetLeft: 0.5, insetRight: 0.5}),
      narrow ? Plot.text(ids, {y: (id: string) => id, frameAnchor: "left", textAnchor: "start", dy: -16}) : null,
      Plot.tip(rows, Plot.pointer({x: ({back}: CoverageRow) => -back, y: "id", title: tipText}))
    ]
  });
}

function toneOf({found, expected}: CoverageRow): string {
  if (found === 0) return "var(--breach)";
  if (found < expected * 0.98) return "var(--caution)";
  return found < expected ? "var(--series-4)" : "var(--theme-foreground-faintest)";
}

function tipText({id, date, found, expected}: CoverageRow): string {
  return `${id}, ${date}\n${found} of ${expected} bars`;
}
