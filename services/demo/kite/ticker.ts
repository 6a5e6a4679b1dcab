import type {IncomingMessage} from "node:http";
import type {Duplex} from "node:stream";
import {type WebSocket, WebSocketServer} from "ws";
import type {EpochMs} from "../../domain/time.js";
import {encodeHeartbeat, encodePackets} from "../../sources/kite/packets-encode.js";
import type {Listing} from "./listing.js";
import {type MarketView, marketView} from "./market-view.js";
import type {KiteOrder} from "./orders.js";
import {orderRow} from "./portfolio.js";
import type {KiteState} from "./rest.js";

type Packet = Parameters<typeof encodePackets>[0][number];
type Mode = "ltp" | "quote" | "full";

interface Connection {
  readonly socket: WebSocket;
  readonly modes: Map<number, Mode>;
}

/** Kite's WebSocket. */
export interface KiteTicker {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Drops all connections, as a fault or for good. */
  drop(): void;
  close(): void;
}

const pollMs = 100;
const heartbeatMs = 1_000;
const mostConnections = 3;
const mostInstruments = 3_000;
const mostBytes = 200_000;

/**
 * Kite's ticker: binary frames of every tick in the mode each connection asked for, one-byte heartbeats, order updates as
 * text. No tick is left out, so that bars built from them are the bars that history will show.
 */
export function createKiteTicker(state: KiteState, ordersNow: (now: EpochMs) => readonly KiteOrder[]): KiteTicker {
  const {listings, faults, session} = state;
  const server = new WebSocketServer({noServer: true, maxPayload: mostBytes, perMessageDeflate: false});
  const connections = new Set<Connection>();
  let seen = state.now();

  const poll = () => {
    const since = seen;
    const now = state.now();
    seen = now;
    if (connections.size === 0 || now <= since || faults.has("mute") || faults.has("mute-data")) return;
    for (const listing of listings) sendTicks(listing, connections, since, now);
    for (const order of ordersNow(now))
      if (order.time > since) broadcast(connections, {type: "order", data: orderRow(order)});
  };
  const beat = () => {
    if (faults.has("mute")) return;
    for (const {socket} of connections) socket.send(encodeHeartbeat());
  };
  const timers = [setInterval(poll, pollMs), setInterval(beat, heartbeatMs)];

  return {
    upgrade(request, socket, head) {
      const {searchParams} = new URL(request.url ?? "/", "http://127.0.0.1");
      const isAdmitted = session.admits(searchParams.get("api_key"), searchParams.get("access_token"), "/ws");
      if (!isAdmitted) return refuse(socket, "403 Forbidden");
      if (connections.size >= mostConnections) return refuse(socket, "429 Too Many Requests");
      server.handleUpgrade(request, socket, head, (accepted) => join(accepted, connections, state));
    },
    drop() {
      for (const {socket} of connections) socket.terminate();
    },
    close() {
      for (const timer of timers) clearInterval(timer);
      for (const {socket} of connections) socket.terminate();
      server.close();
    }
  };
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function join(socket: WebSocket, connections: Set<Connection>, state: KiteState): void {
  const connection: Connection = {socket, modes: new Map()};
  connections.add(connection);
  socket.on("close", () => connections.delete(connection));
  socket.on("error", () => socket.terminate());
  socket.on("message", (data) => {
    const fault = obey(connection, String(data), state);
    if (fault !== undefined) socket.send(JSON.stringify({type: "error", data: fault}));
  });
  socket.send(JSON.stringify({type: "instruments_meta", data: {count: state.listings.length, etag: "sim"}}));
}

/** Does what a message asks; what is wrong with it, where something is. */
function obey(connection: Connection, text: string, state: KiteState): string | undefined {
  const message = parseMessage(text);
  if (!message) return "Unexpected message format";
  const {action, mode, tokens} = message;
  const {modes} = connection;
  for (const token of tokens) {
    if (action === "unsubscribe") modes.delete(token);
    else if (action === "mode" ? modes.has(token) : true) modes.set(token, mode);
  }
  if (modes.size > mostInstruments) {
    for (const token of tokens) modes.delete(token);
    return `Subscription limit is ${mostInstruments} instruments`;
  }
  if (action !== "unsubscribe") sendSnapshot(connection, tokens, state);
  return undefined;
}

function parseMessage(
  text: string
): {action: "subscribe" | "unsubscribe" | "mode"; mode: Mode; tokens: number[]} | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const {a: action, v: value} = (parsed ?? {}) as {a?: unknown; v?: unknown};
  if (action !== "subscribe" && action !== "unsubscribe" && action !== "mode") return undefined;
  const [mode, list] = action === "mode" && Array.isArray(value) ? value : ["quote", value];
  const isMode = mode === "ltp" || mode === "quote" || mode === "full";
  if (!isMode || !Array.isArray(list)) return undefined;
  const tokens = list.map(Number);
  return tokens.every(Number.isSafeInteger) ? {action, mode, tokens} : undefined;
}

function sendSnapshot(
  {socket, modes}: Connection,
  tokens: readonly number[],
  {listings, now, faults}: KiteState
): void {
  if (faults.has("mute") || faults.has("mute-data")) return;
  const packets = listings.flatMap((listing) => {
    const mode = modes.get(listing.token);
    const view = tokens.includes(listing.token) && mode ? marketView(listing, now()) : undefined;
    return view && mode ? [packetOf(view, mode, listing.isIndex)] : [];
  });
  if (packets.length > 0) socket.send(encodePackets(packets));
}

function sendTicks(listing: Listing, connections: Iterable<Connection>, since: EpochMs, now: EpochMs): void {
  const readers = [...connections].filter(({modes}) => modes.has(listing.token));
  if (readers.length === 0) return;
  const views = listing.tape.ticks(since + 1, now + 1).flatMap((tick) => marketView(listing, now, tick) ?? []);
  if (views.length === 0) return;
  for (const {socket, modes} of readers)
    socket.send(encodePackets(views.map((view) => packetOf(view, modes.get(listing.token)!, listing.isIndex))));
}

function broadcast(connections: Iterable<Connection>, message: unknown): void {
  for (const {socket} of connections) socket.send(JSON.stringify(message));
}

function packetOf(view: MarketView, mode: Mode, isIndex: boolean): Packet {
  const {token, lastPrice, open, high, low, close, exchangeTime} = view;
  if (mode === "ltp") return {token, mode, lastPrice};
  if (!isIndex) return mode === "quote" ? {...view, mode} : {...view, mode, openInterest: 0};
  const index = {token, lastPrice, open, high, low, close};
  return mode === "quote" ? {...index, mode: "index-quote"} : {...index, mode: "index-full", exchangeTime};
}
