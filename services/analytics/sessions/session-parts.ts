import type {Session, TradingCalendar} from "../../domain/calendar.js";
import {type EpochMs, HOUR_MS, MINUTE_MS} from "../../domain/time.js";
import {timeIn} from "../../domain/zone.js";

/** A part of every session, as its first hour, or the hours of another venue. */
export interface SessionPartRule {
  readonly label: string;
  /** Where it lies in a session: from ≤ t < to. */
  readonly boundsOf: (session: Session) => {readonly from: EpochMs; readonly to: EpochMs};
}

/**
 * The hours of a session from its open, on the venue's clock: `09:15–10:15` first on the NSE, `17:00–18:00` in FX. The
 * last is shorter where the session is no whole number of hours.
 */
export function sessionHours({openMinute, closeMinute}: TradingCalendar): SessionPartRule[] {
  return Array.from({length: Math.ceil((closeMinute - openMinute) / 60)}, (_, i) => ({
    label: `${clock(openMinute + i * 60)}–${clock(Math.min(closeMinute, openMinute + (i + 1) * 60))}`,
    boundsOf: ({open, close}) => ({from: open + i * HOUR_MS, to: Math.min(close, open + (i + 1) * HOUR_MS)})
  }));
}

/**
 * The hours in which the stock exchanges of Tokyo, London and New York are open, for what trades around the clock; each
 * on its own clock, so that daylight saving moves it. London and New York overlap.
 */
export const regionalSessions: readonly SessionPartRule[] = [
  region("Asia (Tokyo 09:00–15:00)", "Asia/Tokyo", 540, 900),
  region("London (08:00–16:30)", "Europe/London", 480, 990),
  region("New York (09:30–16:00)", "America/New_York", 570, 960)
];

/** A session as one part of itself. */
export const wholeSession: SessionPartRule = {
  label: "session",
  boundsOf: ({open, close}) => ({from: open, to: close})
};

/** Whether a venue trades around the clock, so that regions are parts of its session. */
export function isAroundTheClock({openMinute, closeMinute}: TradingCalendar): boolean {
  return closeMinute - openMinute >= 23 * 60;
}

function region(label: string, zone: string, openMinute: number, closeMinute: number): SessionPartRule {
  return {
    label,
    boundsOf: ({date}) => ({from: timeIn(zone, date, openMinute), to: timeIn(zone, date, closeMinute)})
  };
}

function clock(minute: number): string {
  const time = new Date((((minute % 1440) + 1440) % 1440) * MINUTE_MS);
  return time.toISOString().slice(11, 16);
}
