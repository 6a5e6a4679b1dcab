import {type PacketBytes, type PacketMode, packetModes, priceDivisor} from "./packet-layout.js";
import type {DepthLevel, KitePacket} from "./packets.js";

const lengths = Object.fromEntries(Object.entries(packetModes).map(([bytes, mode]) => [mode, Number(bytes)])) as Record<
  PacketMode,
  PacketBytes
>;

/**
 * Encodes a binary frame as Kite's ticker sends it, for simulated venues; `decodePackets` reads it back exactly.
 *
 * @throws {RangeError} if there are more packets, or a larger number, than the frame can hold
 * @example encodePackets([{token: 408065, mode: "ltp", lastPrice: 1412.95}]).byteLength // 12
 */
export function encodePackets(packets: readonly KitePacket[]): ArrayBuffer {
  if (!(packets.length <= 0x7fff)) throw new RangeError(`too many packets: ${packets.length}`);
  const size = packets.reduce((sum, {mode}) => sum + 2 + lengths[mode], 2);
  const view = new DataView(new ArrayBuffer(size));
  view.setUint16(0, packets.length);
  let offset = 2;
  for (const packet of packets) {
    const length = lengths[packet.mode];
    view.setUint16(offset, length);
    encodePacket(view, offset + 2, packet, length);
    offset += 2 + length;
  }
  return view.buffer as ArrayBuffer;
}

/** The one byte that keeps an idle connection alive. */
export function encodeHeartbeat(): ArrayBuffer {
  return new ArrayBuffer(1);
}

function encodePacket(view: DataView, at: number, packet: KitePacket, length: PacketBytes): void {
  const divisor = priceDivisor(packet.token);
  const price = (offset: number, value = 0) =>
    view.setInt32(at + offset, whole(value * divisor, -0x80000000, 0x7fffffff));
  const count = (offset: number, value = 0) => view.setUint32(at + offset, whole(value, 0, 0xffffffff));
  const seconds = (offset: number, time = 0) => count(offset, Math.floor(time / 1000));
  count(0, packet.token);
  price(4, packet.lastPrice);
  if (length === 8) return;
  if (length <= 32) {
    [packet.high, packet.low, packet.open, packet.close].forEach((value, i) => {
      price(8 + i * 4, value);
    });
    price(24, packet.close ? packet.lastPrice - packet.close : 0);
    if (length === 32) seconds(28, packet.exchangeTime);
    return;
  }
  count(8, packet.lastQuantity);
  price(12, packet.averagePrice);
  count(16, packet.volume);
  count(20, packet.buyQuantity);
  count(24, packet.sellQuantity);
  [packet.open, packet.high, packet.low, packet.close].forEach((value, i) => {
    price(28 + i * 4, value);
  });
  if (length === 44) return;
  seconds(44, packet.lastTradeTime);
  count(48, packet.openInterest);
  count(52, packet.openInterestHigh);
  count(56, packet.openInterestLow);
  seconds(60, packet.exchangeTime);
  const level = (i: number, {quantity, price: levelPrice, orders}: DepthLevel) => {
    count(64 + i * 12, quantity);
    price(68 + i * 12, levelPrice);
    view.setUint16(at + 72 + i * 12, whole(orders, 0, 0xffff));
  };
  packet.bids?.slice(0, 5).forEach((each, i) => {
    level(i, each);
  });
  packet.asks?.slice(0, 5).forEach((each, i) => {
    level(i + 5, each);
  });
}

function whole(value: number, least: number, most: number): number {
  const rounded = Math.round(value);
  if (!(rounded >= least && rounded <= most)) throw new RangeError(`number does not fit its field: ${value}`);
  return rounded;
}
