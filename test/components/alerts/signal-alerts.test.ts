// @vitest-environment jsdom
import {afterEach, beforeEach, describe, expect, it, vi} from "vitest";
import {runAlerts} from "../../../components/alerts/alert-engine.js";
import {parseRule} from "../../../components/alerts/alert-rule.js";
import {type AlertStore, type Firing, openAlertStore} from "../../../components/alerts/alert-store.js";
import {toBarSeries} from "../../../services/domain/bar.js";
import type {Signal} from "../../../services/domain/wire.js";
import {type HandDesk, handDesk, infy, minuteBar, NINE} from "../live/hand-desk.js";
import {memoryBrowser} from "./memory-browser.js";

const ids = [infy.id];
const snapshot = toBarSeries([minuteBar(-600, 1_500), minuteBar(-2, 1_510), minuteBar(-1, 1_520)]);

describe("alerts on trend starts", () => {
  let hand: HandDesk;
  let store: AlertStore;
  let firings: Firing[];
  let end: () => void;

  const arm = (text: string) => {
    const parsed = parseRule(text, ids);
    if ("fault" in parsed) throw new Error(parsed.fault);
    store.add(parsed.rule, hand.desk.now());
  };
  const look = (ms = 1_000) => vi.advanceTimersByTimeAsync(ms);

  beforeEach(() => {
    vi.useFakeTimers({now: NINE + 10_000});
    hand = handDesk(snapshot);
    store = openAlertStore(ids, memoryBrowser().open());
    firings = [];
    end = runAlerts({desk: hand.desk, store, onFiring: (firing) => firings.push(firing)});
  });
  afterEach(() => {
    end();
    hand.desk.close();
    vi.useRealTimers();
  });

  it("fire on a trend start known since, with its rule", async () => {
    arm("signal NSE:INFY 1m down");
    const signal: Omit<Signal, "type" | "knownAt"> = {
      ...{instrument: "NSE:INFY", timeframe: "1m", time: NINE - 120_000, price: 1_510, rule: "trend-start@1"},
      ...{ruleType: "EXHAUSTION_REVERSAL", analyzer: "trend"}
    };
    const say = (seq: number, type: "uptrend_start" | "downtrend_start", knownAt: number) =>
      hand.say({type: "signal", topic: "signal:NSE:INFY:1m", seq, signal: {...signal, type, knownAt}});
    hand.say({
      type: "hello",
      version: 1,
      serverTime: Date.now(),
      simulated: true,
      topics: ["signal:NSE:INFY:1m"],
      boot: "a"
    });
    say(1, "downtrend_start", NINE - 120_000);
    say(2, "uptrend_start", NINE);
    await look();
    expect(firings).toEqual([]);
    hand.say({
      type: "signal",
      topic: "signal:NSE:INFY:1m",
      seq: 3,
      signal: {...signal, type: "downtrend_start", time: NINE, knownAt: NINE + 60_000}
    });
    await look();
    expect(firings[0]!.evidence).toMatchObject({
      type: "signal",
      direction: "down",
      knownAt: NINE + 60_000,
      by: "trend"
    });
  });

  it("do not take this page's own finding for a signal where the sidecar states them, or bars are missing", async () => {
    const drop = (minute: number) => minuteBar(minute, 1_500 + 10 * Math.sin(minute) + (minute % 3) * 4, 6);
    arm("signal NSE:INFY 1m any");
    hand.say({
      type: "hello",
      version: 1,
      serverTime: Date.now(),
      simulated: true,
      topics: ["signal:NSE:INFY:1m"],
      boot: "a"
    });
    for (let minute = 0; minute < 60; ++minute) hand.bar(drop(minute), true);
    await look();
    expect([hand.desk.signals("1m").length > 0, firings]).toEqual([true, []]);
    hand.say({type: "hello", version: 1, serverTime: Date.now(), simulated: true, topics: [], boot: "a"});
    hand.say({type: "replay", topic: "bar:NSE:INFY:1m", events: [], lastSeq: 60, complete: false});
    await look();
    expect(firings).toEqual([]);
    hand.say({type: "replay", topic: "bar:NSE:INFY:1m", events: [], lastSeq: 60, complete: true});
    await look();
    expect(firings).toEqual([]); // nobody asked for that by time: it proves nothing
    await look(10_000);
    expect(hand.asked("bar:NSE:INFY:1m")).toBe(snapshot.time.at(-1));
    hand.say({type: "replay", topic: "bar:NSE:INFY:1m", events: [], lastSeq: 60, complete: true});
    await look();
    expect(firings[0]!.evidence).toMatchObject({type: "signal", by: "this page"});
  });

  it("wait with this page's own findings where a minute is missing on a line that stands, until none is", async () => {
    const drop = (minute: number) => minuteBar(minute, 1_500 + 10 * Math.sin(minute) + (minute % 3) * 4, 6);
    hand.say({type: "replay", topic: "bar:NSE:INFY:1m", events: [], lastSeq: 0, complete: true});
    hand.bar(drop(0), true);
    hand.bar(drop(1), true);
    arm("signal NSE:INFY 1m any");
    for (let minute = 3; minute < 60; ++minute) hand.bar(drop(minute), true);
    await look(6_000);
    expect([hand.desk.signals("1m").length > 0, firings]).toEqual([true, []]);
    expect(hand.asked("bar:NSE:INFY:1m")).toBe(drop(2).time);
    hand.say({type: "replay", topic: "bar:NSE:INFY:1m", events: [], lastSeq: 59, complete: true}); // nothing was dealt in it
    await look();
    expect(firings[0]!.evidence).toMatchObject({type: "signal", by: "this page"});
  });
});
