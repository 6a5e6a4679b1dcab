import {beforeEach, describe, expect, it} from "vitest";
import type {Bar} from "../../services/domain/bar.js";
import type {BarEvent} from "../../services/domain/wire.js";
import {ladder} from "../../services/sidecar/bars/level.js";
import {createLiveCascade, type LiveCascade} from "../../services/sidecar/bars/live-cascade.js";
import {barTopic} from "../../services/sidecar/topics/bar-topic.js";
import {createHub, type Hub} from "../../services/sidecar/topics/hub.js";
import {roundTheClock} from "./tape.js";
import {createVirtualTime} from "./virtual-time.js";

const NINE = Date.UTC(2024, 0, 2, 9);
const MINUTE = 60_000;
const topic = "bar:X:A:1m";

/** Adds trades, whose volume is not known where it is `undefined`: a day's count that has no count before it. */
function withAdd(cascade: LiveCascade) {
  let dayVolume = 0;
  return {
    ...cascade,
    add(eventTime: number, price: number, volume: number | undefined) {
      const base = {type: "trade", instrument: "X:A", eventTime, receivedTime: eventTime, price} as const;
      if (volume === undefined) cascade.add({...base, volume: 0, dayVolume: ++dayVolume});
      else cascade.add({...base, volume});
    }
  };
}

const bar = (time: number, price: number): Bar => {
  return {time, open: price, high: price, low: price, close: price, volume: 1};
};

describe("createLiveCascade, connected at 09:00:10", () => {
  let time: ReturnType<typeof createVirtualTime>;
  let hub: Hub;
  let series: ReturnType<typeof withAdd>;
  let events: BarEvent[];
  let asked: [number, number][];
  let history: Bar[];

  beforeEach(() => {
    time = createVirtualTime(NINE + 10_000);
    hub = createHub();
    for (const timeframe of ladder) hub.open(barTopic("X:A", timeframe), 100);
    events = [];
    asked = [];
    history = [];
    hub.listenAll((outgoing) => {
      for (const {event} of outgoing) if (event.topic === topic) events.push(event as BarEvent);
    });
    const pull = async (start: number, end: number) => {
      asked.push([start, end]);
      return history.filter((one) => one.time >= start && one.time < end);
    };
    const cascade = createLiveCascade(
      {
        ...{instrument: "X:A", calendar: roundTheClock, hub, pull, onChange() {}},
        origin: NINE - 5 * MINUTE
      },
      time.effects
    );
    series = withAdd(cascade);
    series.resume(time.now());
  });

  const finals = () => events.filter(({final}) => final);

  it("calls the first minute partial, and never final from its ticks", async () => {
    series.add(NINE + 20_000, 100, 1);
    series.add(NINE + MINUTE + 1, 101, 1);
    expect(events.map(({final, partial}) => [final, partial])).toEqual([
      [false, true],
      [false, undefined]
    ]);
    expect(events[1]!.bar).toEqual(bar(NINE + MINUTE, 101));
  });

  it("heals what was before it came, and the first minute once that is over", async () => {
    history = [bar(NINE - MINUTE, 98), bar(NINE, 99)];
    await time.runUntil(NINE + MINUTE + 10_000);
    expect(finals().map(({bar: {time: open}, healed}) => [open, healed])).toEqual([
      [NINE - MINUTE, true],
      [NINE, true]
    ]);
    expect(asked[0]).toEqual([NINE - 5 * MINUTE, NINE]);
    expect(asked.at(-1)).toEqual([NINE, NINE + MINUTE]);
  });

  it("closes a bar by time only once the feed was heard beyond its end", () => {
    series.add(NINE + MINUTE + 30_000, 100, 1);
    series.closeDue(NINE + 2 * MINUTE + 2_000, NINE + 2 * MINUTE - 1);
    expect(finals()).toEqual([]);
    series.closeDue(NINE + 2 * MINUTE + 1_999, NINE + 2 * MINUTE);
    expect(finals()).toEqual([]);
    series.closeDue(NINE + 2 * MINUTE + 2_000, NINE + 2 * MINUTE);
    expect(finals().map((event) => event.bar)).toEqual([bar(NINE + MINUTE, 100)]);
  });

  it("asks history for a bar whose feed has fallen silent", async () => {
    await time.runUntil(NINE + MINUTE + 10_000);
    series.add(NINE + MINUTE + 30_000, 100, 1);
    history = [bar(NINE + MINUTE, 103)];
    await time.runUntil(NINE + 2 * MINUTE + 15_000);
    series.closeDue(time.now(), NINE + MINUTE + 30_000);
    await time.runUntil(NINE + 3 * MINUTE + 30_000);
    expect(finals().map(({bar: one, healed}) => [one, healed])).toEqual([[bar(NINE + MINUTE, 103), true]]);
  });

  it("heals a bar that was over, but in its grace, when the line broke", async () => {
    await time.runUntil(NINE + MINUTE + 10_000);
    series.add(NINE + MINUTE + 30_000, 100, 1);
    series.interrupt(NINE + 2 * MINUTE + 500); // another instrument was heard in the next minute
    series.resume(NINE + 2 * MINUTE + 1_000);
    history = [bar(NINE + MINUTE, 103)];
    await time.runUntil(NINE + 5 * MINUTE);
    expect(finals().map((event) => event.bar)).toEqual([bar(NINE + MINUTE, 103)]);
  });

  it("heals a minute that ended while the line was away before the next one is over", async () => {
    await time.runUntil(NINE + MINUTE + 10_000);
    series.interrupt(NINE + MINUTE + 58_000);
    history = [bar(NINE + MINUTE, 103)];
    await time.runUntil(NINE + 2 * MINUTE + 5_000);
    series.resume(time.now()); // into the next minute, of which the beginning is missing too
    await time.runUntil(NINE + 2 * MINUTE + 10_000);
    expect(finals().map((event) => event.bar)).toEqual([bar(NINE + MINUTE, 103)]);
  });

  it("heals from the last word of a mute feed, not from when it was found out", async () => {
    series.add(NINE + MINUTE + 30_000, 100, 1);
    series.closeDue(NINE + 2 * MINUTE + 2_000, NINE + 2 * MINUTE + 1_000);
    await time.runUntil(NINE + 3 * MINUTE + 5_000);
    series.interrupt(NINE + 2 * MINUTE + 1_000); // mute since then: the minute from 09:02 has no tick here
    series.resume(time.now());
    history = [bar(NINE + 2 * MINUTE, 104)];
    await time.runUntil(NINE + 6 * MINUTE);
    expect(finals().map((event) => event.bar)).toContainEqual(bar(NINE + 2 * MINUTE, 104));
  });

  it("counts a tick that comes after its bar, and leaves the bar as announced", () => {
    series.add(NINE + MINUTE + 1, 100, 1);
    series.add(NINE + 2 * MINUTE + 1, 101, 1);
    series.add(NINE + 2 * MINUTE + 2_001, 101, 1);
    series.add(NINE + MINUTE + 59_000, 200, 1);
    expect(series.counts().late).toBe(1);
    expect(finals().map((event) => event.bar)).toEqual([bar(NINE + MINUTE, 100)]);
  });

  it("heals a bar in which the day's volume was not known from its beginning", async () => {
    await time.runUntil(NINE + MINUTE + 10_000);
    series.add(NINE + MINUTE + 30_000, 100, undefined);
    series.add(NINE + 2 * MINUTE + 1, 101, 5);
    series.add(NINE + 3 * MINUTE + 1, 102, 5);
    expect(finals().map((event) => event.bar.time)).toEqual([NINE + 2 * MINUTE]);
    history = [bar(NINE + MINUTE, 100)];
    await time.runUntil(NINE + 5 * MINUTE);
    expect(finals().at(-1)).toMatchObject({bar: bar(NINE + MINUTE, 100), healed: true});
  });

  it("goes on by history while its feed is away for long", async () => {
    await time.runUntil(NINE + MINUTE + 10_000);
    series.interrupt(NINE + MINUTE);
    history = Array.from({length: 9}, (_, i) => bar(NINE + (i - 1) * MINUTE, 100 + i));
    for (let minute = 2; minute < 6; ++minute) {
      await time.runUntil(NINE + minute * MINUTE + 3_000);
      series.closeDue(time.now(), NINE + MINUTE);
    }
    await time.runUntil(NINE + 5 * MINUTE + 30_000);
    expect(finals().at(-1)?.bar.time).toBe(NINE + 4 * MINUTE);
    series.resume(NINE + 5 * MINUTE + 31_000);
    await time.runUntil(NINE + 7 * MINUTE);
    expect(finals().map(({bar: one}) => one)).toEqual(history.slice(1, 7));
    expect(series.counts().gaps).toBe(0);
  });

  it("does not let a minute that is past wait for one that is not, when it comes late to its feed", async () => {
    series.interrupt(NINE);
    await time.runUntil(NINE + MINUTE + 2_500);
    series.closeDue(time.now(), NINE);
    history = [bar(NINE, 99)];
    series.resume(time.now() + 500);
    await time.runUntil(NINE + MINUTE + 15_000);
    expect(finals().map(({bar: one}) => one)).toEqual(history);
  });

  it("does not count a tick from before it listened as late", () => {
    series.add(NINE + 5_000, 100, 1);
    expect(series.counts().late).toBe(0);
  });

  it("asks history for a minute that is said to be there, unless ticks make it", async () => {
    await time.runUntil(NINE + MINUTE + 10_000);
    series.ask(NINE + MINUTE);
    series.add(NINE + 2 * MINUTE + 1, 101, 1);
    series.ask(NINE + 2 * MINUTE);
    history = [bar(NINE + MINUTE, 107)];
    await time.runUntil(NINE + 2 * MINUTE + 10_000);
    expect(finals().map((event) => [event.bar, event.healed])).toContainEqual([bar(NINE + MINUTE, 107), true]);
    expect(asked.some(([start]) => start === NINE + 2 * MINUTE)).toBe(false);
  });

  it("says what it cannot replay whole while a hole is open", async () => {
    const isComplete = () => hub.replay(topic, NINE - 5 * MINUTE).complete;
    expect(isComplete()).toBe(false);
    history = Array.from({length: 6}, (_, i) => bar(NINE - (5 - i) * MINUTE, 100));
    await time.runUntil(NINE + MINUTE + 10_000);
    expect([series.counts().gaps, isComplete()]).toEqual([0, true]);
    series.interrupt(NINE + MINUTE);
    expect([series.counts().gaps, isComplete()]).toEqual([1, false]);
  });
});
