import type {InstrumentId} from "../../services/domain/instrument.js";
import {isTimeframe, type Timeframe, timeframeMs} from "../../services/domain/timeframe.js";

/** What a reader wants to be told of, once. */
export type AlertRule =
  /** A price at or beyond a level. */
  | {readonly kind: "price"; readonly instrument: InstrumentId; readonly side: Crossing; readonly level: number}
  /** A change as large as a fraction: since the close before the session, or since so many minutes ago. */
  | {
      readonly kind: "change";
      readonly instrument: InstrumentId;
      readonly side: Crossing;
      readonly fraction: number;
      readonly minutes: number | undefined;
    }
  /** A trend start that becomes known. */
  | {
      readonly kind: "signal";
      readonly instrument: InstrumentId;
      readonly timeframe: Timeframe;
      readonly direction: "up" | "down" | "any";
    }
  /** No price for so long while the venue is open. */
  | {readonly kind: "stale"; readonly instrument: InstrumentId; readonly afterMs: number};

/** From which side of a level on a rule holds; the level itself counts. */
export type Crossing = "above" | "below";

/** A rule, or what is wrong with its text and what would do. */
export type ParsedRule = {readonly rule: AlertRule} | {readonly fault: string};

const kinds = ["price", "change", "signal", "stale"] as const;
const longest = 120;
const DAY_MINUTES = 1_440;

/**
 * A rule from its text, which may be anyone's: `price NSE:INFY above 1650`, `change MT5:EURUSD below 0.5% close`,
 * `change MT5:EURUSD above 0.2% 15m`, `signal NSE:INFY 5m up`, `stale NSE:INFY 60s`.
 *
 * @param instruments those that there are; a rule of another is a fault
 */
export function parseRule(text: string, instruments: readonly InstrumentId[]): ParsedRule {
  if (!(text.length <= longest)) return {fault: `rule too long: ${text.length} characters; at most ${longest}`};
  const [kind = ""] = text.trim().split(/\s/, 1);
  const words = text.trim().slice(kind.length).trim();
  if (!kinds.some((one) => one === kind))
    return {fault: `unknown kind of rule: ${kind}; there are ${kinds.join(", ")}`};
  const instrument = instruments
    .filter((id) => `${words} `.startsWith(`${id} `)) // a symbol may hold a space, as NSE:NIFTY 50
    .sort((a, b) => b.length - a.length)[0];
  if (instrument === undefined) return {fault: `unknown instrument: ${words}; there are ${instruments.join(", ")}`};
  const rest = words
    .slice(instrument.length)
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "");
  const most = kind === "stale" ? 1 : kind === "change" ? 3 : 2;
  if (rest.length !== most)
    return {fault: `${kind} takes ${most} ${most === 1 ? "word" : "words"} after the instrument: ${rest.join(" ")}`};
  if (kind === "price") return parsePrice(instrument, rest);
  if (kind === "change") return parseChange(instrument, rest);
  if (kind === "signal") return parseSignal(instrument, rest);
  return parseStale(instrument, rest);
}

/** The text that `parseRule` reads back as the same rule. */
export function formatRule(rule: AlertRule): string {
  const start = `${rule.kind} ${rule.instrument}`;
  switch (rule.kind) {
    case "price":
      return `${start} ${rule.side} ${rule.level}`;
    case "change":
      return `${start} ${rule.side} ${percent(rule.fraction)}% ${rule.minutes === undefined ? "close" : `${rule.minutes}m`}`;
    case "signal":
      return `${start} ${rule.timeframe} ${rule.direction}`;
    case "stale":
      return `${start} ${rule.afterMs / 1_000}s`;
  }
}

function parsePrice(instrument: InstrumentId, [side = "", text = ""]: readonly string[]): ParsedRule {
  const level = positive(text);
  if (!isCrossing(side)) return {fault: `neither above nor below: ${side}`};
  if (level === undefined) return {fault: `invalid price: ${text}; a number above 0, as 1650.5`};
  return {rule: {kind: "price", instrument, side, level}};
}

function parseChange(instrument: InstrumentId, [side = "", size = "", window = ""]: readonly string[]): ParsedRule {
  const share = size.endsWith("%") ? positive(size.slice(0, -1)) : undefined;
  if (!isCrossing(side)) return {fault: `neither above nor below: ${side}`};
  if (share === undefined || !(share <= 100))
    return {fault: `invalid change: ${size}; above 0% and at most 100%, as 0.5%`};
  if (window === "close") return {rule: {kind: "change", instrument, side, fraction: share / 100, minutes: undefined}};
  const minutes = window.endsWith("m") ? whole(window.slice(0, -1)) : undefined;
  if (minutes === undefined || !(minutes <= DAY_MINUTES))
    return {fault: `invalid window: ${window}; close, or 1m to ${DAY_MINUTES}m`};
  return {rule: {kind: "change", instrument, side, fraction: share / 100, minutes}};
}

/** Timeframes in which signals are looked for. */
export const signalTimeframes: readonly Timeframe[] = ["1m", "3m", "5m", "15m", "1h", "1d"];

function parseSignal(instrument: InstrumentId, [timeframe = "", direction = ""]: readonly string[]): ParsedRule {
  if (!isTimeframe(timeframe) || !signalTimeframes.includes(timeframe))
    return {fault: `no signals of timeframe: ${timeframe}; there are ${signalTimeframes.join(", ")}`};
  if (direction !== "up" && direction !== "down" && direction !== "any")
    return {fault: `neither up, down nor any: ${direction}`};
  return {rule: {kind: "signal", instrument, timeframe, direction}};
}

function parseStale(instrument: InstrumentId, [text = ""]: readonly string[]): ParsedRule {
  const seconds = text.endsWith("s") ? whole(text.slice(0, -1)) : undefined;
  const most = timeframeMs("1d") / 1_000;
  if (seconds === undefined || !(seconds >= 5 && seconds <= most))
    return {fault: `invalid silence: ${text}; 5s to ${most}s`};
  return {rule: {kind: "stale", instrument, afterMs: seconds * 1_000}};
}

function isCrossing(text: string): text is Crossing {
  return text === "above" || text === "below";
}

function positive(text: string): number | undefined {
  const value = /^\d{1,12}(\.\d{1,10})?$/.test(text) ? Number(text) : NaN;
  return value > 0 ? value : undefined;
}

function whole(text: string): number | undefined {
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;
}

/** A fraction as per cent, without the dust of binary fractions. */
function percent(fraction: number): number {
  return Number((100 * fraction).toPrecision(12));
}
