import {afterEach, describe, expect, it} from "vitest";
import {barTopic, NINE, startTestServer, type TestServer, tickTopic} from "./test-server.js";

let server: TestServer;

async function open(...changes: Parameters<typeof startTestServer>): Promise<void> {
  server = await startTestServer(...changes);
}

afterEach(() => server.stop());

describe("a client that is wrong", () => {
  it.each([
    ["{", "bad-json"],
    ["[]", "bad-message"],
    ["null", "bad-message"],
    ['{"op":"buy"}', "bad-message"],
    ['{"op":"subscribe"}', "bad-message"],
    ['{"op":"subscribe","topics":[1]}', "bad-message"],
    ['{"op":"subscribe","topics":[]}', "bad-message"],
    [`{"op":"subscribe","topics":["${barTopic}"],"since":{"${barTopic}":"now"}}`, "bad-message"],
    [`{"op":"subscribe","topics":["${barTopic}"],"since":{"${barTopic}":-1}}`, "bad-message"],
    ['{"op":"subscribe","topics":["bar:X:B:1m"]}', "unknown-topic"],
    ['{"op":"subscribe","topics":["__proto__"],"since":{"__proto__":1}}', "unknown-topic"]
  ])("is told so: %s is %s, and others hear nothing of it", async (text, code) => {
    await open();
    const [wrong, other] = [await server.connect(), await server.connect()];
    other.say({op: "subscribe", topics: [barTopic]});
    await other.next("subscribed");
    wrong.say(text);
    expect((await wrong.next("error")).code).toBe(code);
    server.tell(NINE, 1);
    expect((await other.next("bar")).seq).toBe(1);
    expect(other.messages.map(({type}) => type)).toEqual(["hello", "subscribed", "replay", "bar"]);
    wrong.say({op: "ping"});
    await wrong.next("pong");
  });

  it("gets what is right of a subscription, and an error for the rest", async () => {
    await open();
    const client = await server.connect();
    client.say({op: "subscribe", topics: [barTopic, "nonsense", tickTopic]});
    expect((await client.next("subscribed")).topics).toEqual([barTopic, tickTopic]);
    expect((await client.next("error")).message).toContain("nonsense");
  });

  it("may not send binary", async () => {
    await open();
    const client = await server.connect();
    client.socket.send(new Uint8Array([1, 2, 3]));
    expect((await client.next("error")).code).toBe("bad-message");
  });

  it("is closed with 1009 for an oversized message", async () => {
    await open({messageBytes: 1_000});
    const client = await server.connect();
    client.say("x".repeat(1_001));
    expect((await client.closed).code).toBe(1009);
  });

  it("is closed with 4002 after too many errors", async () => {
    await open({strikes: 5});
    const client = await server.connect();
    for (let i = 0; i < 5; ++i) client.say("{");
    expect(await client.closed).toEqual({code: 4002, reason: "too many errors"});
    expect(client.messages.filter(({type}) => type === "error")).toHaveLength(5);
  });

  it("is held to the message rate, a subscription counting once per topic", async () => {
    await open({messageBurst: 3, messagesPerSecond: 1});
    const client = await server.connect();
    client.say({op: "subscribe", topics: [barTopic, tickTopic]});
    client.say({op: "ping"});
    client.say({op: "ping"});
    expect((await client.next("error")).code).toBe("rate-limited");
    expect(client.messages.filter(({type}) => type === "pong")).toHaveLength(1);
  });

  it("is held to it by the machine's clock, whatever the sidecar's says", async () => {
    await open({messageBurst: 3, messagesPerSecond: 50}, {now: () => 1_700_000_000_000});
    const client = await server.connect();
    for (let i = 0; i < 4; ++i) client.say({op: "ping"});
    await client.next("error");
    await new Promise((resolve) => setTimeout(resolve, 100));
    client.say({op: "ping", id: 9});
    await expect.poll(() => client.messages.at(-1)).toMatchObject({type: "pong", id: 9});
  });

  it("has no more topics than allowed", async () => {
    await open({topicsPerClient: 1});
    const client = await server.connect();
    client.say({op: "subscribe", topics: [barTopic, tickTopic]});
    expect((await client.next("subscribed")).topics).toEqual([barTopic]);
    expect(await client.next("error")).toMatchObject({
      code: "too-many-topics",
      message: `more than 1 topics: ${tickTopic}`
    });
  });
});
