import {filterTrips, type TripFilter, tripHour, tripWeekday} from "../../services/analytics/performance/trip-filter.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import type {RoundTrip} from "../../services/domain/round-trip.js";
import {DAY_MS} from "../../services/domain/time.js";
import {dateIn} from "../../services/domain/zone.js";
import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {formatSessionDate} from "../format/moment.js";
import {dateField} from "../inputs/date-field.js";
import {selectField} from "../inputs/select-field.js";
import {html} from "../parts/html.js";

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
const any = {value: "all", label: "All"} as const;

/** The inputs that choose round trips, by their names in the page's query: only what occurs can be chosen. */
export function tripFields(trips: readonly RoundTrip[], zone: string) {
  const traded = [...new Set(trips.map(({instrument}) => instrument))].sort();
  const hours = [...new Set(trips.map((trip) => tripHour(trip, zone)))].sort((a, b) => a - b);
  const days = [...new Set(trips.map((trip) => tripWeekday(trip, zone)))].sort((a, b) => a - b);
  const [first, last] = [trips[0], trips.at(-1)].map((trip) => trip && dateIn(zone, trip.closeTime));
  return {
    instrument: selectField<string>({
      label: "Instrument",
      options: [any, ...traded.map((value) => ({value, label: symbolOf(value)}))]
    }),
    side: selectField({
      label: "Side",
      options: [
        {...any, label: "Long and short"},
        {value: "buy", label: "Long"},
        {value: "sell", label: "Short"}
      ]
    }),
    result: selectField({
      label: "Result",
      options: [any, {value: "won", label: "Won"}, {value: "lost", label: "Lost"}, {value: "even", label: "Broke even"}]
    }),
    period: selectField({
      label: "Closed within",
      options: [
        {value: "all", label: "All history"},
        {value: "365", label: "Last 365 days"},
        {value: "90", label: "Last 90 days"},
        {value: "30", label: "Last 30 days"}
      ]
    }),
    from: dateField({label: "Closed from", min: first, max: last}),
    to: dateField({label: "Closed up to", min: first, max: last}),
    weekday: selectField<string>({
      label: "Opened on",
      options: [any, ...days.map((day) => ({value: String(day), label: weekdays[day]!}))]
    }),
    hour: selectField<string>({
      label: "Opened at",
      options: [any, ...hours.map((hour) => ({value: String(hour), label: hourWords(hour)}))]
    })
  };
}

type Fields = ReturnType<typeof tripFields>;
/** What the inputs of `tripFields` hold. */
export type TripInputs = {readonly [K in keyof Fields]: Fields[K]["value"]};

/** A choice of round trips: the chosen, what was asked for in words, and of how many. */
export interface ChosenTrips {
  readonly trips: readonly RoundTrip[];
  readonly all: number;
  /** As `EURUSD, long, won`; empty where all are meant. */
  readonly words: string;
  readonly isWhole: boolean;
}

/** The round trips that the inputs mean. Days are counted back from the last close of all. */
export function chooseTrips(
  trips: readonly RoundTrip[],
  inputs: TripInputs,
  zone: string,
  format: Formats
): ChosenTrips {
  const {instrument, side, result, period, from, to, weekday, hour} = inputs;
  const lastTime = trips.at(-1)?.closeTime ?? 0;
  const filter: TripFilter = {
    instrument: instrument === "all" ? undefined : (instrument as InstrumentId),
    side: side === "all" ? undefined : side,
    result: result === "all" ? undefined : result,
    after: period === "all" ? undefined : lastTime - Number(period) * DAY_MS,
    from,
    to,
    weekday: weekday === "all" ? undefined : Number(weekday),
    hour: hour === "all" ? undefined : Number(hour)
  };
  const words = [
    filter.instrument && symbolOf(filter.instrument),
    filter.side && {buy: "long", sell: "short"}[filter.side],
    filter.result && {won: "won", lost: "lost", even: "broke even"}[filter.result],
    filter.after && `closed in the last ${period} days of the history`,
    from && `closed from ${formatSessionDate(from, format)}`,
    to && `closed up to ${formatSessionDate(to, format)}`,
    filter.weekday !== undefined && `opened on a ${weekdays[filter.weekday]}`,
    filter.hour !== undefined && `opened at ${hourWords(filter.hour)}`
  ].filter((part) => part);
  return {
    trips: filterTrips(trips, filter, zone),
    all: trips.length,
    words: words.join(", "),
    isWhole: words.length === 0
  };
}

/** What is chosen, in the head of every panel: `42 of 549 round trips: EURUSD, long`. */
export function choiceWords({trips, all, words, isWhole}: ChosenTrips, format: Formats): string {
  if (isWhole) return `all ${counted(all, "round trip", format)}`;
  return `${format.count(trips.length)} of ${counted(all, "round trip", format)}: ${words}`;
}

/** Nothing is left by the choice: what was asked, and a button that takes it back. */
export function noTrips(chosen: ChosenTrips, format: Formats): HTMLElement {
  if (chosen.all === 0)
    return html`<div class="state state-empty" role="note"><p class="cause">No round trips yet.</p><p class="step">They appear once the account has closed one.</p></div>`;
  return html`<div class="state state-empty" role="note">
    <p class="cause">None of ${counted(chosen.all, "round trip", format)} is ${chosen.words}.</p>
    <p class="step">Choose less narrowly, or see all of them:</p>
    <p><button class="button" type="reset" form="page-inputs">Clear filters</button></p>
  </div>`;
}

function hourWords(hour: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(hour)}:00–${two(hour)}:59`;
}

/** The name of an instrument without its venue. */
export function symbolOf(id: string): string {
  return id.replace(/^\w+:/, "");
}
