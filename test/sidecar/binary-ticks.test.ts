import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {WebSocket} from "ws";
import {type Client, createClient} from "../../components/live/client.js";
import {defaultClientEffects, type Socket} from "../../components/live/client-effects.js";
import {decodeTickFrame} from "../../services/domain/decode-ticks.js";
import {subProtocols} from "../../services/domain/tick-frame.js";
import type {TickEvent, TopicEvent} from "../../services/domain/wire.js";
import {barTopic, NINE, startTestServer, type TestServer, tickTopic, told} from "./test-server.js";

let server: TestServer;
let client: Client | undefined;
let sockets: WebSocket[];
let events: TopicEvent[];

/** Opens sockets as a browser does, through a line that may refuse sub-protocols. */
function follow(isRefused: (protocols: readonly string[]) => boolean = () => false): void {
  events = [];
  client = createClient({
    url: server.url,
    topics: [tickTopic, barTopic],
    effects: {
      ...defaultClientEffects,
      after: (delayMs, task) => defaultClientEffects.after(Math.min(delayMs, 20), task),
      open(url, protocols) {
        const socket = new WebSocket(isRefused(protocols) ? `${url}/nowhere` : url, [...protocols]);
        sockets.push(socket);
        return socket as Socket;
      }
    }
  });
  client.listen({onEvents: (fresh) => events.push(...fresh)});
}

const seqs = () => events.filter(({type}) => type === "tick").map(({seq}) => seq);
const isOpen = () => expect.poll(() => client!.state.connection).toBe("open");

beforeEach(async () => {
  sockets = [];
  server = await startTestServer();
});
afterEach(async () => {
  client?.close();
  client = undefined;
  await server.stop();
});

describe("ticks as bytes", () => {
  it("reach a page's client as they would as JSON, and bars beside them", async () => {
    follow();
    await isOpen();
    expect(sockets[0]!.protocol).toBe(subProtocols.ticks);
    let binary = 0;
    sockets[0]!.on("message", (_, isBinary) => {
      binary += isBinary ? 1 : 0;
    });
    const plain = await server.connect();
    plain.say({op: "subscribe", topics: [tickTopic]});
    await plain.next("subscribed");
    await expect.poll(() => client!.state.latencyMs).not.toBeNaN();
    for (let i = 1; i <= 600; ++i) {
      server.tellTick(i);
      if (i % 100 === 0) server.tell(NINE + i * 60_000, i);
      if (i % 60 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await expect.poll(() => [seqs().at(-1), told(plain, tickTopic).at(-1)?.seq]).toEqual([600, 600]);
    expect(events.filter(({type}) => type === "tick")).toEqual(told(plain, tickTopic));
    expect(events.filter(({type}) => type === "bar")).toHaveLength(6);
    expect(binary).toBeGreaterThan(0);
    expect(client!.state.lastError).toBeNull();
  });

  it("go on by number when the line breaks", async () => {
    follow();
    await isOpen();
    for (let i = 1; i <= 100; ++i) {
      server.tellTick(i);
      if (i % 20 === 10) sockets.at(-1)!.terminate();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await expect.poll(() => seqs().at(-1)).toBe(100);
    const first = seqs()[0]!;
    expect(seqs()).toEqual(Array.from({length: 101 - first}, (_, i) => first + i));
  });

  it("are conflated for a slow reader, and marked so", async () => {
    await server.stop();
    server = await startTestServer({highWaterBytes: 20_000});
    const socket = new WebSocket(server.url, [subProtocols.ticks]);
    const ticks: TickEvent[] = [];
    let topics = 0;
    socket.on("message", (data: Buffer, isBinary) => {
      if (isBinary) ticks.push(...decodeTickFrame(data, () => ({topic: tickTopic, instrument: "X:A"})));
      else if (String(data).includes("subscribed")) topics = JSON.parse(String(data)).numbers.length;
    });
    await new Promise((resolve) => socket.once("open", resolve));
    socket.send(JSON.stringify({op: "subscribe", topics: [tickTopic]}));
    await expect.poll(() => topics).toBe(1);
    socket.pause();
    for (let i = 1; i <= 150_000; ++i) {
      server.tellTick(i);
      if (i % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    socket.resume();
    await expect.poll(() => ticks.at(-1)?.seq, {timeout: 15_000}).toBe(150_000);
    expect(ticks.length).toBeLessThan(150_000);
    expect(ticks.reduce((sum, {conflated = 0}) => sum + 1 + conflated, 0)).toBe(150_000);
    socket.terminate();
  });

  it("are not insisted upon: where sub-protocols do not come through, the client speaks JSON", async () => {
    follow((protocols) => protocols.length > 0);
    await isOpen();
    expect(sockets.map(({protocol}) => protocol)).toEqual(["", ""]);
    server.tellTick(1);
    await expect.poll(seqs).toEqual([1]);
  });

  it("are given up by a client that cannot read them", async () => {
    follow();
    await isOpen();
    sockets[0]!.onmessage!({data: new ArrayBuffer(9)} as never);
    await expect.poll(() => sockets.length).toBe(2);
    await isOpen();
    expect(sockets[1]!.protocol).toBe("");
    server.tellTick(1);
    await expect.poll(seqs).toEqual([1]);
  });

  it("are spoken to those who offer them first or last, and to no others", async () => {
    const offers = [[], ["chat"], [subProtocols.json], ["chat", subProtocols.json, subProtocols.ticks]];
    for (const offer of offers) {
      const socket = new WebSocket(server.url, offer);
      const answer = await new Promise<string>((resolve) => {
        socket.once("open", () => resolve(socket.protocol)).once("error", ({message}) => resolve(message));
      });
      const expected = offer.includes(subProtocols.ticks) ? subProtocols.ticks : (offer[0] ?? "");
      expect(answer).toBe(expected === "chat" ? "Server sent no subprotocol" : expected);
      socket.terminate();
    }
  });
});
