import {readFileSync} from "node:fs";
import {parse} from "yaml";
import type {SessionHours, TradingCalendar} from "../domain/calendar.js";

const file = "data/reference/calendars.yaml";

interface WrittenCalendar {
  readonly zone: string;
  readonly open: string;
  readonly close: string;
  readonly weekdays: readonly number[];
  readonly holidays?: readonly string[];
  readonly special?: Readonly<Record<string, {readonly open: string; readonly close: string}>>;
}

/**
 * The trading calendars of `data/reference/calendars.yaml`: the demo's venues trade by the same calendars that its
 * snapshots are checked against.
 *
 * @throws {Error} if a time of day in the file is none
 */
export function demoCalendars(text = readFileSync(file, "utf8")): Record<string, TradingCalendar> {
  const written = parse(text, {schema: "failsafe"}) as Record<string, WrittenCalendar>;
  return Object.fromEntries(Object.entries(written).map(([name, calendar]) => [name, toCalendar(name, calendar)]));
}

function toCalendar(
  name: string,
  {zone, open, close, weekdays, holidays = [], special = {}}: WrittenCalendar
): TradingCalendar {
  const days = Object.entries(special).map(([date, {open, close}]): [string, SessionHours] => [
    date,
    hours(open, close)
  ]);
  return {
    name,
    zone,
    ...hours(open, close),
    weekdays: weekdays.map(Number),
    holidays,
    special: Object.fromEntries(days)
  };
}

function hours(open: string, close: string): SessionHours {
  return {openMinute: minuteOf(open), closeMinute: minuteOf(close)};
}

function minuteOf(text: string): number {
  const [, previous, hour, minute] = /^(previous )?(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  if (hour === undefined) throw new Error(`invalid time of day in calendars.yaml: ${text}`);
  return Number(hour) * 60 + Number(minute) - (previous ? 1_440 : 0);
}
