import {barFault} from "../../services/domain/bar.js";
import {isTimeframe} from "../../services/domain/timeframe.js";
import type {ServerMessage} from "../../services/domain/wire.js";

type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown) => typeof value === "string";
const isNumber = (value: unknown) => typeof value === "number" && Number.isFinite(value);
const isFlag = (value: unknown) => typeof value === "boolean";
const isNullOr = (is: (value: unknown) => boolean) => (value: unknown) => value === null || is(value);
const isOptional = (is: (value: unknown) => boolean) => (value: unknown) => value === undefined || is(value);
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const isEach = (is: (value: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(is);

type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

const tickBase: Shape = {instrument: isText, eventTime: isNumber, receivedTime: isNumber};
const tickShapes: Readonly<Record<string, Shape>> = {
  quote: {...tickBase, bid: isNumber, ask: isNumber},
  trade: {...tickBase, price: isNumber, volume: isNumber, dayVolume: isOptional(isNumber)}
};
const barShape: Shape = {
  time: isNumber,
  open: isNumber,
  high: isNumber,
  low: isNumber,
  close: isNumber,
  volume: isNumber
};
const feedShape: Shape = {
  name: isText,
  instruments: isEach(isText),
  connected: isFlag,
  lastEventTime: isNullOr(isNumber),
  lastReceivedTime: isNullOr(isNumber),
  reconnects: isNumber,
  gaps: isNumber,
  late: isNumber,
  corrected: isOptional(isNumber),
  dropped: isOptional(isNumber),
  rate: isOptional(isNumber),
  lastError: isNullOr(isText)
};
const storeShape: Shape = {
  connected: isFlag,
  waiting: isNumber,
  waitingSince: isNullOr(isNumber),
  journalBytes: isNumber,
  isJournaled: isFlag,
  barsDropped: isNumber,
  ticksDropped: isNumber,
  journalError: isOptional(isNullOr(isText)),
  lastError: isNullOr(isText)
};
const snapshotsShape: Shape = {
  takenTime: isNullOr(isNumber),
  failures: isNumber,
  lastError: isNullOr(isText)
};
const searchShape: Shape = {
  targets: isNumber,
  failing: isNumber,
  lastError: isNullOr(isText)
};
const signalShape: Shape = {
  instrument: isText,
  timeframe: (value) => isText(value) && isTimeframe(value as string),
  type: (value) => value === "uptrend_start" || value === "downtrend_start",
  time: isNumber,
  knownAt: isNumber,
  price: isNumber,
  rule: isText,
  ruleType: isText,
  analyzer: isText
};
const eventBase: Shape = {topic: isText, seq: Number.isSafeInteger, conflated: isOptional(isNumber)};
const eventShapes: Readonly<Record<string, Shape>> = {
  tick: {...eventBase, tick: isTick},
  bar: {
    ...eventBase,
    bar: isBar,
    final: isFlag,
    healed: isOptional(isFlag),
    partial: isOptional(isFlag),
    corrects: isOptional(isBar)
  },
  signal: {...eventBase, signal: (signal) => isFields(signal) && fits(signal, signalShape)},
  status: {
    ...eventBase,
    feeds: isEach((feed) => isFields(feed) && fits(feed, feedShape)),
    store: isOptional((store) => isFields(store) && fits(store, storeShape)),
    snapshots: isOptional((snapshots) => isFields(snapshots) && fits(snapshots, snapshotsShape)),
    signals: isOptional((signals) => isFields(signals) && fits(signals, searchShape)),
    serverTime: isNumber
  }
};
const messageShapes: Readonly<Record<string, Shape>> = {
  ...eventShapes,
  hello: {version: isNumber, serverTime: isNumber, simulated: isFlag, topics: isEach(isText), boot: isText},
  subscribed: {topics: isEach(isText), numbers: isOptional(isEach(Number.isSafeInteger))},
  replay: {topic: isText, events: isEach(isEvent), lastSeq: Number.isSafeInteger, complete: isFlag},
  batch: {events: isEach(isEvent)},
  error: {code: isText, message: isText},
  pong: {id: isOptional(isNumber), serverTime: isNumber}
};

function fits(fields: Fields, shape: Shape): boolean {
  return Object.entries(shape).every(([name, is]) => is(fields[name]));
}

function isOneOf(value: unknown, shapes: Readonly<Record<string, Shape>>): boolean {
  if (!isFields(value) || typeof value["type"] !== "string" || !Object.hasOwn(shapes, value["type"])) return false;
  return fits(value, shapes[value["type"]]!);
}

function isTick(value: unknown): boolean {
  return isOneOf(value, tickShapes);
}

function isBar(value: unknown): boolean {
  return (
    isFields(value) &&
    fits(value, barShape) &&
    barFault(value as unknown as Parameters<typeof barFault>[0]) === undefined
  );
}

function isEvent(value: unknown): boolean {
  return isOneOf(value, eventShapes);
}

/**
 * A sidecar's message from its frame's text.
 *
 * @throws {RangeError} if it is not one of the protocol's messages, or holds a bar that makes no sense
 */
export function parseServerMessage(text: string): ServerMessage {
  const value: unknown = JSON.parse(text);
  if (!isOneOf(value, messageShapes)) throw new RangeError(`not a message of the sidecar: ${text.slice(0, 80)}`);
  return value as ServerMessage;
}
