import {once} from "node:events";
import {setTimeout as sleep} from "node:timers/promises";
import {afterAll, beforeAll, expect, it, vi} from "vitest";
import WebSocket from "ws";
import type {Kite} from "../../services/demo/kite/kite.js";
import {SECOND_MS} from "../../services/domain/time.js";
import {began, closeAll, connect, fault, get, infy, nifty, reliance, running, start, tape, until} from "./kite-desk.js";

// A busy machine makes these slower than anything they wait for.
vi.setConfig({testTimeout: 60_000, hookTimeout: 60_000});

let kite: Kite;

beforeAll(async () => {
  kite = await start();
});
afterAll(closeAll);

it("the socket sends every tick of the tape, once and in order", async () => {
  const now = running(began, 20);
  const venue = await start(now);
  const {packets, say, heartbeats} = await connect(venue);
  say({a: "subscribe", v: [infy]});
  say({a: "mode", v: ["full", [infy]]});
  await until(() => packets.length >= 2);
  await until(() => packets.length >= 12 && heartbeats() >= 1);
  const heard = packets.slice(2).map(({lastPrice, volume, exchangeTime}) => [lastPrice, volume, exchangeTime]);
  const told = tape
    .of("NSE:INFY")
    .ticks(began, now())
    .map(({price, dayVolume, time}) => [price, dayVolume, Math.floor(time / SECOND_MS) * SECOND_MS]);
  const first = told.findIndex(([, volume]) => volume === heard[0]![1]);
  expect(heard.length).toBeGreaterThan(9);
  expect(heard).toEqual(told.slice(first, first + heard.length));
});

it("subscribes, changes mode and unsubscribes as it is asked, and says what it does not understand", async () => {
  const {packets, texts, say, socket} = await connect(kite);
  say({a: "subscribe", v: [infy, 1]});
  await until(() => packets.length === 1);
  expect(packets[0]).toMatchObject({token: infy, mode: "quote"});
  say({a: "mode", v: ["ltp", [infy, reliance]]});
  await until(() => packets.length === 2);
  expect(packets[1]).toEqual({token: infy, mode: "ltp", lastPrice: tape.of("NSE:INFY").tickAt(began)!.price});
  say({a: "unsubscribe", v: [infy]});
  say({a: "subscribe", v: [nifty]});
  await until(() => packets.length === 3);
  expect(packets[2]).toMatchObject({token: nifty, mode: "index-quote"});
  say({a: "dance"});
  socket.send("no json");
  await until(() => texts.filter(({type}) => type === "error").length === 2);
});

it("refuses a wrong token, a fourth connection, and everybody once the token is dead", async () => {
  const venue = await start();
  await expect(connect(venue, "other")).rejects.toThrow(/403/);
  const sockets = [await connect(venue), await connect(venue), await connect(venue)];
  await expect(connect(venue)).rejects.toThrow(/429/);
  const closed = Promise.all(sockets.map(({socket}) => once(socket, "close")));
  await fault(venue, {kind: "dead-token"});
  await closed;
  await expect(connect(venue)).rejects.toThrow(/403/);
});

it("goes mute with and without heartbeats, and closes, when it is told", async () => {
  const venue = await start(running(began));
  const {packets, heartbeats, say, socket} = await connect(venue);
  await fault(venue, {kind: "mute-data"});
  say({a: "subscribe", v: [infy, reliance]});
  await until(() => heartbeats() >= 1);
  expect(packets).toEqual([]);
  await fault(venue, {kind: "mute"});
  await sleep(50);
  const before = heartbeats();
  await sleep(1_200);
  expect([heartbeats(), packets.length, socket.readyState]).toEqual([before, 0, WebSocket.OPEN]);
  const closed = once(socket, "close");
  await fault(venue, {kind: "close"});
  await closed;
  await fault(venue, {kind: "none"});
  const again = await connect(venue);
  again.say({a: "subscribe", v: [infy]});
  await until(() => again.packets.length > 0);
});

it("sends an order's fill as text when its moment comes", async () => {
  const reply = await get(await start(() => began + 5 * 3_600_000), "/orders");
  const {data} = (await reply.json()) as {data: {order_id: string; order_timestamp: string}[]};
  const [order] = data;
  const filled = Date.parse(`${order!.order_timestamp.replace(" ", "T")}+05:30`);
  const offset = filled - 1_000 - Date.now();
  const {texts} = await connect(await start(() => Date.now() + offset));
  await until(() => texts.some(({type}) => type === "order"));
  expect(texts.find(({type}) => type === "order")!.data).toMatchObject({order_id: order!.order_id, status: "COMPLETE"});
});
