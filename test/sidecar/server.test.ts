import {afterEach, describe, expect, it} from "vitest";
import type {BarEvent} from "../../services/domain/wire.js";
import {openSocketClient} from "./socket-client.js";
import {barTopic, NINE, startTestServer, type TestServer, tickTopic, told} from "./test-server.js";

let server: TestServer;

async function open(...changes: Parameters<typeof startTestServer>): Promise<void> {
  server = await startTestServer(...changes);
}

afterEach(() => server.stop());

describe("a client", () => {
  it("is greeted with version, clock, boot and topics", async () => {
    await open();
    const client = await openSocketClient(server.url);
    const hello = await client.next("hello");
    expect(hello).toMatchObject({version: 1, simulated: true, boot: "boot-1", topics: ["status", tickTopic, barTopic]});
    expect(Math.abs(hello.serverTime - Date.now())).toBeLessThan(5_000);
  });

  it("gets the newest event on subscribing, then the stream, numbered by one", async () => {
    await open();
    const client = await server.connect();
    server.tell(NINE, 1);
    server.tell(NINE + 60_000, 2);
    client.say({op: "subscribe", topics: [barTopic]});
    expect(await client.next("subscribed")).toEqual({type: "subscribed", topics: [barTopic]});
    const replay = await client.next("replay");
    expect([replay.events.map(({seq}) => seq), replay.lastSeq, replay.complete]).toEqual([[2], 2, true]);
    server.tell(NINE + 120_000, 3);
    expect((await client.next("bar")).seq).toBe(3);
  });

  it("goes on from a sequence number, or from a time", async () => {
    await open();
    for (let minute = 0; minute < 5; ++minute) server.tell(NINE + minute * 60_000, 1 + minute);
    const client = await server.connect();
    client.say({op: "subscribe", topics: [barTopic], since: {[barTopic]: 3}});
    expect((await client.next("replay")).events.map(({seq}) => seq)).toEqual([4, 5]);
    client.say({op: "subscribe", topics: [barTopic], since: {[barTopic]: NINE + 60_000}});
    expect((await client.next("replay")).events.map((event) => (event as BarEvent).bar.open)).toEqual([2, 3, 4, 5]);
  });

  it("hears no more of a topic it has left", async () => {
    await open();
    const client = await server.connect();
    client.say({op: "subscribe", topics: [barTopic, tickTopic]});
    client.say({op: "unsubscribe", topics: [barTopic]});
    client.say({op: "ping", id: 7});
    expect(await client.next("pong")).toMatchObject({id: 7});
    server.tell(NINE, 1);
    server.tellTick(5);
    await client.next("tick");
    expect(told(client, barTopic)).toEqual([]);
  });
});

describe("the door", () => {
  it("is open to pages of this machine and of the list, and to programs", async () => {
    await open();
    for (const origin of ["http://localhost:3000", "http://127.0.0.1:8080", "https://desk.example"])
      await server.connect({origin});
    await server.connect();
    expect(server.clients()).toBe(4);
  });

  it.each(["https://elsewhere.example", "null", "http://localhost.elsewhere.example", "https://desk.example:444"])(
    "is shut to a page of %s",
    async (origin) => {
      await open();
      await expect(openSocketClient(server.url, {origin})).rejects.toThrow("403");
    }
  );

  it("is shut at another path, and when the house is full", async () => {
    await open({clients: 1});
    await expect(openSocketClient(`${server.url}/elsewhere`)).rejects.toThrow("404");
    await server.connect();
    await expect(openSocketClient(server.url)).rejects.toThrow("503");
    const page = await openSocketClient(server.url, {origin: "https://desk.example"});
    expect(await page.closed).toEqual({code: 1013, reason: "too many clients"});
  });

  it("lets a client go that does not answer pings", async () => {
    await open({heartbeatMs: 40});
    const [mute, well] = [await server.connect({autoPong: false}), await server.connect()];
    expect((await mute.closed).code).toBe(1006);
    expect(well.socket.readyState).toBe(well.socket.OPEN);
  });

  it("tells clients when it closes", async () => {
    await open();
    const client = await server.connect();
    await server.close();
    expect(await client.closed).toEqual({code: 1001, reason: "sidecar is stopping"});
  });

  it("answers /healthz with the feeds' health, and degraded while one is not connected", async () => {
    await open();
    const url = `${server.url.replace("ws:", "http:")}/healthz`;
    const well = await fetch(url);
    expect([well.status, await well.json()]).toEqual([200, {status: "ok", feeds: []}]);
    const counts = {reconnects: 0, gaps: 0, late: 0};
    server.state.feeds = [
      {
        name: "kite",
        instruments: [],
        connected: false,
        lastEventTime: null,
        lastReceivedTime: null,
        ...counts,
        lastError: "token refused"
      }
    ];
    expect(await (await fetch(url)).json()).toEqual({status: "degraded", feeds: server.state.feeds});
    expect((await fetch(url.replace("healthz", "secrets"))).status).toBe(404);
  });
});
