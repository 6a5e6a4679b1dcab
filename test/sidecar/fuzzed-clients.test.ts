import fc from "fast-check";
import {afterEach, expect, it} from "vitest";
import type {ServerMessage} from "../../services/domain/wire.js";
import {barTopic, NINE, startTestServer, type TestServer, tickTopic, told} from "./test-server.js";

const messages = process.env["TAPEBOOK_VERIFY"] ? 10_000 : 600;
const perClient = 200;

const name = fc.oneof(
  fc.constantFrom<string>(barTopic, tickTopic, "status", "__proto__", "constructor", "tick:", "*", "signal:*"),
  fc.string({maxLength: 300})
);
const number = fc.oneof(fc.double(), fc.constantFrom(-1, 0, 1e11, 2 ** 53, Number.MAX_VALUE));
const since = fc.oneof(fc.dictionary(name, fc.oneof(number, fc.string())), fc.anything());
const subscribe = fc.record(
  {op: fc.constant("subscribe"), topics: fc.oneof(fc.array(name, {maxLength: 40}), fc.anything()), since},
  {requiredKeys: ["op"]}
);
const others = fc.record(
  {
    op: fc.oneof(fc.constantFrom("unsubscribe", "ping", "hello"), fc.anything()),
    topics: fc.array(name),
    id: fc.anything()
  },
  {requiredKeys: ["op"]}
);
const json = fc.oneof(subscribe, others, fc.anything()).map((value) => JSON.stringify(value) ?? "undefined");
/** JSON with a piece cut out of it or another put in. */
const torn = fc
  .tuple(json, fc.nat(), fc.nat(20), fc.string({maxLength: 20}))
  .map(
    ([text, at, length, put]) =>
      text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + length)
  );
const deep = fc.integer({min: 1, max: 20_000}).map((depth) => "[".repeat(depth) + "]".repeat(depth));
const frame = fc.oneof(
  {weight: 4, arbitrary: json},
  {weight: 4, arbitrary: torn},
  {weight: 2, arbitrary: fc.string({maxLength: 2_000})},
  {weight: 1, arbitrary: deep},
  {weight: 1, arbitrary: fc.uint8Array({maxLength: 500})}
);

/** What the sidecar may say to a client, whatever that has said. */
const codes = new Set(["bad-json", "bad-message", "unknown-topic", "too-many-topics", "rate-limited"]);
function isInOrder(message: ServerMessage): boolean {
  if (message.type === "error") return codes.has(message.code) && message.message.length < 2_000;
  return ["hello", "subscribed", "replay", "pong", "bar", "tick", "batch", "status"].includes(message.type);
}

let server: TestServer;
afterEach(() => server.stop());

it(`${messages} messages made by chance are each answered by a code or carried out, and others hear nothing of it`, async () => {
  const lenient = {messageBurst: 1e9, messagesPerSecond: 1e9, strikes: 1e9};
  server = await startTestServer(lenient);
  const well = await server.connect();
  well.say({op: "subscribe", topics: [barTopic]});
  await well.next("subscribed");
  let bars = 0;
  const batches = fc.sample(fc.array(frame, {minLength: perClient, maxLength: perClient, size: "max"}), {
    seed: 31,
    numRuns: messages / perClient
  });
  for (const batch of batches) {
    const client = await server.connect();
    for (const one of batch) client.socket.send(one);
    server.tell(NINE + ++bars * 60_000, bars);
    client.say({op: "ping", id: 4_711});
    await expect
      .poll(() => client.messages.some((message) => message.type === "pong" && message.id === 4_711))
      .toBe(true);
    expect(client.messages.filter((message) => !isInOrder(message))).toEqual([]);
    expect(client.messages.filter(({type}) => type === "error").length).toBeGreaterThan(perClient / 10);
    client.socket.terminate();
  }
  await expect
    .poll(() => told(well, barTopic).map(({seq}) => seq))
    .toEqual(Array.from({length: bars}, (_, i) => i + 1));
  await expect.poll(() => server.clients()).toBe(1);
}, 600_000);

it("a client that says nothing but nonsense is sent away after its strikes, every time it comes", async () => {
  server = await startTestServer();
  const frames = fc.sample(torn, {seed: 32, numRuns: 400});
  for (let visit = 0; visit < 5; ++visit) {
    const client = await server.connect();
    for (const one of frames) client.socket.send(`{${one}`);
    expect((await client.closed).code).toBe(4002);
    expect(client.messages.filter(({type}) => type === "error")).toHaveLength(50);
  }
});
