import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {type WebSocket, WebSocketServer} from "ws";
import type {Bar} from "../../services/domain/bar.js";
import type {KitePacket} from "../../services/sources/kite/packets.js";
import {encodePackets} from "../../services/sources/kite/packets-encode.js";

/** A Kite of many instruments that trade evenly and often; every trade is a function of its number. */
export interface BusyKite {
  readonly url: string;
  readonly socketUrl: string;
  readonly symbols: readonly string[];
  /** Ticks sent to all sockets. */
  readonly sent: () => number;
  /** The minute of an instrument that opened at a time. */
  minute(symbol: string, time: number): Bar;
  close(): void;
}

const MINUTE = 60_000;
const LOT = 3;
const STEP_MS = 50;

/**
 * Starts one on loopback: *count* instruments, *perSecond* trades a second each, from ten minutes before now.
 * REST answers the list of instruments and minutes of history; the ticker sends full packets.
 */
export async function startBusyKite(count: number, perSecond: number): Promise<BusyKite> {
  const origin = Math.floor(Date.now() / MINUTE) * MINUTE - 10 * MINUTE;
  const everyMs = 1_000 / perSecond;
  const symbols = Array.from({length: count}, (_, i) => `S${i}`);
  const tokenOf = (i: number) => (i + 1) * 256 + 1;
  const priceOf = (i: number, trade: number) => 100 + i + Math.round(300 * Math.sin(trade / 7 + i)) / 100;
  const tradeAt = (time: number) => Math.floor((time - origin) / everyMs);
  let sent = 0;

  function minute(symbol: string, time: number): Bar {
    const i = symbols.indexOf(symbol);
    const [first, end] = [Math.ceil((time - origin) / everyMs), Math.ceil((time + MINUTE - origin) / everyMs)];
    const prices = Array.from({length: end - first}, (_, k) => priceOf(i, first + k));
    const [open, close] = [prices[0]!, prices.at(-1)!];
    return {time, open, high: Math.max(...prices), low: Math.min(...prices), close, volume: LOT * prices.length};
  }

  const server = createServer(({url = ""}, response) => {
    const {pathname, searchParams} = new URL(url, "http://localhost");
    if (pathname === "/instruments") {
      const head =
        "instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange";
      return void response.end(
        [head, ...symbols.map((name, i) => `${tokenOf(i)},${i},${name},${name},0,,0,0.01,1,EQ,NSE,NSE`)].join("\n")
      );
    }
    const token = Number(/^\/instruments\/historical\/(\d+)\/minute$/.exec(pathname)?.[1]);
    const symbol = symbols[symbols.findIndex((_, i) => tokenOf(i) === token)]!;
    const at = (name: string) => Date.parse(`${searchParams.get(name)!.replace(" ", "T")}+05:30`);
    const from = Math.max(origin, Math.ceil(at("from") / MINUTE) * MINUTE);
    const candles: unknown[] = [];
    for (let time = from; time <= at("to") && time + MINUTE <= Date.now(); time += MINUTE) {
      const {open, high, low, close, volume} = minute(symbol, time);
      const text = new Date(time + 19_800_000).toISOString().slice(0, 19);
      candles.push([`${text}+0530`, open, high, low, close, volume]);
    }
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({status: "success", data: {candles}}));
  });
  const sockets = new Set<WebSocket>();
  const ticker = new WebSocketServer({server});
  ticker.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });

  let next = tradeAt(Date.now()) + 1;
  const book = Array.from({length: 5}, () => ({quantity: 0, price: 0, orders: 0}));
  const rest = {
    ...{
      mode: "full" as const,
      lastQuantity: LOT,
      averagePrice: 0,
      buyQuantity: 0,
      sellQuantity: 0,
      bids: book,
      asks: book
    },
    ...{open: 1, high: 1, low: 1, close: 1, openInterest: 0, openInterestHigh: 0, openInterestLow: 0}
  } as const;
  const timer = setInterval(() => {
    for (const last = tradeAt(Date.now()); next <= last; ++next) {
      const second = Math.floor((origin + next * everyMs) / 1_000) * 1_000;
      const packets = symbols.map((_, i): KitePacket => {
        const figures = {token: tokenOf(i), lastPrice: priceOf(i, next), volume: LOT * (next + 1)};
        return {...rest, ...figures, lastTradeTime: second, exchangeTime: second};
      });
      if (sockets.size > 0) sent += packets.length;
      for (const socket of sockets) socket.send(encodePackets(packets));
    }
  }, STEP_MS);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const {port} = server.address() as AddressInfo;
  return {
    ...{url: `http://127.0.0.1:${port}`, socketUrl: `ws://127.0.0.1:${port}`, symbols, sent: () => sent, minute},
    close() {
      clearInterval(timer);
      for (const socket of sockets) socket.terminate();
      server.close();
    }
  };
}
