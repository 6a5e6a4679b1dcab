import {z} from "zod";
import type {SessionHours, TradingCalendar} from "../../domain/calendar.js";
import {matching, zone} from "./fields.js";
import {SettingsError} from "./settings-error.js";
import {strict} from "./strict.js";
import {toProblems} from "./to-problems.js";
import {readYaml} from "./yaml.js";

const openRemedy = 'must be a time, as "09:15", or the evening before, as previous 17:00';
const closeRemedy = 'must be a time up to 24:00, as "15:30"';
const clockTime = "([01]\\d|2[0-3]):[0-5]\\d";
const open = matching(new RegExp(`^(previous )?${clockTime}$`), openRemedy);
const close = matching(new RegExp(`^(${clockTime}|24:00)$`), closeRemedy);
const hours = strict({open, close});

const dateRemedy = "must be a date, as 2024-01-26";
const date = z.string({error: dateRemedy}).refine(isDate, {error: dateRemedy});

function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}

const weekdayRemedy = "must be days of the week, 0 for Sunday to 6";
const calendar = strict({
  zone,
  open,
  close,
  weekdays: z.array(z.int({error: weekdayRemedy}).min(0).max(6, {error: weekdayRemedy}), {error: weekdayRemedy}),
  holidays: z.array(date, {error: "must be a list of dates"}).default([]),
  special: z.record(date, hours, {error: "must map dates to {open, close}"}).default({})
});

const calendars = z.record(z.string(), calendar, {error: "must map names to calendars"});

/**
 * Trading calendars from YAML, as `data/reference/calendars.yaml`.
 *
 * @param path the file's name, for messages
 * @throws {SettingsError} with all that is wrong
 */
export function parseCalendars(text: string, path: string): Record<string, TradingCalendar> {
  const file = readYaml(text, path);
  const parsed = calendars.safeParse(file.value);
  if (!parsed.success) throw new SettingsError(path, toProblems(parsed.error.issues, file));
  const entries = Object.entries(parsed.data).map(([name, value]) => [name, toCalendar(name, value)] as const);
  const empty = entries.filter(([, value]) => !hoursOf(value).every((day) => day.closeMinute > day.openMinute));
  if (empty.length > 0)
    throw new SettingsError(
      path,
      empty.map(([name]) => ({key: name, found: "a close that is not after its open", remedy: "correct its hours"}))
    );
  return Object.fromEntries(entries);
}

function hoursOf(calendar: TradingCalendar): SessionHours[] {
  return [calendar, ...Object.values(calendar.special)];
}

function toCalendar(name: string, {special, ...rest}: z.output<typeof calendar>): TradingCalendar {
  const days = Object.entries(special).map(([day, value]) => [day, toHours(value)]);
  return {
    name,
    zone: rest.zone,
    ...toHours(rest),
    weekdays: rest.weekdays,
    holidays: rest.holidays,
    special: Object.fromEntries(days)
  };
}

function toHours(value: z.output<typeof hours>): SessionHours {
  const isEve = value.open.startsWith("previous ");
  return {
    openMinute: toMinute(value.open.replace("previous ", "")) - (isEve ? 1440 : 0),
    closeMinute: toMinute(value.close)
  };
}

function toMinute(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}
