import {longestStreakCounted} from "../../services/analytics/behaviour/streak-reaction.js";
import {toAmount} from "../../services/domain/money.js";
import {DAY_MS, formatIso, HOUR_MS} from "../../services/domain/time.js";
import {toWall} from "../../services/domain/zone.js";
import type {Formats} from "../format/create-formats.js";
import type {PulseRows} from "../work/pulse-tasks.js";
import {numberColumn, textColumn, timeColumn} from "./columns.js";
import type {WhyRows} from "./why.js";

/** What was observed: gains and losses taken or left, openings after a close or a streak, or round trips by hour. */
export type PulseTable = "events" | "reentries" | "streaks" | "hours";

/** What the rows of a table need to be read. */
export interface PulseRowOptions {
  readonly windowMinutes: number;
  readonly zone: string;
  readonly currency: string;
  readonly format: Formats;
}

/** The observations behind a figure, one a row. */
export function pulseRows(table: PulseTable, found: PulseRows, options: PulseRowOptions): WhyRows {
  if (table === "events") return eventRows(found);
  if (table === "streaks") return streakRows(found, options);
  return table === "reentries" ? reentryRows(found, options) : hourRows(found, options);
}

function eventRows({events, sessions}: PulseRows): WhyRows {
  return {
    caption: "Gains and losses realised and on paper",
    columns: ["Session", "Instrument", "Result", "Taken"].map(textColumn),
    rows: events.map(({session, instrument, isGain, isRealised}) => ({
      Session: sessions[session],
      Instrument: instrument.replace(/^\w+:/, ""),
      Result: isGain ? "gain" : "loss",
      Taken: isRealised ? "realised" : "on paper"
    }))
  };
}

function reentryRows({reentries}: PulseRows, {windowMinutes, format}: PulseRowOptions): WhyRows {
  return {
    caption: "Openings after a close of the same session",
    columns: [
      timeColumn("Opened", format),
      numberColumn("Session", (value) => format.count(value)),
      textColumn("After"),
      numberColumn("Minutes", (value) => format.number(value, {decimals: 1}), {unit: "from the close"}),
      textColumn("Within the window")
    ],
    rows: reentries.map(({time, session, isAfterLoss, minutes}) => ({
      Opened: formatIso(time),
      Session: session + 1,
      After: isAfterLoss ? "loss" : "win",
      Minutes: minutes,
      "Within the window": minutes <= windowMinutes ? "yes" : "no"
    }))
  };
}

function streakRows({streaks}: PulseRows, {format}: PulseRowOptions): WhyRows {
  const capped = (streak: number) => Math.max(-longestStreakCounted, Math.min(longestStreakCounted, streak));
  return {
    caption: "Openings after a streak, closed in the same session",
    columns: [
      timeColumn("Opened", format),
      numberColumn("Session", (value) => format.count(value)),
      numberColumn("Streak", (value) => format.number(value, {decimals: 0, signed: true})),
      numberColumn("Relative size", (value) => format.number(value, {decimals: 3}), {unit: "of the median"}),
      numberColumn("Minutes", (value) => format.number(value, {decimals: 1}), {unit: "from the close"})
    ],
    rows: streaks.map(({time, session, streak, relativeSize, minutes}) => ({
      Opened: formatIso(time),
      Session: session + 1,
      Streak: capped(streak),
      "Relative size": relativeSize,
      Minutes: minutes
    }))
  };
}

function hourRows({trips}: PulseRows, {zone, currency, format}: PulseRowOptions): WhyRows {
  const hourOf = (time: number) => {
    const wall = toWall(zone, time);
    return Math.floor((wall - Math.floor(wall / DAY_MS) * DAY_MS) / HOUR_MS);
  };
  const signed = (value: number) => format.amount(value, currency, {signed: true});
  return {
    caption: "Round trips by hour of opening",
    columns: [
      timeColumn("Opened", format),
      numberColumn("Hour", (value) => format.count(value), {unit: zone}),
      textColumn("Round trip"),
      textColumn("Instrument"),
      numberColumn("Net", signed, {unit: currency, isSigned: true})
    ],
    rows: trips.map(({openTime, id, instrument, net}) => ({
      Opened: formatIso(openTime),
      Hour: hourOf(openTime),
      "Round trip": id,
      Instrument: instrument.replace(/^\w+:/, ""),
      Net: toAmount(net)
    }))
  };
}
