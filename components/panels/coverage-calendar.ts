import type {TradingCalendar} from "../../services/domain/calendar.js";
import type {Dataset} from "../../services/domain/dataset.js";
import {formatIso} from "../../services/domain/time.js";
import {sample} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {formatMoment, formatSessionDate} from "../format/moment.js";
import {listenWeakly} from "../inputs/listen-weakly.js";
import type {QueryChoice} from "../inputs/query-choice.js";
import {chartFrame} from "../parts/chart-frame.js";
import {dataTable} from "../parts/data-table.js";
import {evidenceLine} from "../parts/evidence.js";
import {groupRows} from "../parts/group-rows.js";
import {html} from "../parts/html.js";
import {type CoverageDay, coverageDays, type DayState} from "./coverage-days.js";
import {incompleteWords} from "./latest-sessions.js";

/** The year that is drawn, the sessions it is held against, and the day that is open. */
export interface CoverageCalendarOptions {
  readonly calendar: TradingCalendar;
  readonly year: number;
  readonly format: Formats;
  /** The day that is looked at. */
  readonly choice: QueryChoice;
}

const names: Readonly<Record<DayState, string>> = {
  full: "whole",
  partial: "part of it missing",
  missing: "all of it missing",
  closed: "closed",
  holiday: "holiday",
  outside: "not in the history"
};
/** Signs and no letters: a cell is named by its date, and a name must hold the words that are seen. */
const marks: Readonly<Record<DayState, string>> = {
  full: "",
  partial: "◐",
  missing: "✕",
  closed: "",
  holiday: "◇",
  outside: ""
};
const kinds = Object.keys(names) as DayState[];

/** A year of a data set as a calendar, a cell a day, each to be opened; its state is a mark as well as a shade. */
export function coverageCalendar(dataset: Dataset, options: CoverageCalendarOptions): HTMLElement {
  const {calendar, year, format, choice} = options;
  const days = coverageDays(dataset, calendar, year);
  const of = (state: DayState) => days.filter((day) => day.state === state).length;
  const sessions = of("full") + of("partial") + of("missing");
  const short = sessions - of("full");
  return chartFrame({
    title:
      sessions === 0
        ? `${dataset.id} has no session in ${year}`
        : incompleteWords(short, sessions, format, ` in ${year}`),
    subtitle: `${dataset.id}; ${sample(sessions, "session", format)} of ${calendar.name} (${calendar.zone}); a day is its session's date at the venue; months without history are left out`,
    chart: html`<div>${grid(days, format, choice)}${legend(days)}</div>`,
    table: () => dayTable(days, `${dataset.id} ${year}`, format),
    source: evidenceLine({figure: "incomplete-sessions", datasets: [dataset]}, format)
  });
}

function grid(days: readonly CoverageDay[], format: Formats, choice: QueryChoice): HTMLElement {
  const months = groupRows(days, ({date}) => date.slice(0, 7));
  const held = months.filter((own) => own.some(({state}) => isHeld(state)));
  const box = html`<div class="calendar">${held.map((own) => monthOf(own, format))}</div>`;
  const cells = [...box.querySelectorAll<HTMLButtonElement>("button.day")];
  const mark = () => {
    const chosen = cells.find(({value}) => value === choice.value);
    for (const cell of cells) {
      cell.tabIndex = cell === (chosen ?? cells[0]) ? 0 : -1;
      cell.setAttribute("aria-pressed", String(cell === chosen));
    }
  };
  box.addEventListener("click", ({target}) => {
    const cell = (target as Element).closest<HTMLButtonElement>("button.day");
    if (cell) choice.choose(cell.value === choice.value ? "" : cell.value);
  });
  box.addEventListener("keydown", (event) => {
    const step = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, Home: -366, End: 366}[event.key];
    const at = cells.indexOf(event.target as HTMLButtonElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    const next = cells[Math.max(0, Math.min(cells.length - 1, at + step))]!;
    cells[at]!.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  listenWeakly(choice, "input", mark, box);
  mark();
  return box;
}

const isHeld = (state: DayState) => state === "full" || state === "partial" || state === "missing";

function monthOf(days: readonly CoverageDay[], format: Formats): HTMLElement {
  const first = Date.parse(`${days[0]!.date}T00:00:00Z`);
  const lead = (new Date(first).getUTCDay() + 6) % 7; // weeks begin on Monday
  const name = formatMoment(first, "month", {zone: "UTC", locale: format.locale});
  return html`<section class="month"><h4>${name}</h4><div class="month-days">
    ${days.map((day, i) => {
      const cell = dayCell(day, format);
      if (i === 0) cell.style.gridColumnStart = String(lead + 1);
      return cell;
    })}
  </div></section>`;
}

function dayCell(day: CoverageDay, format: Formats): HTMLElement {
  const words = dayWords(day, format);
  return html`<button type="button" class="day" value=${day.date} data-state=${day.state} title=${words} aria-label=${words}>${Number(day.date.slice(8))}<i aria-hidden="true">${marks[day.state]}</i></button>`;
}

/** A day in one line: `2 Jan 2019: part of it missing, 370 of 375`. */
export function dayWords({date, state, isSpecial, found, expected}: CoverageDay, format: Formats): string {
  const counts = expected === undefined ? "" : `, ${format.count(found)} of ${format.count(expected)}`;
  return `${formatSessionDate(date, format)}: ${names[state]}${counts}${isSpecial ? ", special hours" : ""}`;
}

function legend(days: readonly CoverageDay[]): HTMLElement {
  return html`<ul class="calendar-legend">${kinds.map((state) => {
    const n = days.filter((day) => day.state === state).length;
    return html`<li><span class="day" data-state=${state} aria-hidden="true"><i>${marks[state]}</i></span> ${names[state]}, ${n}</li>`;
  })}</ul>`;
}

function dayTable(days: readonly CoverageDay[], caption: string, format: Formats): HTMLElement {
  const count = (label: string, value: (day: CoverageDay) => number | undefined) => ({
    label,
    kind: "number" as const,
    value,
    text: (day: CoverageDay) => format.count(value(day))
  });
  return dataTable(
    days.filter(({session}) => session !== undefined),
    [
      {label: "Session", value: ({date}) => date, text: ({date}) => formatSessionDate(date, format)},
      {label: "State", value: ({state}) => names[state]},
      count("Found", ({found}) => found),
      count("Expected", ({expected}) => expected),
      {
        label: "Opens",
        unit: format.zone,
        value: ({session}) => session && formatIso(session.open),
        text: ({session}) => format.moment(session?.open)
      },
      {
        label: "Closes",
        unit: format.zone,
        value: ({session}) => session && formatIso(session.close),
        text: ({session}) => format.moment(session?.close)
      }
    ],
    {caption: `Sessions of ${caption}`, limit: 400}
  );
}
