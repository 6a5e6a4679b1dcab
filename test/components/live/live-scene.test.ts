import {describe, expect, it} from "vitest";
import {createFormats} from "../../../components/format/create-formats.js";
import {formatCountdown, liveScene} from "../../../components/live/live-scene.js";
import {referenceClose} from "../../../components/live/reference-close.js";
import {sparkPath} from "../../../components/live/spark-path.js";
import {type Bar, toBarSeries} from "../../../services/domain/bar.js";
import {nse, open as OPEN} from "../sample-dataset.js";
import {joinAll} from "./join-all.js";

const format = createFormats({zone: "Asia/Kolkata", locale: "en-GB"});
const bar = (minute: number, open: number, close = open): Bar => {
  return {
    time: OPEN + minute * 60_000,
    open,
    high: Math.max(open, close) + 1,
    low: Math.min(open, close) - 1,
    close,
    volume: 1
  };
};
const event = (of: Bar, final = true) => ({type: "bar", topic: "bar:NSE:INFY:1m", seq: 1, bar: of, final}) as const;
const options = {width: 400, height: 300, bars: 50, timeframe: "1m", calendar: nse, tickSize: 0.05, format} as const;

describe("liveScene", () => {
  const snapshot = toBarSeries([bar(0, 100, 102), bar(1, 102, 101)]);
  const events = [
    {...event(bar(4, 101)), healed: true as const},
    {...event(bar(5, 101, 103), false), partial: true as const}
  ];
  const scene = liveScene(joinAll(snapshot, events, {timeframe: "1m", calendar: nse}), options);

  it("places bars by trading time, two absent minutes left empty", () => {
    const [a, b, c, d] = scene.candles.map(({x}) => x);
    const place = b! - a!;
    expect(c! - b!).toBeCloseTo(3 * place, 6);
    expect(d! - c!).toBeCloseTo(place, 6);
    expect(scene.gaps).toEqual([
      {left: expect.closeTo(b! + place / 2, 6), right: expect.closeTo(c! - place / 2, 6), missing: 2}
    ]);
  });

  it("draws the seam before the first bar that the snapshot does not hold", () => {
    const [, , c] = scene.candles;
    expect(scene.seam).toBeLessThan(c!.x);
    expect(scene.seam).toBeGreaterThan(scene.gaps[0]!.left);
  });

  it("tells rising, falling and flat, forming and partial and healed apart", () => {
    expect(scene.candles.map(({tone, state, isHealed}) => [tone, state, isHealed])).toEqual([
      ["up", "final", false],
      ["down", "final", false],
      ["flat", "final", true],
      ["up", "partial", false]
    ]);
  });

  it("keeps everything inside the plot, higher prices higher up", () => {
    for (const {x, high, low, open, close} of scene.candles) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(scene.plot.right);
      expect(high).toBeGreaterThan(0);
      expect(low).toBeLessThan(scene.plot.bottom);
      expect(high).toBeLessThanOrEqual(Math.min(open, close));
    }
    expect(scene.last?.text).toBe("103.00");
  });

  it("shows the newest bars only, and nothing of nothing", () => {
    const many = toBarSeries(Array.from({length: 200}, (_, i) => bar(i, 100 + i)));
    expect(liveScene(joinAll(many, [], {timeframe: "1m"}), options).candles).toHaveLength(50);
    expect(liveScene(joinAll(toBarSeries([]), [], {timeframe: "1m"}), options)).toMatchObject({
      candles: [],
      last: undefined
    });
  });
});

describe("liveScene, as it trades", () => {
  const forming = joinAll(toBarSeries([bar(0, 100), bar(1, 101)]), [event(bar(2, 102), false)], {timeframe: "1m"});

  it("counts down to the close of the bar that forms, and never below zero", () => {
    const at = (seconds: number) => liveScene(forming, {...options, now: OPEN + seconds * 1_000}).last!.countdown;
    expect([at(120), at(172.5), at(180), at(999)]).toEqual(["1:00", "0:08", "0:00", "0:00"]);
    expect(liveScene(forming, options).last!.countdown).toBeUndefined();
    expect([formatCountdown(3_661_000), formatCountdown(-5)]).toEqual(["1:01:01", "0:00"]);
  });

  it("marks a trend start at the bar that made it known, on the side it points from", () => {
    const {candles, signals} = liveScene(forming, {
      ...options,
      signals: [
        {type: "uptrend_start", knownAt: OPEN + 60_000},
        {type: "downtrend_start", knownAt: OPEN + 120_000},
        {type: "uptrend_start", knownAt: OPEN - 60_000}
      ]
    });
    expect(signals).toEqual([
      {x: candles[1]!.x, y: candles[1]!.low, isUp: true},
      {x: candles[2]!.x, y: candles[2]!.high, isUp: false}
    ]);
  });

  it("dashes a final bar in which a minute is missing, and marks a corrected one", () => {
    const joined = joinAll(
      toBarSeries([bar(0, 100)]),
      [{...event(bar(0, 90)), corrects: bar(0, 100)}, event(bar(2, 102))],
      {timeframe: "1m"}
    );
    const incomplete = {...joined, incomplete: new Set([OPEN + 120_000])};
    expect(liveScene(incomplete, options).candles.map(({state, isCorrected}) => [state, isCorrected])).toEqual([
      ["final", true],
      ["partial", false]
    ]);
  });
});

describe("referenceClose", () => {
  it("is the last close before the session of the newest bar", () => {
    const day = 1_440;
    const series = toBarSeries([bar(374, 50), bar(day, 60), bar(day + 1, 61)]);
    expect(referenceClose(series, nse)).toEqual({price: 50, time: OPEN + 374 * 60_000, firstRow: 1});
    expect(referenceClose(toBarSeries([bar(0, 50)]), nse)).toBeUndefined();
    expect(referenceClose(toBarSeries([]), nse)).toBeUndefined();
  });
});

describe("sparkPath", () => {
  it("goes from left to right with the highest on top", () => {
    expect(sparkPath([1, 3, 2], {width: 10, height: 22})).toBe("M0.0,21.0L5.0,1.0L10.0,11.0");
    expect(sparkPath([1], {width: 10, height: 22})).toBe("");
  });

  it("of many values goes through the extremes of each two pixels, and the last", () => {
    const values = Array.from({length: 1_000}, (_, i) => (i === 437 ? 99 : i % 5));
    const points = sparkPath(values, {width: 100, height: 22}).slice(1).split("L");
    expect(points.length).toBeLessThan(110);
    expect(points.map((point) => Number(point.split(",")[1]))).toContain(1);
    expect(points.at(-1)).toMatch(/^100\.0,/);
  });
});
