import {barClose} from "../../services/domain/bar-close.js";
import {sessionAt} from "../../services/domain/calendar.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import {lowerBound} from "../../services/domain/lower-bound.js";
import {tickPrice} from "../../services/domain/tick.js";
import type {EpochMs} from "../../services/domain/time.js";
import {timeframeMs} from "../../services/domain/timeframe.js";
import type {LiveDesk} from "../live/live-desk.js";
import {minutesTopic} from "../live/plan-topics.js";
import {referenceClose} from "../live/reference-close.js";
import type {AlertRule, Crossing} from "./alert-rule.js";

/** What a rule fired on: enough to check it by hand. All times by the sidecar's clock. */
export type AlertEvidence =
  /** A tick, or the extreme of a bar that opened after the rule was armed. */
  | {
      readonly type: "tick" | "bar";
      /** When the tick happened, or the bar opened. */
      readonly time: EpochMs;
      readonly price: number;
      /** The price that had to be reached. */
      readonly level: number;
      /** Of a change: the price it counts from, and the opening of the bar that it is the close of. */
      readonly from?: {readonly price: number; readonly time: EpochMs};
    }
  | {
      readonly type: "signal";
      /** Opening of the bar where the trend started, and of the one at whose close it was known. */
      readonly time: EpochMs;
      readonly knownAt: EpochMs;
      readonly price: number;
      readonly direction: "up" | "down";
      readonly ruleType: string;
      readonly by: string;
    }
  /** Since when nothing was heard, and why, as far as it is known. */
  | {readonly type: "silence"; readonly since: EpochMs; readonly reason: string};

/** What a rule is held against. */
export interface AlertScene {
  readonly desk: LiveDesk;
  /** Nothing of the time before counts. */
  readonly armedTime: EpochMs;
  /** Since when this page has looked without a break: a page that slept has heard nothing, and that is no silence. */
  readonly awakeTime: EpochMs;
}

/** What a rule fires on first, in the joined series and the ticks as they stand; `undefined` where nothing does. */
export function evaluateRule(rule: AlertRule, scene: AlertScene): AlertEvidence | undefined {
  switch (rule.kind) {
    case "price":
      return firstBeyond(rule.instrument, rule.side, () => rule.level, scene);
    case "change":
      return firstChange(rule, scene);
    case "signal":
      return firstSignal(rule, scene);
    case "stale":
      return silence(rule, scene);
  }
}

type Reached = Extract<AlertEvidence, {type: "tick" | "bar"}>;

/** The first tick, or bar opened since, at or beyond the level that holds at its moment. */
function firstBeyond(
  id: InstrumentId,
  side: Crossing,
  levelAt: (time: EpochMs) => number | undefined,
  {desk, armedTime}: AlertScene
): Reached | undefined {
  const isBeyond = (price: number, level: number | undefined): level is number =>
    level !== undefined && (side === "above" ? price >= level : price <= level);
  const {bars} = desk.joined(id);
  let row = bars.length;
  while (row > 0 && bars.time[row - 1]! >= armedTime) --row;
  const reached: Reached[] = [];
  for (; row < bars.length && reached.length === 0; ++row) {
    const [time, price] = [bars.time[row]!, side === "above" ? bars.high[row]! : bars.low[row]!];
    const level = levelAt(time);
    if (isBeyond(price, level)) reached.push({type: "bar", time, price, level});
  }
  for (const tick of desk.ticks(id)) {
    const [time, price] = [tick.eventTime, tickPrice(tick)];
    const level = levelAt(time);
    if (time >= armedTime && isBeyond(price, level)) reached.push({type: "tick", time, price, level});
  }
  return reached.sort((a, b) => a.time - b.time)[0];
}

function firstChange(rule: Extract<AlertRule, {kind: "change"}>, scene: AlertScene): AlertEvidence | undefined {
  const {instrument, side, fraction, minutes} = rule;
  const {bars} = scene.desk.joined(instrument);
  const factor = side === "above" ? 1 + fraction : 1 - fraction;
  const close = minutes === undefined ? referenceClose(bars, scene.desk.calendar(instrument)) : undefined;
  const sessionStart = close && bars.time[close.firstRow];
  const baseAt = (time: EpochMs) => {
    if (minutes === undefined) return time >= (sessionStart ?? Infinity) ? close : undefined;
    const row = lowerBound(bars.time, time - minutes * MINUTE_MS + 1) - 1;
    return row < 0 ? undefined : {price: bars.close[row]!, time: bars.time[row]!};
  };
  const levelAt = (time: EpochMs) => {
    const base = baseAt(time);
    return base && base.price * factor;
  };
  const reached = firstBeyond(instrument, side, levelAt, scene);
  const from = reached && baseAt(reached.time);
  return reached && from && {...reached, from: {price: from.price, time: from.time}};
}

const MINUTE_MS = 60_000;

function firstSignal(
  rule: Extract<AlertRule, {kind: "signal"}>,
  {desk, armedTime}: AlertScene
): AlertEvidence | undefined {
  const {instrument, timeframe, direction} = rule;
  const calendar = desk.calendar(instrument);
  const isStated = isStatedBySidecar(rule, desk);
  if (isStated === undefined) return undefined;
  const first = desk
    .signalsOf(instrument, timeframe)
    .filter(({by}) => !isStated || by !== "this page")
    .filter(({type, stands}) => stands && (direction === "any" || type === `${direction}trend_start`))
    .findLast(({knownAt}) => barClose(knownAt, timeframe, calendar) >= armedTime);
  if (!first) return undefined;
  const {type, time, knownAt, price, ruleType, by} = first;
  return {type: "signal", time, knownAt, price, direction: type === "uptrend_start" ? "up" : "down", ruleType, by};
}

/**
 * Whether the sidecar states the signals of a rule, and only its own count; `undefined` while this page cannot know:
 * before it has heard, or while bars are missing that its own finding would need.
 */
function isStatedBySidecar({instrument, timeframe}: Extract<AlertRule, {kind: "signal"}>, desk: LiveDesk) {
  const line = desk.client?.state;
  if (line?.boot === undefined) return undefined;
  if (desk.hearsSignals(instrument, timeframe)) return true;
  const isShort = timeframeMs(timeframe) < timeframeMs("15m");
  const isMissing = line.incomplete.includes(minutesTopic(instrument)) || desk.openHole(instrument) !== undefined;
  return isMissing || !(isShort || desk.hasHistory) ? undefined : false;
}

function silence(
  rule: Extract<AlertRule, {kind: "stale"}>,
  {desk, armedTime, awakeTime}: AlertScene
): AlertEvidence | undefined {
  const now = desk.now();
  const session = sessionAt(desk.calendar(rule.instrument), now);
  if (!session) return undefined;
  const heard = desk.ticks(rule.instrument)[0]?.receivedTime ?? -Infinity;
  const since = Math.max(heard, armedTime, awakeTime, session.open);
  if (!(now - since >= rule.afterMs)) return undefined;
  const state = desk.state(rule.instrument);
  const reason =
    state.state === "offline" ? "no sidecar" : state.state === "stale" ? state.reason : "no tick of this instrument";
  return {type: "silence", since, reason};
}
