import {layout, TICK_FRAME_VERSION, type TickTopic} from "./tick-frame.js";
import type {TickEvent} from "./wire.js";

/**
 * The ticks of a binary frame, in order.
 *
 * @param topicOf what a topic's number stands for, as `subscribed` told it
 * @throws {RangeError} unless the frame is of this layout, to its last byte, with finite figures and known topics
 */
export function decodeTickFrame(
  frame: ArrayBuffer | Uint8Array,
  topicOf: (number: number) => TickTopic | undefined
): TickEvent[] {
  const view =
    frame instanceof Uint8Array ? new DataView(frame.buffer, frame.byteOffset, frame.byteLength) : new DataView(frame);
  const length = readHeader(view);
  const events: TickEvent[] = [];
  let at: number = layout.headerBytes;
  while (at < view.byteLength) at = readRun(view, at, topicOf, events);
  if (events.length !== length) throw new RangeError(`tick frame of ${length} ticks holds ${events.length}`);
  return events;
}

function readHeader(view: DataView): number {
  if (!(view.byteLength > layout.headerBytes && view.getUint16(0) === layout.magic))
    throw new RangeError(`not a tick frame: ${view.byteLength} bytes`);
  const version = view.getUint16(2, true);
  if (version !== TICK_FRAME_VERSION)
    throw new RangeError(`unknown tick frame version: ${version} (this reads ${TICK_FRAME_VERSION})`);
  return view.getUint32(4, true);
}

function readRun(
  view: DataView,
  start: number,
  topicOf: (number: number) => TickTopic | undefined,
  events: TickEvent[]
): number {
  const body = start + layout.runBytes;
  if (body > view.byteLength) throw new RangeError(`tick frame is cut short at byte ${start}`);
  const head = view.getUint32(start, true);
  const kind = (head >> 16) & 0xff;
  const count = head >>> 24;
  const conflated = view.getUint32(start + 4, true);
  const seq = view.getFloat64(start + 8, true);
  const named = topicOf(head & 0xffff);
  if (named === undefined) throw new RangeError(`tick of an unknown topic: ${head & 0xffff}`);
  if (!(count > 0)) throw new RangeError(`empty run of ticks at byte ${start}`);
  if (!(seq > conflated && seq + count <= Number.MAX_SAFE_INTEGER && Math.floor(seq) === seq))
    throw new RangeError(`invalid sequence number: ${seq}`);
  const end = body + count * (kind === layout.tradeOfDay ? layout.tickOfDayBytes : layout.tickBytes);
  if (end > view.byteLength) throw new RangeError(`tick frame is cut short at byte ${start}`);
  if (kind === layout.quote) readQuotes(view, body, end, named, seq, events);
  else if (kind === layout.trade) readTrades(view, body, end, named, seq, events);
  else if (kind === layout.tradeOfDay) readTradesOfDay(view, body, end, named, seq, events);
  else throw new RangeError(`unknown kind of tick: ${kind}`);
  if (conflated > 0) events[events.length - count] = {...events[events.length - count]!, conflated};
  return end;
}

function readQuotes(
  view: DataView,
  start: number,
  end: number,
  {topic, instrument}: TickTopic,
  firstSeq: number,
  events: TickEvent[]
): void {
  let seq = firstSeq;
  for (let at = start; at < end; at += layout.tickBytes) {
    const eventTime = view.getFloat64(at, true);
    const receivedTime = view.getFloat64(at + 8, true);
    const bid = view.getFloat64(at + 16, true);
    const ask = view.getFloat64(at + 24, true);
    if (!isFinite4(eventTime, receivedTime, bid, ask)) throw notFinite(at);
    events.push({
      type: "tick",
      tick: {type: "quote", instrument, eventTime, receivedTime, bid, ask},
      topic,
      seq: seq++
    });
  }
}

function readTrades(
  view: DataView,
  start: number,
  end: number,
  {topic, instrument}: TickTopic,
  firstSeq: number,
  events: TickEvent[]
): void {
  let seq = firstSeq;
  for (let at = start; at < end; at += layout.tickBytes) {
    const eventTime = view.getFloat64(at, true);
    const receivedTime = view.getFloat64(at + 8, true);
    const price = view.getFloat64(at + 16, true);
    const volume = view.getFloat64(at + 24, true);
    if (!isFinite4(eventTime, receivedTime, price, volume)) throw notFinite(at);
    const tick = {type: "trade", instrument, eventTime, receivedTime, price, volume} as const;
    events.push({type: "tick", tick, topic, seq: seq++});
  }
}

function readTradesOfDay(
  view: DataView,
  start: number,
  end: number,
  {topic, instrument}: TickTopic,
  firstSeq: number,
  events: TickEvent[]
): void {
  let seq = firstSeq;
  for (let at = start; at < end; at += layout.tickOfDayBytes) {
    const eventTime = view.getFloat64(at, true);
    const receivedTime = view.getFloat64(at + 8, true);
    const price = view.getFloat64(at + 16, true);
    const volume = view.getFloat64(at + 24, true);
    const dayVolume = view.getFloat64(at + 32, true);
    if (!(isFinite4(eventTime, receivedTime, price, volume) && dayVolume - dayVolume === 0)) throw notFinite(at);
    const tick = {type: "trade", instrument, eventTime, receivedTime, price, volume, dayVolume} as const;
    events.push({type: "tick", tick, topic, seq: seq++});
  }
}

/** A figure less itself is 0 only if it is finite. */
function isFinite4(a: number, b: number, c: number, d: number): boolean {
  return a - a + (b - b) + (c - c) + (d - d) === 0;
}

function notFinite(at: number): RangeError {
  return new RangeError(`tick with a figure that is not finite at byte ${at}`);
}
