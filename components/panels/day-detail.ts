import type {TradingCalendar} from "../../services/domain/calendar.js";
import type {Dataset} from "../../services/domain/dataset.js";
import type {Formats} from "../format/create-formats.js";
import {formatSessionDate} from "../format/moment.js";
import {linkFaults} from "../inputs/link-faults.js";
import {type Fact, factList} from "../parts/evidence.js";
import {html} from "../parts/html.js";
import {intoView} from "../parts/into-view.js";
import {dayWords} from "./coverage-calendar.js";
import {coverageDays, dayRecords} from "./coverage-days.js";

/** The calendar by which bars were expected, and how times and counts are written. */
export interface DayDetailOptions {
  readonly calendar: TradingCalendar;
  readonly format: Formats;
}

/** One day of a data set: its session, what was found of what was expected, its gaps and its restatements. */
export function dayDetail(dataset: Dataset, date: string, {calendar, format}: DayDetailOptions): HTMLElement {
  const year = /^(\d{4})-\d\d-\d\d$/.exec(date)?.[1];
  const day =
    year === undefined ? undefined : coverageDays(dataset, calendar, Number(year)).find((each) => each.date === date);
  if (day === undefined) return html`<div>${linkFaults([`no such day: ${date}; a day is a date as 2024-01-31`])}</div>`;
  const {gaps, restatements} = dayRecords(dataset, day);
  const {session, found, expected} = day;
  const facts: Fact[] = [
    [
      "Session",
      session
        ? `${format.span(session.open, session.close)} (${format.zone})`
        : `none: ${day.state === "holiday" ? "a holiday" : "the venue does not trade on this weekday"}`
    ],
    ...(session && found !== undefined ? [["Rows found", format.count(found)] as const] : []),
    ...(session && expected !== undefined ? [["Rows expected", format.count(expected)] as const] : []),
    [
      "Gaps",
      gaps.length === 0
        ? "none"
        : gaps.map(({start, end, missing}) => `${format.span(start, end)}: ${format.count(missing)} missing`).join("; ")
    ],
    [
      "Restated",
      restatements.length === 0
        ? "nothing"
        : restatements
            .map(
              ({time, field, was, is, seenAt}) =>
                `${field} of ${format.moment(time)} from ${format.number(was)} to ${format.number(is)}, recorded ${format.zoned(seenAt)}`
            )
            .join("; ")
    ]
  ];
  return html`<section class="day-detail" aria-live="polite" aria-label=${`Day ${formatSessionDate(date, format)}`}>
    <h3>${dayWords(day, format)}</h3>
    ${factList(facts)}
  </section>`;
}

/**
 * What stands below a coverage calendar: the day that is chosen, or how to choose one; of a data set that is not kept by
 * days, what is wrong with a link that names one.
 *
 * @param day empty where none is chosen
 * @param calendar `undefined` of a data set that has no days
 */
export function daySection(
  dataset: Dataset | undefined,
  day: string,
  {calendar, format}: {readonly calendar: TradingCalendar | undefined; readonly format: Formats}
): HTMLElement {
  if (dataset !== undefined && calendar !== undefined)
    return day === ""
      ? html`<p class="remark">Choose a day to see its session, its rows and its gaps.</p>`
      : intoView(dayDetail(dataset, day, {calendar, format}));
  const fault = `day is ${day}, and ${dataset?.id ?? "no data set"} is not kept by days: choose bars or ticks`;
  return html`<div>${linkFaults(day === "" ? [] : [fault])}</div>`;
}
