import {SourceError} from "../../domain/source-error.js";
import {type PacketMode, priceDivisor} from "./packet-layout.js";

/** One level of the order book. */
export interface DepthLevel {
  readonly quantity: number;
  readonly price: number; // in rupees
  readonly orders: number; // how many make up the quantity
}

/** What one packet of Kite's ticker says; prices in rupees, times in epoch milliseconds, 0 where there was none. */
export interface KitePacket {
  readonly token: number;
  readonly mode: PacketMode;
  readonly lastPrice: number;
  readonly open?: number;
  readonly high?: number;
  readonly low?: number;
  readonly close?: number;
  readonly lastQuantity?: number;
  readonly averagePrice?: number;
  /** Cumulative for the day. */
  readonly volume?: number;
  readonly buyQuantity?: number;
  readonly sellQuantity?: number;
  readonly lastTradeTime?: number;
  readonly openInterest?: number;
  readonly openInterestHigh?: number;
  readonly openInterestLow?: number;
  readonly exchangeTime?: number;
  readonly bids?: readonly DepthLevel[];
  readonly asks?: readonly DepthLevel[];
}

function bad(what: string): SourceError {
  return new SourceError("SOURCE_BAD_DATA", `kite ticker: ${what}`);
}

/**
 * Decodes a binary frame of Kite's ticker: big-endian, a count of packets, each with its length.
 *
 * @returns one for each packet; none for a heartbeat of one byte
 * @throws {SourceError} SOURCE_BAD_DATA naming the packet and byte, if the frame is cut, longer than its packets, or
 * has a packet of unknown length
 */
export function decodePackets(frame: ArrayBuffer | Uint8Array): KitePacket[] {
  const view = viewOf(frame);
  const size = view.byteLength;
  const packets: KitePacket[] = [];
  if (size <= 1) return packets; // a heartbeat
  const count = view.getUint16(0);
  let offset = 2;
  for (let i = 0; i < count; ++i) {
    const length = offset + 2 <= size ? view.getUint16(offset) : Number.NaN;
    if (!(offset + 2 + length <= size))
      throw bad(`packet ${i} of ${count} at byte ${offset} is cut: ${size} bytes in all`);
    const packet = decodePacket(view, offset + 2, length);
    if (packet === undefined) throw bad(`packet ${i} of ${count} at byte ${offset} has an unknown length: ${length}`);
    packets.push(packet);
    offset += 2 + length;
  }
  if (offset !== size) throw bad(`${size - offset} bytes after the last of ${count} packets`);
  return packets;
}

/** A frame's bytes; Node hands over a part of a larger buffer. */
export function viewOf(frame: ArrayBuffer | Uint8Array): DataView {
  return frame instanceof ArrayBuffer
    ? new DataView(frame)
    : new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
}

// Each kind is one literal, without spreads and closures: the ticker may send thousands a second.
function decodePacket(view: DataView, at: number, length: number): KitePacket | undefined {
  const token = at + 4 <= view.byteLength ? view.getUint32(at) : 0;
  const divisor = priceDivisor(token);
  switch (length) {
    case 8:
      return {token, mode: "ltp", lastPrice: view.getInt32(at + 4) / divisor};
    case 28:
      return decodeIndex(view, at, token, divisor);
    case 32:
      return decodeFullIndex(view, at, token, divisor);
    case 44:
      return decodeQuote(view, at, token, divisor);
    case 184:
      return decodeFull(view, at, token, divisor);
    default:
      return undefined;
  }
}

function decodeIndex(view: DataView, at: number, token: number, divisor: number): KitePacket {
  return {
    token,
    mode: "index-quote",
    lastPrice: view.getInt32(at + 4) / divisor,
    high: view.getInt32(at + 8) / divisor,
    low: view.getInt32(at + 12) / divisor,
    open: view.getInt32(at + 16) / divisor,
    close: view.getInt32(at + 20) / divisor
  };
}

function decodeFullIndex(view: DataView, at: number, token: number, divisor: number): KitePacket {
  return {
    token,
    mode: "index-full",
    lastPrice: view.getInt32(at + 4) / divisor,
    high: view.getInt32(at + 8) / divisor,
    low: view.getInt32(at + 12) / divisor,
    open: view.getInt32(at + 16) / divisor,
    close: view.getInt32(at + 20) / divisor,
    exchangeTime: view.getUint32(at + 28) * 1000
  };
}

function decodeQuote(view: DataView, at: number, token: number, divisor: number): KitePacket {
  return {
    token,
    mode: "quote",
    lastPrice: view.getInt32(at + 4) / divisor,
    lastQuantity: view.getUint32(at + 8),
    averagePrice: view.getInt32(at + 12) / divisor,
    volume: view.getUint32(at + 16),
    buyQuantity: view.getUint32(at + 20),
    sellQuantity: view.getUint32(at + 24),
    open: view.getInt32(at + 28) / divisor,
    high: view.getInt32(at + 32) / divisor,
    low: view.getInt32(at + 36) / divisor,
    close: view.getInt32(at + 40) / divisor
  };
}

function decodeFull(view: DataView, at: number, token: number, divisor: number): KitePacket {
  return {
    token,
    mode: "full",
    lastPrice: view.getInt32(at + 4) / divisor,
    lastQuantity: view.getUint32(at + 8),
    averagePrice: view.getInt32(at + 12) / divisor,
    volume: view.getUint32(at + 16),
    buyQuantity: view.getUint32(at + 20),
    sellQuantity: view.getUint32(at + 24),
    open: view.getInt32(at + 28) / divisor,
    high: view.getInt32(at + 32) / divisor,
    low: view.getInt32(at + 36) / divisor,
    close: view.getInt32(at + 40) / divisor,
    lastTradeTime: view.getUint32(at + 44) * 1000,
    openInterest: view.getUint32(at + 48),
    openInterestHigh: view.getUint32(at + 52),
    openInterestLow: view.getUint32(at + 56),
    exchangeTime: view.getUint32(at + 60) * 1000,
    bids: decodeDepth(view, at + 64, divisor),
    asks: decodeDepth(view, at + 124, divisor)
  };
}

function decodeDepth(view: DataView, at: number, divisor: number): DepthLevel[] {
  return [
    decodeLevel(view, at, divisor),
    decodeLevel(view, at + 12, divisor),
    decodeLevel(view, at + 24, divisor),
    decodeLevel(view, at + 36, divisor),
    decodeLevel(view, at + 48, divisor)
  ];
}

function decodeLevel(view: DataView, at: number, divisor: number): DepthLevel {
  return {
    quantity: view.getUint32(at),
    price: view.getInt32(at + 4) / divisor,
    orders: view.getUint16(at + 8)
  };
}
