/** What a packet tells, by how long it is. */
export const packetModes = {8: "ltp", 28: "index-quote", 32: "index-full", 44: "quote", 184: "full"} as const;

/** A length that a packet can have, in bytes. */
export type PacketBytes = keyof typeof packetModes;
/** How much a packet tells: the last price alone, an index, a quote, or a quote with its depth. */
export type PacketMode = (typeof packetModes)[PacketBytes];

const CDS = 3;
const BCD = 6;

/** What prices of an instrument are divided by: its token's low byte is the segment. */
export function priceDivisor(token: number): number {
  const segment = token & 0xff;
  return segment === CDS ? 10_000_000 : segment === BCD ? 10_000 : 100;
}

/** Whether a packet may be this long. */
export function isPacketBytes(length: number): length is PacketBytes {
  return Object.hasOwn(packetModes, length);
}
