import {describe, expect, it} from "vitest";
import type {Client, ClientListener} from "../../../components/live/client.js";
import {initialState} from "../../../components/live/client-state.js";
import {createGate} from "../../../components/live/gate.js";
import type {BarEvent, SignalEvent, TickEvent, TopicEvent} from "../../../services/domain/wire.js";

const NINE = Date.UTC(2024, 0, 2, 9);

function handClient() {
  const listeners = new Set<ClientListener>();
  const client: Client = {
    state: initialState(NINE),
    serverNow: () => NINE,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    doubt() {},
    close() {}
  };
  return {client, say: (...events: TopicEvent[]) => listeners.forEach((one) => void one.onEvents?.(events))};
}
const tick = (seq: number): TickEvent => ({
  type: "tick",
  topic: "tick:X:A",
  seq,
  tick: {type: "quote", instrument: "X:A", eventTime: NINE + seq, receivedTime: NINE + seq, bid: seq, ask: seq}
});
const bar = (seq: number, final: boolean): BarEvent => ({
  type: "bar",
  topic: "bar:X:A:1m",
  seq,
  final,
  bar: {time: NINE, open: 1, high: 1, low: 1, close: 1, volume: seq}
});
const signal = (seq: number): SignalEvent => ({
  type: "signal",
  topic: "signal:X:A:1m",
  seq,
  signal: {
    ...{instrument: "X:A", timeframe: "1m", type: "uptrend_start", time: NINE, knownAt: NINE, price: 1},
    ...{rule: "trend-start@1", ruleType: "EXHAUSTION_REVERSAL", analyzer: "trend"}
  }
});

describe("createGate", () => {
  it("lets everything through in order, held or not, once", () => {
    const {client, say} = handClient();
    const gate = createGate(client);
    const heard: number[] = [];
    gate.listen({onEvents: (events) => heard.push(...events.map(({seq}) => seq))});
    say(tick(1));
    gate.hold();
    say(tick(2), tick(3));
    say(tick(4));
    expect([heard, gate.waiting, gate.heldTime]).toEqual([[1], 3, NINE]);
    gate.step(({seq}) => seq === 3);
    expect([heard, gate.waiting]).toEqual([[1, 2, 3], 1]);
    gate.release();
    say(tick(5));
    expect([heard, gate.waiting, gate.heldTime]).toEqual([[1, 2, 3, 4, 5], 0, undefined]);
  });

  it("does not keep from others what the line says meanwhile", () => {
    const {client, say} = handClient();
    const gate = createGate(client);
    const heard: number[] = [];
    gate.line.listen({onEvents: (events) => heard.push(...events.map(({seq}) => seq))});
    gate.hold();
    say(tick(1));
    expect(heard).toEqual([1]);
  });

  it("lets go of what is superseded after long holding, never of a final bar or a signal", () => {
    const {client, say} = handClient();
    const gate = createGate(client, {most: 10, ticksKept: 2});
    const heard: TopicEvent[] = [];
    gate.listen({onEvents: (events) => heard.push(...events)});
    gate.hold();
    const sent = [bar(1, true), signal(1), ...[2, 3, 4, 5].map((seq) => bar(seq, false)), ...[1, 2, 3, 4, 5].map(tick)];
    for (const event of sent) say(event);
    gate.release();
    expect(heard).toEqual([bar(1, true), signal(1), bar(5, false), tick(4), tick(5)]);
  });
});
