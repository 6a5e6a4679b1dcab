import type {InstrumentSettings} from "../../services/domain/settings.js";
import type {EpochMs} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import {ruleWords as startWords} from "../live/signal-words.js";
import type {AlertRule} from "./alert-rule.js";
import type {AlertEvidence} from "./evaluate-rule.js";

type Instruments = readonly InstrumentSettings[];

/** A rule as a sentence: `NSE:INFY at or above 1 650.00 INR`. */
export function describeRule(rule: AlertRule, instruments: Instruments, format: Formats): string {
  const {instrument: id} = rule;
  const found = instruments.find((one) => one.id === id);
  switch (rule.kind) {
    case "price":
      return `${id} at or ${rule.side} ${format.price(rule.level, found?.tickSize ?? 0.01)} ${found?.currency ?? ""}`.trim();
    case "change":
      return `${id} ${format.fraction(rule.fraction, {decimals: decimalsOf(rule.fraction)})} or more ${rule.side} ${rule.minutes === undefined ? "the close before the session" : `its price ${format.duration(rule.minutes * 60_000)} before`}`;
    case "signal":
      return `${id}: a trend start${rule.direction === "any" ? "" : ` ${rule.direction}`} in ${rule.timeframe} bars`;
    case "stale":
      return `${id}: no price for ${format.duration(rule.afterMs)} while its venue is open`;
  }
}

/** What a rule fired on, in words that can be checked. */
export function describeEvidence(evidence: AlertEvidence, tickSize: number, format: Formats): string {
  const price = (value: number) => format.price(value, tickSize);
  const second = (time: EpochMs) => format.zoned(time, "second");
  switch (evidence.type) {
    case "tick":
      return `tick of ${second(evidence.time)} at ${price(evidence.price)}, level ${price(evidence.level)}${fromWords(evidence, tickSize, format)}`;
    case "bar":
      return `minute of ${format.zoned(evidence.time)} reached ${price(evidence.price)}, level ${price(evidence.level)}${fromWords(evidence, tickSize, format)}`;
    case "signal":
      return `trend start ${evidence.direction} at ${price(evidence.price)} on the bar of ${format.zoned(evidence.time)}, known at the close of ${format.zoned(evidence.knownAt)}, ${startWords(evidence.ruleType)}, found by ${evidence.by}`;
    case "silence":
      return `nothing since ${second(evidence.since)}: ${evidence.reason}`;
  }
}

function fromWords(
  {from}: {readonly from?: {readonly price: number; readonly time: EpochMs}},
  tickSize: number,
  format: Formats
): string {
  return from === undefined
    ? ""
    : `, from ${format.price(from.price, tickSize)} at the close of ${format.zoned(from.time)}`;
}

function decimalsOf(fraction: number): number {
  const [, digits = ""] = String(Number((100 * fraction).toPrecision(12))).split(".");
  return Math.min(4, digits.length);
}
