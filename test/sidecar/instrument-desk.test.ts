import {beforeEach, describe, expect, it} from "vitest";
import type {Tick} from "../../services/domain/tick.js";
import {ladder} from "../../services/sidecar/bars/level.js";
import {createLiveCascade} from "../../services/sidecar/bars/live-cascade.js";
import {createInstrumentDesk, type InstrumentDesk} from "../../services/sidecar/instrument-desk.js";
import {barTopic} from "../../services/sidecar/topics/bar-topic.js";
import {createHub, type Hub} from "../../services/sidecar/topics/hub.js";
import {roundTheClock} from "./tape.js";
import {createVirtualTime} from "./virtual-time.js";

const NINE = Date.UTC(2024, 0, 2, 9);
const MINUTE = 60_000;
const SECOND = NINE + MINUTE + 5_000;

const trade = (eventTime: number, price: number, volume = 0, dayVolume?: number): Tick => {
  const base = {type: "trade", instrument: "X:A", eventTime, receivedTime: eventTime, price, volume} as const;
  return dayVolume === undefined ? base : {...base, dayVolume};
};
const quote = (eventTime: number, bid: number): Tick => {
  return {type: "quote", instrument: "X:A", eventTime, receivedTime: eventTime, bid, ask: bid + 1};
};

describe("createInstrumentDesk", () => {
  let hub: Hub;
  let desk: InstrumentDesk;
  beforeEach(() => {
    const time = createVirtualTime(NINE);
    hub = createHub();
    hub.open("tick:X:A", 100);
    for (const timeframe of ladder) hub.open(barTopic("X:A", timeframe), 100);
    const pull = async () => [];
    const options = {instrument: "X:A", calendar: roundTheClock, hub, pull, origin: NINE, onChange() {}} as const;
    desk = createInstrumentDesk({instrument: "X:A", bars: createLiveCascade(options, time.effects), hub});
    desk.resume(NINE);
  });
  const take = (...ticks: readonly Tick[]) => ticks.map((tick) => desk.take(tick));
  const finals = () => {
    const {events} = hub.replay(barTopic("X:A", "1m"), 0);
    return events.flatMap((event) => (event.type === "bar" && event.final ? [event.bar] : []));
  };

  it("counts an index that comes back to a price within its second, so that the minute closes there", () => {
    expect(take(...[100, 101, 100].map((price) => trade(SECOND, price)))).toEqual([true, true, true]);
    desk.take(trade(NINE + 2 * MINUTE, 105));
    expect(finals()).toMatchObject([{time: NINE + MINUTE, open: 100, high: 101, low: 100, close: 100}]);
  });

  it("counts two trades of one time, price and size, and two equal quotes, as two", () => {
    expect(take(trade(SECOND, 100, 5), trade(SECOND, 100, 5))).toEqual([true, true]);
    expect(take(quote(SECOND + 1, 100), quote(SECOND + 1, 100))).toEqual([true, true]);
    desk.take(trade(NINE + 2 * MINUTE, 105));
    expect(finals()).toMatchObject([{time: NINE + MINUTE, volume: 12}]);
  });

  it("drops what comes once more after a break, each as often as it was heard", () => {
    const before = [trade(SECOND, 100, 5), trade(SECOND, 100, 5), quote(SECOND, 100)];
    take(...before);
    desk.interrupt(SECOND);
    desk.resume(SECOND + 10_000);
    expect(take(...before, trade(SECOND, 100, 5))).toEqual([false, false, false, true]);
    desk.resume(SECOND + 20_000);
    expect(take(...before, trade(SECOND + 21_000, 100, 5))).toEqual([false, false, false, true]);
  });

  it("knows the last trade that a new connection states, though not what was dealt in it", () => {
    desk.take(trade(SECOND, 100, 40, 1_040));
    desk.resume(SECOND + 10_000);
    expect(take(trade(SECOND, 100, 0, 1_040), trade(SECOND, 100, 0, 1_041))).toEqual([false, true]);
  });

  it("remembers the newest 512 from before a break", () => {
    const ticks = Array.from({length: 2_000}, (_, i) => quote(SECOND + i, 100));
    take(...ticks);
    desk.resume(SECOND + 10_000);
    expect(take(...ticks).filter((isTaken) => isTaken)).toHaveLength(2_000 - 512);
  });
});
