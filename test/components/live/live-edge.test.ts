// @vitest-environment jsdom
import {afterEach, beforeEach, describe, expect, it, vi} from "vitest";
import {defaultClientEffects, type Socket} from "../../../components/live/client-effects.js";
import {createLiveEdge, extendSeries, type LiveEdge} from "../../../components/live/live-edge.js";
import {createLookedAt} from "../../../components/live/looked-at.js";
import {trendStarts} from "../../../services/analytics/structure/trend-starts/trend-starts.js";
import {type Bar, toBarSeries, toBars} from "../../../services/domain/bar.js";
import {roundTheClock} from "../../sidecar/tape.js";
import {infy, minuteBar, NINE} from "./hand-desk.js";
import {joinAll} from "./join-all.js";

const day = 1_440;
const minutes = [minuteBar(-day, 90), minuteBar(-day + 1, 91), minuteBar(-2, 100), minuteBar(-1, 101)];

describe("the live edge of a report", () => {
  let edge: LiveEdge;
  let socket: Socket;
  const say = (message: object) => socket.onmessage!({data: JSON.stringify(message)});
  let seq = 0;
  const replay = (complete: boolean) =>
    say({type: "replay", topic: "bar:NSE:INFY:1m", events: [], lastSeq: seq, complete});
  const bar = (of: Bar, final: boolean) => say({type: "bar", topic: "bar:NSE:INFY:1m", seq: ++seq, bar: of, final});

  beforeEach(() => {
    vi.useFakeTimers({now: NINE + 5_000});
    seq = 0;
    const open = () => (socket = {onmessage: null, onclose: null, onerror: null, send() {}, close() {}});
    const effects = {...defaultClientEffects, open};
    edge = createLiveEdge({
      instrument: infy,
      calendar: roundTheClock,
      minutes: toBarSeries(minutes),
      url: "ws://memory",
      effects
    });
    say({type: "hello", version: 1, serverTime: NINE + 5_000, simulated: true, topics: [], boot: "a"});
  });
  afterEach(() => {
    edge.end();
    vi.useRealTimers();
  });

  it("leaves a report as it is until something comes, and carries it on from there", () => {
    const whole = toBarSeries(minutes);
    expect(edge.extend(whole, "1m")).toMatchObject({bars: whole, seam: undefined});
    bar(minuteBar(0, 102), true);
    bar(minuteBar(1, 103), false);
    const {bars, seam, forming} = edge.extend(whole, "1m");
    expect(toBars(bars)).toEqual([...minutes, minuteBar(0, 102), minuteBar(1, 103)]);
    expect([seam, forming]).toEqual([NINE, minuteBar(1, 103)]);
  });

  it("makes the day of the whole session, minutes of the snapshot included", () => {
    bar(minuteBar(0, 50), true);
    const days = toBarSeries([{...minuteBar(-day, 90), time: NINE - (24 + 9) * 3_600_000}]);
    const {bars} = edge.extend(days, "1d");
    expect(toBars(bars).map(({open, low, close, volume}) => [open, low, close, volume])).toEqual([
      [90, 90, 90, 1],
      [100, 50, 50, 3]
    ]);
  });

  it("names the hole from which on a final bar may still come, in bars of any length, until the sidecar says that none may", () => {
    const whole = toBarSeries(minutes);
    replay(true);
    for (const minute of [0, 1, 3, 4, 7]) bar(minuteBar(minute, 102), true);
    expect([edge.extend(whole, "1m").hole, edge.extend(whole, "5m").hole]).toEqual([NINE + 120_000, NINE]);
    vi.advanceTimersByTime(5_000);
    replay(false);
    bar(minuteBar(2, 102), true);
    expect(edge.extend(whole, "5m").hole).toBe(NINE + 300_000);
    vi.advanceTimersByTime(10_000);
    replay(true);
    expect(edge.extend(whole, "1m").hole).toBeUndefined(); // nothing was dealt in minutes 5 and 6
  });

  it("takes back no trend start when a hole is filled in late, and looks at the bars behind it then", () => {
    const tape = Array.from({length: 120}, (_, minute) =>
      minuteBar(minute, 1_500 + 10 * Math.sin(minute) + (minute % 3) * 4, 6)
    );
    const lookedAt = createLookedAt();
    const start = toBarSeries(minutes);
    const stated = () => trendStarts(lookedAt.look(edge.extend(start, "1m")));
    replay(true);
    for (const [minute, one] of tape.entries()) if (minute < 50 || minute >= 60) bar(one, true);
    const before = stated();
    expect(before.length).toBeGreaterThan(0);
    expect(before.every(({knownAt}) => knownAt < tape[50]!.time)).toBe(true);
    for (const one of tape.slice(50, 60)) bar(one, true);
    vi.advanceTimersByTime(5_000);
    replay(true);
    const after = stated();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toEqual(trendStarts(toBarSeries([...minutes, ...tape])));
    expect(after.length).toBeGreaterThan(before.length);
  });

  it("leaves weeks alone", () => {
    bar(minuteBar(0, 50), true);
    const weeks = toBarSeries([minuteBar(-7 * day, 90)]);
    expect(edge.extend(weeks, "1w")).toMatchObject({bars: weeks, seam: undefined});
  });

  it("tells of many changes once a second, and of final bars alone where that is asked", () => {
    const [all, finals]: number[][] = [[], []];
    const stops = [
      edge.observe()((version) => all!.push(version)),
      edge.observe({finals: true})((version) => finals!.push(version))
    ];
    bar(minuteBar(0, 102), false);
    vi.advanceTimersByTime(1_000);
    const before = [all!.length, finals!.length];
    for (let i = 0; i < 20; ++i) bar(minuteBar(0, 103 + i), false);
    vi.advanceTimersByTime(1_000);
    expect([all!.length, finals!.length]).toEqual([before[0]! + 1, before[1]]);
    bar(minuteBar(0, 103), true);
    vi.advanceTimersByTime(1_000);
    expect(finals!.length).toBe(before[1]! + 1);
    for (const stop of stops) stop();
  });
});

it("takes the place of a report's own bars from where the joined ones begin", () => {
  const joined = joinAll(
    toBarSeries([minuteBar(0, 7)]),
    [{type: "bar", topic: "bar:X:A:1m", seq: 1, bar: minuteBar(1, 8), final: true}],
    {timeframe: "1m"}
  );
  const report = toBarSeries([minuteBar(-1, 5), minuteBar(0, 6)]);
  expect(toBars(extendSeries(report, joined, "1m").bars).map(({close}) => close)).toEqual([5, 7, 8]);
});
