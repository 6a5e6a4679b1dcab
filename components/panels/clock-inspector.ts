import type {ClockChange, ClockEvidence, ClockReport, ClockWeek} from "../../services/domain/clock-report.js";
import {formatIso, HOUR_MS} from "../../services/domain/time.js";
import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {formatMoment} from "../format/moment.js";
import {dataTable} from "../parts/data-table.js";
import {moment} from "../parts/figure.js";
import {html} from "../parts/html.js";
import {emptyState} from "../parts/states.js";

/** Every source's clock: its rule, what it makes of the days on which clocks are changed, and what the data say of it. */
export function clockInspector(reports: readonly ClockReport[], format: Formats): HTMLElement {
  if (reports.length === 0) return emptyState("No source is in use.", "Run: npm run snapshot");
  return html`<div class="clocks">${reports.map((report) => clockSection(report, format))}</div>`;
}

function clockSection(report: ClockReport, format: Formats): HTMLElement {
  const {source, kind, rule, reason, changes, evidence} = report;
  return html`<section class="clock">
    <h3>${source} (${kind}): ${rule === undefined ? "no clock to convert" : rule}</h3>
    ${rule === undefined ? html`<p class="remark">${reason}.</p>` : null}
    ${evidence.map((each) => verdict(each, format))}
    ${changes.length === 0 ? null : changesTable(report, format)}
    ${evidence
      .filter(({weeks}) => weeks.length > 0)
      .slice(0, 1)
      .map((each) => weeksTable(each, format))}
  </section>`;
}

function verdict({dataset, weeks, fault, rivals, note}: ClockEvidence, format: Formats): HTMLElement {
  if (fault !== undefined) return html`<p class="remark is-breach">✕ ${dataset} contradicts it: ${fault}</p>`;
  const ruledOut = rivals.filter(({fits}) => !fits).map(({rule}) => rule);
  const fitting = rivals.filter(({fits}) => fits).map(({rule}) => rule);
  const looked = note ?? `the edges of ${counted(weeks.length, "week", format)}`;
  const others = [
    ruledOut.length > 0 ? `the same rows rule out ${ruledOut.join(", ")}` : "",
    fitting.length > 0 ? `they would bear ${fitting.join(", ")} as well` : ""
  ].filter((text) => text !== "");
  return html`<p class="remark">✓ ${dataset}: nothing contradicts it (${looked})${others.length > 0 ? `; ${others.join("; ")}` : ""}.</p>`;
}

function changesTable({source, changes}: ClockReport, format: Formats): HTMLElement {
  const wall = (time: number) => formatMoment(time, "minute", {zone: "UTC", locale: format.locale});
  const hours = (ms: number) => `UTC ${format.number(ms / HOUR_MS, {signed: true})} h`;
  const does = ({aheadBeforeMs, aheadAtMs}: ClockChange) => {
    if (aheadAtMs === aheadBeforeMs) return "is not moved";
    return aheadAtMs > aheadBeforeMs
      ? "skips an hour, which no row bears"
      : "shows an hour twice; rows are told apart by their order";
  };
  const text = (label: string, of: (change: ClockChange) => string) => ({label, value: of});
  return dataTable(
    [...changes].reverse(),
    [
      text("Clocks change in", ({region}) => region),
      {
        label: "At",
        unit: format.zone,
        value: ({time}) => formatIso(time),
        node: ({time}) => moment(time, format.moment(time))
      },
      text("Server a minute before", ({wallBefore}) => wall(wallBefore)),
      text("Server at that moment", ({wallAt}) => wall(wallAt)),
      text("Ahead before", ({aheadBeforeMs}) => hours(aheadBeforeMs)),
      text("Ahead after", ({aheadAtMs}) => hours(aheadAtMs)),
      text("The server's clock", does)
    ],
    {caption: `Clock of ${source} when clocks change`}
  );
}

function weeksTable({dataset, weeks}: ClockEvidence, format: Formats): HTMLElement {
  const time = (label: string, of: (week: ClockWeek) => number) => ({
    label,
    unit: format.zone,
    value: (week: ClockWeek) => formatIso(of(week)),
    node: (week: ClockWeek) => moment(of(week), format.moment(of(week)))
  });
  return dataTable(
    [...weeks].reverse(),
    [
      time("Week opens by the calendar", ({open}) => open),
      time("First row", ({firstRow}) => firstRow),
      time("Week closes by the calendar", ({close}) => close),
      time("Last row ends", ({lastEnd}) => lastEnd)
    ],
    {caption: `Weeks of ${dataset}`, limit: 12}
  );
}
