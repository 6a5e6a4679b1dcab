import {SourceError} from "../../domain/source-error.js";
import {isPacketBytes, priceDivisor} from "./packet-layout.js";
import {viewOf} from "./packets.js";

/** Ticks as columns, filled frame by frame; `length` rows are in use. What a packet does not tell is 0. */
export interface PacketColumns {
  length: number;
  readonly capacity: number; // rows
  readonly token: Uint32Array;
  readonly exchangeTime: Float64Array; // ms since the epoch
  readonly lastPrice: Float64Array; // in rupees
  readonly lastQuantity: Uint32Array;
  readonly volume: Uint32Array;
  readonly bid: Float64Array; // in rupees
  readonly ask: Float64Array; // in rupees
}

/** Room for *capacity* ticks. */
export function createPacketColumns(capacity: number): PacketColumns {
  const doubles = () => new Float64Array(capacity);
  const counts = () => new Uint32Array(capacity);
  return {
    length: 0,
    capacity,
    token: counts(),
    exchangeTime: doubles(),
    lastPrice: doubles(),
    lastQuantity: counts(),
    volume: counts(),
    bid: doubles(),
    ask: doubles()
  };
}

/**
 * Decodes a binary frame straight into columns, without an object for each tick: for recording at full rate.
 *
 * @returns the packets added, 0 for a heartbeat; nothing is added of a frame that throws
 * @throws {SourceError} SOURCE_BAD_DATA as `decodePackets`
 * @throws {RangeError} if the columns are full
 */
export function decodeIntoColumns(frame: ArrayBuffer | Uint8Array, columns: PacketColumns): number {
  const view = viewOf(frame);
  const size = view.byteLength;
  if (size <= 1) return 0;
  const count = view.getUint16(0);
  if (!(columns.length + count <= columns.capacity))
    throw new RangeError(`columns are full: ${columns.capacity} ticks`);
  let offset = 2;
  for (let row = columns.length, end = row + count; row < end; ++row) {
    const length = offset + 2 <= size ? view.getUint16(offset) : Number.NaN;
    const at = offset + 2;
    if (!(at + length <= size && isPacketBytes(length)))
      throw new SourceError("SOURCE_BAD_DATA", `kite ticker: packet at byte ${offset} is cut or of unknown length`);
    fill(view, at, length, columns, row);
    offset = at + length;
  }
  if (offset !== size)
    throw new SourceError("SOURCE_BAD_DATA", `kite ticker: ${size - offset} bytes after the last packet`);
  columns.length += count;
  return count;
}

function fill(view: DataView, at: number, length: number, columns: PacketColumns, row: number): void {
  const token = view.getUint32(at);
  const divisor = priceDivisor(token);
  const isQuote = length >= 44;
  const isFull = length === 184;
  columns.token[row] = token;
  columns.lastPrice[row] = view.getInt32(at + 4) / divisor;
  columns.lastQuantity[row] = isQuote ? view.getUint32(at + 8) : 0;
  columns.volume[row] = isQuote ? view.getUint32(at + 16) : 0;
  columns.exchangeTime[row] = isFull
    ? view.getUint32(at + 60) * 1000
    : length === 32
      ? view.getUint32(at + 28) * 1000
      : 0;
  columns.bid[row] = isFull ? view.getInt32(at + 68) / divisor : 0;
  columns.ask[row] = isFull ? view.getInt32(at + 128) / divisor : 0;
}
