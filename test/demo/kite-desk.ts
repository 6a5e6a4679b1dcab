import {once} from "node:events";
import {setTimeout as sleep} from "node:timers/promises";
import {type Connect, KiteConnect} from "kiteconnect";
import {expect} from "vitest";
import WebSocket, {WebSocketServer} from "ws";
import {demoCalendars} from "../../services/demo/calendars.js";
import {type Kite, startKite} from "../../services/demo/kite/kite.js";
import {createTape} from "../../services/demo/tape/tape.js";
import type {EpochMs} from "../../services/domain/time.js";
import {decodePackets, type KitePacket} from "../../services/sources/kite/packets.js";

export const tape = createTape({seed: 1, calendars: demoCalendars()});
export const began = Date.UTC(2026, 10, 18, 5, 30, 0);
export const keys = {
  apiKey: "an-api-key",
  apiSecret: "a-secret",
  requestToken: "a-request-token",
  accessToken: "an-access-token"
};
export const [infy, reliance, nifty] = [408_065, 738_561, 256_265] as const;
const opened: {close(): unknown}[] = [];
const started = performance.now();
export const running =
  (from: EpochMs, speed = 1) =>
  () =>
    from + Math.floor((performance.now() - started) * speed);
export async function start(now: () => EpochMs = () => began): Promise<Kite> {
  const venue = await startKite({tape, keys, now});
  opened.push(venue);
  return venue;
}

export function official(venue: Kite): Connect {
  return new KiteConnect({api_key: keys.apiKey, access_token: keys.accessToken, root: venue.url});
}

export function get(venue: Kite, path: string, token = keys.accessToken) {
  return fetch(venue.url + path, {headers: {authorization: `token ${keys.apiKey}:${token}`, "x-kite-version": "3"}});
}

export function fault(venue: Kite, body: unknown) {
  return fetch(`${venue.url}/_sim/fault`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: {"x-sim-control": "yes"}
  });
}

export async function connect(venue: Kite, token: string = keys.accessToken) {
  const socket = new WebSocket(`${venue.socketUrl}?api_key=${keys.apiKey}&access_token=${token}`);
  opened.push({close: () => socket.terminate()});
  const packets: KitePacket[] = [];
  const texts: {type: string; data: unknown}[] = [];
  let heartbeats = 0;
  socket.on("message", (data: Buffer, isBinary) => {
    if (!isBinary) texts.push(JSON.parse(String(data)));
    else if (data.length === 1) ++heartbeats;
    else packets.push(...decodePackets(new Uint8Array(data)));
  });
  await once(socket, "open");
  return {
    socket,
    packets,
    texts,
    heartbeats: () => heartbeats,
    say: (message: unknown) => socket.send(JSON.stringify(message))
  };
}

/** A line to a venue's ticker that keeps what the venue sends over it. */
export async function recordingLine(venue: Kite): Promise<{readonly url: string; readonly packets: KitePacket[]}> {
  const door = new WebSocketServer({host: "127.0.0.1", port: 0, perMessageDeflate: false});
  opened.push({close: () => door.close()});
  const packets: KitePacket[] = [];
  door.on("connection", (client, {url = ""}) => {
    const line = new WebSocket(`${venue.socketUrl}${url.slice(url.indexOf("?"))}`);
    opened.push({close: () => line.terminate()});
    const toVenue: string[] = [];
    client.on("message", (data) =>
      line.readyState === line.OPEN ? line.send(String(data)) : toVenue.push(String(data))
    );
    client.on("close", () => line.terminate());
    line.on("open", () => toVenue.splice(0).forEach((text) => void line.send(text)));
    line.on("message", (data: Buffer, isBinary) => {
      if (isBinary) packets.push(...decodePackets(new Uint8Array(data)));
      client.send(data, {binary: isBinary});
    });
  });
  await once(door, "listening");
  return {url: `ws://127.0.0.1:${(door.address() as {port: number}).port}/`, packets};
}

export async function until(isTrue: () => boolean, withinMs = 8_000): Promise<void> {
  for (const end = performance.now() + withinMs; !isTrue() && performance.now() < end; ) await sleep(20);
  expect(isTrue()).toBe(true);
}

/** Closes every venue and socket that was opened. */
export async function closeAll(): Promise<void> {
  await Promise.all(opened.map((each) => each.close()));
}
