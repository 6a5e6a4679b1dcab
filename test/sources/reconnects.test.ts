import {once} from "node:events";
import type {AddressInfo} from "node:net";
import {expect, it} from "vitest";
import {WebSocketServer} from "ws";
import {createKiteTicker} from "../../services/sources/kite/ticker.js";
import {createReconnects} from "../../services/sources/reconnects.js";

it("pauses double up to half a minute while no line holds, and begin anew after one that held ten seconds", () => {
  const {pauseMs} = createReconnects({backoffMs: 1_000, random: () => 1});
  expect([0, 0, 9_999, 0, 0, 0, 0].map(pauseMs)).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  expect([10_000, 0, 10_000].map(pauseMs)).toEqual([1_000, 2_000, 1_000]);
});

it("chance takes up to half of a pause off", () => {
  const {pauseMs} = createReconnects({backoffMs: 1_000, random: () => 0});
  expect([10_000, 0].map(pauseMs)).toEqual([500, 1_000]);
});

it("a ticker that sends one packet and closes is asked ever less often", async () => {
  const server = new WebSocketServer({port: 0, host: "127.0.0.1"});
  await once(server, "listening");
  const packet = Buffer.from([0, 1, 0, 8, 0, 6, 0x3a, 1, 0, 0, 0, 100]); // one LTP packet
  server.on("connection", (socket) => socket.send(packet, () => socket.close()));
  const pauses: number[] = [];
  let isEnough = () => {};
  const enough = new Promise<void>((resolve) => {
    isEnough = resolve;
  });
  const sleep = async (ms: number, signal?: AbortSignal) => {
    pauses.push(ms);
    if (pauses.length < 5) return;
    isEnough();
    await new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve()));
  };
  const access = async () => ({
    socketUrl: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{apiKey: "key", accessToken: "token", instruments: new Map([[408_065, "NSE:INFY" as const]])}
  });
  const feed = createKiteTicker(
    {name: "kite", instruments: ["NSE:INFY"], access, isOpen: () => true},
    {now: () => 0, random: () => 1, sleep}
  );
  feed.start(
    () => {},
    () => {}
  );
  await enough;
  await feed.stop();
  server.close();
  expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 30_000]);
});
