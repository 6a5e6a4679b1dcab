import {afterEach, beforeEach, describe, expect, it, vi} from "vitest";
import {type Client, createClient} from "../../../components/live/client.js";
import {defaultClientEffects, type Socket} from "../../../components/live/client-effects.js";
import type {ServerMessage, TopicEvent} from "../../../services/domain/wire.js";
import {barOf, barTopic, NINE, tickOf, tickTopic} from "./announcements.js";

describe("createClient, over a line that the test plays", () => {
  let lines: {socket: Socket; sent: Record<string, unknown>[]; isClosed: boolean}[];
  let client: Client;
  let events: TopicEvent[];
  let restart: (since?: Readonly<Record<string, number>>) => void;

  const say = (message: ServerMessage | string) => {
    lines.at(-1)!.socket.onmessage!({data: typeof message === "string" ? message : JSON.stringify(message)});
  };
  const hello = (boot: string): ServerMessage => {
    return {type: "hello", version: 1, serverTime: NINE, simulated: true, topics: [barTopic], boot};
  };
  const subscriptions = () => lines.at(-1)!.sent.filter(({op}) => op === "subscribe");

  beforeEach(() => {
    vi.useFakeTimers();
    lines = [];
    events = [];
    const open = (): Socket => {
      const line = {socket: {} as Socket, sent: [] as Record<string, unknown>[], isClosed: false};
      const send = (text: string) => void line.sent.push(JSON.parse(text));
      const close = () => {
        line.isClosed = true;
      };
      line.socket = {onmessage: null, onclose: null, onerror: null, send, close};
      lines.push(line);
      return line.socket;
    };
    restart = (since) => {
      client?.close();
      client = createClient({
        url: "ws://memory",
        topics: [barTopic, ...(since ? ([tickTopic] as const) : [])],
        ...(since && {since}),
        effects: {...defaultClientEffects, open, random: () => 1}
      });
      client.listen({onEvents: (fresh) => events.push(...fresh)});
    };
    restart();
  });
  afterEach(() => {
    client.close();
    vi.useRealTimers();
  });

  it("asks for what is missing when a number is left out, and hands nothing over out of order", () => {
    say(hello("a"));
    say({type: "replay", topic: barTopic, events: [], lastSeq: 4, complete: true});
    say({...barOf(1), topic: barTopic, seq: 6});
    expect(subscriptions().at(-1)).toEqual({op: "subscribe", topics: [barTopic], since: {[barTopic]: 4}});
    say({...barOf(2), topic: barTopic, seq: 7});
    expect([events, subscriptions().length]).toEqual([[], 2]);
    const missed = [barOf(0), barOf(1), barOf(2)].map((one, i) => ({...one, topic: barTopic, seq: 5 + i}) as const);
    say({type: "replay", topic: barTopic, events: missed, lastSeq: 7, complete: true});
    say({...barOf(3), topic: barTopic, seq: 8});
    expect(events.map(({seq}) => seq)).toEqual([5, 6, 7, 8]);
  });

  it("takes what a conflated event stands for as not missing", () => {
    say(hello("a"));
    say({type: "replay", topic: barTopic, events: [], lastSeq: 4, complete: true});
    say({...barOf(1, false), topic: barTopic, seq: 9, conflated: 4});
    expect([events.length, subscriptions().length]).toEqual([1, 1]);
  });

  it("calls a topic incomplete until a replay by time says that nothing is missing, and asks for it", () => {
    restart({[barTopic]: NINE});
    say(hello("a"));
    const replay = (complete: boolean) => say({type: "replay", topic: barTopic, events: [], lastSeq: 4, complete});
    replay(false);
    expect(client.state.incomplete).toEqual([barTopic]);
    vi.advanceTimersByTime(5_000);
    expect(subscriptions().at(-1)).toEqual({op: "subscribe", topics: [barTopic], since: {[barTopic]: NINE}});
    replay(false);
    const before = subscriptions().length;
    vi.advanceTimersByTime(5_000);
    say({type: "pong", serverTime: NINE});
    expect(subscriptions()).toHaveLength(before); // not each time, but at growing intervals
    say({...barOf(2), healed: true, topic: barTopic, seq: 5});
    vi.advanceTimersByTime(5_000);
    expect(subscriptions()).toHaveLength(before + 1);
    replay(true);
    expect(client.state.incomplete).toEqual([]);
  });

  it("takes no replay by number for proof that nothing is missing", () => {
    restart({[barTopic]: NINE});
    say(hello("a"));
    say({type: "replay", topic: barTopic, events: [], lastSeq: 4, complete: false});
    say({...barOf(1), topic: barTopic, seq: 6});
    expect(subscriptions().at(-1)).toMatchObject({since: {[barTopic]: 4}});
    say({type: "replay", topic: barTopic, events: [], lastSeq: 6, complete: true});
    expect(client.state.incomplete).toEqual([barTopic]);
  });

  it("asks whether a doubted stretch is whole, from its beginning", () => {
    restart({[barTopic]: NINE});
    say(hello("a"));
    say({type: "replay", topic: barTopic, events: [], lastSeq: 4, complete: true});
    client.doubt(barTopic, NINE + 120_000);
    expect(client.state.incomplete).toEqual([barTopic]);
    vi.advanceTimersByTime(5_000);
    expect(subscriptions().at(-1)).toMatchObject({since: {[barTopic]: NINE + 120_000}});
    say({type: "replay", topic: barTopic, events: [], lastSeq: 4, complete: true});
    expect(client.state.incomplete).toEqual([]);
  });

  it("asks again for what a busy sidecar refused, so that no topic stays mute", () => {
    say(hello("a"));
    say({type: "replay", topic: barTopic, events: [], lastSeq: 4, complete: true});
    say({type: "replay", topic: "status", events: [], lastSeq: 0, complete: true});
    say({...barOf(1), topic: barTopic, seq: 6});
    say({type: "error", code: "rate-limited", message: "more than 20 messages or topics a second"});
    const before = subscriptions().length;
    vi.advanceTimersByTime(5_000);
    expect(subscriptions().slice(before)).toEqual([{op: "subscribe", topics: [barTopic], since: {[barTopic]: 4}}]);
    say({type: "replay", topic: barTopic, events: [], lastSeq: 6, complete: true});
    say({...barOf(2), topic: barTopic, seq: 7});
    expect(events.map(({seq}) => seq)).toEqual([7]);
  });

  it("counts the ticks that were left out because it read too slowly", () => {
    restart({});
    say(hello("a"));
    say({type: "replay", topic: tickTopic, events: [], lastSeq: 4, complete: true});
    say({...tickOf(1), topic: tickTopic, seq: 9, conflated: 4});
    expect(client.state.leftOut).toBe(4);
  });

  it("comes back after 0.5, 1, 2 … at most 30 s, and sooner again once a line has lasted", () => {
    const waits: number[] = [];
    for (let i = 0; i < 8; ++i) {
      const [count, from] = [lines.length, Date.now()];
      lines.at(-1)!.socket.onclose!({code: 1006, reason: ""});
      while (lines.length === count) vi.advanceTimersByTime(100);
      waits.push(Date.now() - from);
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    say(hello("a"));
    vi.advanceTimersByTime(10_000);
    lines.at(-1)!.socket.onclose!({code: 1001, reason: ""});
    vi.advanceTimersByTime(500);
    expect(lines).toHaveLength(10);
  });

  it("gives up a line on which nothing has come for 20 s", () => {
    say(hello("a"));
    vi.advanceTimersByTime(20_000);
    expect(lines[0]!.isClosed).toBe(false);
    vi.advanceTimersByTime(5_000);
    expect([lines[0]!.isClosed, client.state.connection]).toEqual([true, "waiting"]);
  });

  it.each([
    ["text that is no JSON", "{"],
    ["another program's words", '{"type":"ohlc","contract_id":"X"}'],
    [
      "a bar whose high is below its low",
      JSON.stringify({...barOf(0), bar: {...barOf(0).bar, high: 0.5}, topic: barTopic, seq: 1})
    ],
    ["a protocol it does not know", JSON.stringify({...hello("a"), version: 2})]
  ])("hangs up on %s, and says so", (_, text) => {
    say(text);
    expect(lines[0]!.isClosed).toBe(true);
    expect(client.state.lastError).toMatch(/not a message|JSON|unknown protocol version/);
  });

  it("is still after it is closed", () => {
    client.close();
    vi.advanceTimersByTime(120_000);
    expect([lines.length, lines[0]!.isClosed]).toEqual([1, true]);
  });
});
