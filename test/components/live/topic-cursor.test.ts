import {describe, expect, it} from "vitest";
import {createTopicCursor} from "../../../components/live/topic-cursor.js";
import type {Tick} from "../../../services/domain/tick.js";
import type {TickEvent, TopicEvent} from "../../../services/domain/wire.js";

const NINE = Date.UTC(2024, 0, 2, 9);
const topic = "tick:X:A";

const print = (seq: number, price: number, ms = 0): TickEvent => {
  const tick: Tick = {
    type: "trade",
    instrument: "X:A",
    eventTime: NINE + ms,
    receivedTime: NINE + ms,
    price,
    volume: 5
  };
  return {type: "tick", topic, seq, tick};
};
const seqsOf = (events: readonly (TopicEvent | "missed" | undefined)[]) =>
  events.map((event) => (typeof event === "object" ? event.seq : event));
const replay = (events: readonly TickEvent[]) =>
  ({type: "replay", topic, events, lastSeq: events.at(-1)?.seq ?? 0, complete: true}) as const;

describe("createTopicCursor", () => {
  it("takes prints of one time, price and size as so many prints, and an index that comes back to its price", () => {
    const cursor = createTopicCursor(topic);
    const stream = [print(1, 100), print(2, 100), print(3, 101), print(4, 100)];
    expect(seqsOf(stream.map(cursor.take))).toEqual([1, 2, 3, 4]);
  });

  it("takes them so from a replay of the same sidecar too", () => {
    const cursor = createTopicCursor(topic);
    cursor.take(print(1, 100));
    expect(seqsOf(cursor.takeReplay(replay([print(2, 100), print(3, 100)])))).toEqual([2, 3]);
  });

  it("drops of a new sidecar's first replay as many prints as it had read, and none after", () => {
    const cursor = createTopicCursor(topic);
    for (const event of [print(1, 99, -1), print(2, 100), print(3, 100)]) cursor.take(event);
    cursor.restart();
    expect(cursor.since()).toBe(NINE);
    const again = [print(1, 100), print(2, 100), print(3, 100), print(4, 101), print(5, 100, 7)];
    expect(seqsOf(cursor.takeReplay(replay(again)))).toEqual([3, 4, 5]);
    expect(seqsOf([print(6, 100, 7), print(7, 100, 7)].map(cursor.take))).toEqual([6, 7]);
  });

  it("does not take a late print for the newest moment", () => {
    const cursor = createTopicCursor(topic);
    for (const event of [print(1, 100, 5), print(2, 99, 2)]) cursor.take(event);
    cursor.restart();
    expect(seqsOf(cursor.takeReplay(replay([print(1, 99, 5), print(2, 100, 5)])))).toEqual([1]);
  });
});
