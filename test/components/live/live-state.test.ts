import {describe, expect, it} from "vitest";
import {type LiveEvidence, liveState} from "../../../components/live/live-state.js";
import type {TradingCalendar} from "../../../services/domain/calendar.js";
import type {FeedStatus} from "../../../services/domain/wire.js";

const NOON = Date.UTC(2024, 0, 2, 6, 30); // Tuesday 12:00 in India
const nse: TradingCalendar = {
  name: "nse",
  zone: "Asia/Kolkata",
  weekdays: [1, 2, 3, 4, 5],
  holidays: [],
  special: {},
  openMinute: 555,
  closeMinute: 930
};

const feedOf = (changes: Partial<FeedStatus> = {}): FeedStatus => ({
  name: "kite",
  instruments: ["NSE:INFY"],
  connected: true,
  lastEventTime: NOON - 1_000,
  lastReceivedTime: NOON - 900,
  reconnects: 0,
  gaps: 0,
  late: 0,
  lastError: null,
  ...changes
});

const stateOf = (changes: Partial<LiveEvidence>) =>
  liveState({now: NOON, isConnected: true, changedTime: NOON - 60_000, feed: feedOf(), calendar: nse, ...changes});

describe("liveState", () => {
  it("is live while ticks come in time", () => {
    expect(stateOf({})).toEqual({state: "live", since: NOON - 60_000});
  });

  it("is offline without a sidecar, since the end of the snapshot, whatever a feed once said", () => {
    expect(stateOf({isConnected: false, shownTime: NOON - 7_200_000})).toEqual({
      state: "offline",
      since: NOON - 7_200_000
    });
  });

  it("is delayed by as much as ticks arrive late", () => {
    const feed = feedOf({lastEventTime: NOON - 901_000, lastReceivedTime: NOON - 1_000});
    expect(stateOf({feed})).toEqual({state: "delayed", since: NOON - 60_000, delayMs: 900_000});
  });

  it("is stale since the last tick when a feed falls silent, at 30 s and not before", () => {
    const silent = (ms: number) => stateOf({feed: feedOf({lastReceivedTime: NOON - ms, lastEventTime: NOON - ms})});
    expect(silent(30_000).state).toBe("live");
    expect(silent(30_001)).toEqual({state: "stale", since: NOON - 30_001, reason: "the feed is silent"});
  });

  it("is stale since its own last tick where the instrument is silent beside a feed that lives", () => {
    expect(stateOf({heardTime: NOON - 120_000}).state).toBe("live");
    const reason = "no tick of this instrument";
    expect(stateOf({heardTime: NOON - 120_001})).toEqual({state: "stale", since: NOON - 120_001, reason});
    expect(stateOf({changedTime: NOON - 120_001})).toEqual({state: "stale", since: undefined, reason: `${reason} yet`});
  });

  it("counts an instrument's silence from its session's opening", () => {
    const opened = Date.UTC(2024, 0, 2, 3, 45) + 60_000;
    const feed = feedOf({lastEventTime: opened, lastReceivedTime: opened});
    const yesterday = opened - 17 * 3_600_000;
    expect(stateOf({now: opened, changedTime: yesterday, heardTime: yesterday, feed}).state).toBe("live");
  });

  it("is stale at once when the feed is not connected, and says why", () => {
    const feed = feedOf({connected: false, lastError: "token refused"});
    expect(stateOf({feed})).toEqual({state: "stale", since: NOON - 900, reason: "token refused"});
  });

  it("is stale, since no time, before the first tick or word of a feed", () => {
    expect(stateOf({feed: feedOf({lastReceivedTime: null, lastEventTime: null})})).toMatchObject({
      state: "stale",
      since: undefined
    });
    expect(stateOf({feed: undefined})).toMatchObject({state: "stale", since: undefined});
  });

  it("is closed, not stale, while the venue does not trade", () => {
    const evening = NOON + 6 * 3_600_000;
    expect(stateOf({now: evening})).toEqual({state: "closed", since: Date.UTC(2024, 0, 2, 10)});
  });
});
