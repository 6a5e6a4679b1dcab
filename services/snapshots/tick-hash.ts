import {hash} from "node:crypto";
import type {EpochMs} from "../domain/time.js";

/**
 * The name by which a quote is known: the MD5, in hexadecimal, of its symbol, time, bid and ask. What is hashed is the
 * UTF-8 of `<symbol>|<time>|<bid>|<ask>`: the symbol as its source writes it; the time in whole milliseconds since 1970
 * in UTC; each price as the shortest decimal that reads back as the same double (1.1, not 1.10000), empty where the tick
 * states none. About 1 µs.
 *
 * @example tickHash("EURUSD", 1_398_902_400_123, 1.38685, 1.3869) // md5 of "EURUSD|1398902400123|1.38685|1.3869"
 */
export function tickHash(symbol: string, time: EpochMs, bid: number, ask: number): string {
  return hash("md5", `${symbol}|${time}|${priceText(bid)}|${priceText(ask)}`);
}

function priceText(price: number): string {
  return Number.isNaN(price) ? "" : String(price);
}
