import type {Catalog, Dataset} from "../../services/domain/dataset.js";
import type {SiteSettings} from "../../services/domain/settings.js";
import {type EpochMs, formatIso} from "../../services/domain/time.js";
import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {dataTable} from "../parts/data-table.js";
import {moment} from "../parts/figure.js";
import {type Freshness, freshness} from "../parts/freshness.js";

/** How far each data set reaches, and whether sessions have ended that it does not hold; the stalest first. */
export function freshnessTable(
  {datasets}: Catalog,
  settings: SiteSettings,
  format: Formats,
  now?: EpochMs
): HTMLElement {
  const rows = datasets.map((dataset) => ({dataset, standing: standingOf(dataset, settings, now)}));
  rows.sort((a, b) => Number(b.standing?.isStale ?? false) - Number(a.standing?.isStale ?? false));
  type Row = (typeof rows)[number];
  const time = (label: string, of: (row: Row) => EpochMs | null) => ({
    label,
    unit: format.zone,
    value: (row: Row) => (of(row) === null ? undefined : formatIso(of(row)!)),
    node: (row: Row) => moment(of(row), format.moment(of(row)))
  });
  return dataTable(
    rows,
    [
      {label: "Data set", value: ({dataset}: Row) => dataset.id},
      {label: "State", value: ({standing}: Row) => stateOf(standing, format)},
      time("Reaches to", ({dataset, standing}) => standing?.asOf ?? dataset.lastTime),
      time("Source last asked", ({dataset}) => dataset.checkedTime),
      {
        label: "Rows",
        kind: "number",
        value: ({dataset}: Row) => dataset.rows,
        text: ({dataset}: Row) => format.count(dataset.rows)
      },
      {label: "Source", value: ({dataset}: Row) => dataset.source}
    ],
    {caption: "Freshness", emptyStep: "Run: npm run snapshot"}
  );
}

function standingOf(dataset: Dataset, {instruments, calendars}: SiteSettings, now?: EpochMs): Freshness | undefined {
  const calendar = calendars[instruments.find(({id}) => id === dataset.instrument)?.calendar ?? ""];
  return calendar === undefined ? undefined : freshness(dataset, calendar, now ?? dataset.checkedTime);
}

function stateOf(standing: Freshness | undefined, format: Formats): string {
  if (standing === undefined) return "history";
  if (!standing.isStale) return "current";
  return `stale, ${counted(standing.missedSessions, "session", format)} missing`;
}
