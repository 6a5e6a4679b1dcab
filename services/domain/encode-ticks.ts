import type {Tick, TradeTick} from "./tick.js";
import {layout, type NumberedTick, TICK_FRAME_VERSION} from "./tick-frame.js";

type Kind = typeof layout.quote | typeof layout.trade | typeof layout.tradeOfDay;

const MAX_COUNT = 0xffff_ffff;

/** Frames are cut from slabs of this size, for an allocation costs more than a tick. */
const SLAB_BYTES = 65_536;

/** Ticks as one binary frame. */
export type EncodeTicks = (ticks: readonly NumberedTick[]) => Uint8Array;

/**
 * An encoder of ticks into binary frames by the layout in `docs/protocol.md`: a header of 8 bytes, then runs of
 * consecutive ticks of one topic and kind, 16 bytes each and 32 (quotes, trades) or 40 (trades with the day's volume) a
 * tick. Lossless, save that a tick's instrument is its topic's. A frame is never written again, and may be kept; it
 * shares its memory with its neighbours. The ticks of a topic come in the order of `seq`; numbers are in 0…65535.
 *
 * @example
 * const encode = createTickEncoder();
 * encode([{number: 3, event}]).byteLength; // 56 for a quote
 */
export function createTickEncoder(): EncodeTicks {
  let slab = new DataView(new ArrayBuffer(SLAB_BYTES));
  let used = 0;
  return (ticks) => {
    const most = layout.headerBytes + ticks.length * (layout.runBytes + 40);
    if (used + most > slab.byteLength) {
      slab = new DataView(new ArrayBuffer(Math.max(SLAB_BYTES, most)));
      used = 0;
    }
    const start = used;
    const end = writeFrame(slab, start, ticks);
    used = (end + 7) & ~7;
    return new Uint8Array(slab.buffer, start, end - start);
  };
}

/** @returns where the frame ends */
function writeFrame(view: DataView, start: number, ticks: readonly NumberedTick[]): number {
  view.setUint16(start, layout.magic);
  view.setUint16(start + 2, TICK_FRAME_VERSION, true);
  view.setUint32(start + 4, ticks.length, true);
  let at = start + layout.headerBytes;
  for (let i = 0; i < ticks.length; ) {
    const {number, event} = ticks[i]!;
    const kind = kindOf(event.tick);
    const body = at + layout.runBytes;
    const most = runEnd(ticks, i);
    let end: number;
    if (kind === layout.quote) end = writeQuotes(view, body, ticks, i, most);
    else if (kind === layout.trade) end = writeTrades(view, body, ticks, i, most);
    else end = writeTradesOfDay(view, body, ticks, i, most);
    view.setUint32(at, number | (kind << 16) | ((end - i) << 24), true);
    view.setUint32(at + 4, Math.min(event.conflated ?? 0, MAX_COUNT), true);
    view.setFloat64(at + 8, event.seq, true);
    at = body + (end - i) * (kind === layout.tradeOfDay ? layout.tickOfDayBytes : layout.tickBytes);
    i = end;
  }
  return at;
}

/** Where a run ends at the latest that *first* begins: at a tick of another topic, or one that is not the next. */
function runEnd(ticks: readonly NumberedTick[], first: number): number {
  const {number, event} = ticks[first]!;
  const most = Math.min(ticks.length, first + layout.mostTicks);
  let {seq} = event;
  let i = first + 1;
  for (; i < most; ++i) {
    const one = ticks[i]!;
    if (one.number !== number || one.event.seq !== ++seq || one.event.conflated) break;
  }
  return i;
}

// A loop for each kind, because one that meets all is five times slower; each ends at a tick of another kind, and
// returns where it has ended.

function writeQuotes(
  view: DataView,
  start: number,
  ticks: readonly NumberedTick[],
  first: number,
  end: number
): number {
  for (let i = first, at = start; i < end; ++i, at += layout.tickBytes) {
    const {tick} = ticks[i]!.event;
    if (tick.type !== "quote") return i;
    view.setFloat64(at, tick.eventTime, true);
    view.setFloat64(at + 8, tick.receivedTime, true);
    view.setFloat64(at + 16, tick.bid, true);
    view.setFloat64(at + 24, tick.ask, true);
  }
  return end;
}

function writeTrades(
  view: DataView,
  start: number,
  ticks: readonly NumberedTick[],
  first: number,
  end: number
): number {
  for (let i = first, at = start; i < end; ++i, at += layout.tickBytes) {
    const {tick} = ticks[i]!.event;
    if (tick.type !== "trade" || tick.dayVolume !== undefined) return i;
    writeTrade(view, at, tick);
  }
  return end;
}

function writeTradesOfDay(
  view: DataView,
  start: number,
  ticks: readonly NumberedTick[],
  first: number,
  end: number
): number {
  for (let i = first, at = start; i < end; ++i, at += layout.tickOfDayBytes) {
    const {tick} = ticks[i]!.event;
    if (tick.type !== "trade" || tick.dayVolume === undefined) return i;
    writeTrade(view, at, tick);
    view.setFloat64(at + 32, tick.dayVolume, true);
  }
  return end;
}

function writeTrade(view: DataView, at: number, tick: TradeTick): void {
  view.setFloat64(at, tick.eventTime, true);
  view.setFloat64(at + 8, tick.receivedTime, true);
  view.setFloat64(at + 16, tick.price, true);
  view.setFloat64(at + 24, tick.volume, true);
}

function kindOf(tick: Tick): Kind {
  if (tick.type === "quote") return layout.quote;
  return tick.dayVolume === undefined ? layout.trade : layout.tradeOfDay;
}
