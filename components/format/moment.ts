import {DAY_MS, type EpochMs, type SessionDate} from "../../services/domain/time.js";
import {dateIn, zoneOffsetMs} from "../../services/domain/zone.js";
import {ABSENT} from "./number.js";

/** Where and how moments are shown. */
export interface MomentOptions {
  /** IANA zone of display, as `Asia/Kolkata`. */
  readonly zone: string;
  readonly locale?: string; // BCP 47; en-GB
}

/** How much of a moment is shown: its date or a part of it, its time of day, or both to the minute or second. */
export type MomentStyle = "date" | "day" | "month" | "year" | "time" | "minute" | "second";

const date = {day: "numeric", month: "short", year: "numeric"} as const;
const clock = {hour: "2-digit", minute: "2-digit", hourCycle: "h23"} as const;
const styles: Readonly<Record<MomentStyle, Intl.DateTimeFormatOptions>> = {
  date,
  day: {day: "numeric", month: "short"},
  month: {month: "short"},
  year: {year: "numeric"},
  time: clock,
  minute: {...date, ...clock},
  second: {...date, ...clock, second: "2-digit"}
};
const formats = new Map<string, Intl.DateTimeFormat>();
/** By zone, locale, day and offset: a table names one day's zone many times. */
const names = new Map<string, string>();
const farFuture = Date.UTC(2200, 0, 1);

/**
 * A moment on the wall clock of the display zone, without the zone's name: for axes and columns whose head names it.
 * `formatMoment(0, "minute", {zone: "Asia/Kolkata", locale: "en-GB"})` is `1 Jan 1970, 05:30`.
 *
 * @throws {RangeError} if the zone or the locale is unknown
 */
export function formatMoment(time: EpochMs | undefined | null, style: MomentStyle, options: MomentOptions): string {
  if (time === undefined || time === null || !Number.isFinite(time)) return ABSENT;
  return formatOf(style, options).format(time);
}

/** A moment with its zone named, for a line that stands alone: `1 Jan 1970, 05:30 IST`. */
export function formatZoned(time: EpochMs | undefined | null, options: MomentOptions, style: MomentStyle = "minute") {
  const text = formatMoment(time, style, options);
  return text === ABSENT ? text : `${text}\u00a0${zoneName(time!, options)}`;
}

/** The short name of a zone at a moment, as `IST` or `GMT−4`; it changes with daylight saving. */
export function zoneName(time: EpochMs, {zone, locale = "en-GB"}: MomentOptions): string {
  if (!(time >= 0 && time < farFuture)) return readZoneName(time, zone, locale); // of which offsets may not be known
  const key = `${zone} ${locale} ${Math.floor(time / DAY_MS)} ${zoneOffsetMs(zone, time)}`;
  const known = names.get(key) ?? readZoneName(time, zone, locale);
  names.set(key, known);
  return known;
}

function readZoneName(time: EpochMs, zone: string, locale: string): string {
  const parts = keptFormat(`name ${zone} ${locale}`, locale, {timeZone: zone, timeZoneName: "short"}).formatToParts(
    time
  );
  return parts.find(({type}) => type === "timeZoneName")!.value.replace("-", "\u2212");
}

/** A session's date, which belongs to its venue and is shown as it stands, whatever the zone of display. */
export function formatSessionDate(session: SessionDate | undefined, {locale}: Pick<MomentOptions, "locale"> = {}) {
  if (session === undefined) return ABSENT;
  return formatMoment(Date.parse(`${session}T00:00:00Z`), "date", {zone: "UTC", ...(locale && {locale})});
}

/** Two moments as one span that says nothing twice: `2 Jan 2019, 09:15 to 15:29` within one day of the zone. */
export function formatSpan(start: EpochMs, end: EpochMs, options: MomentOptions, style: "date" | "minute" = "minute") {
  const isOneDay = dateIn(options.zone, start) === dateIn(options.zone, end);
  if (style === "date" && isOneDay) return formatMoment(start, style, options);
  return `${formatMoment(start, style, options)} to ${formatMoment(end, isOneDay ? "time" : style, options)}`;
}

function formatOf(style: MomentStyle, {zone, locale = "en-GB"}: MomentOptions): Intl.DateTimeFormat {
  return keptFormat(`${style} ${zone} ${locale}`, locale, {...styles[style], timeZone: zone});
}

/** Making one takes a tenth of a millisecond, and a chart's tips want thousands. */
function keptFormat(key: string, locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, known);
  return known;
}
