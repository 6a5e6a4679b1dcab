import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {atr} from "../../../services/analytics/indicators/atr.js";
import {createStructureBreaks, structureBreaks} from "../../../services/analytics/structure/structure-breaks.js";
import {createSwings, swings} from "../../../services/analytics/structure/swings.js";
import {type Bar, type BarSeries, toBarSeries} from "../../../services/domain/bar.js";
import {walks} from "./walks.js";

/** Bars one apart in time that close at the given prices, two wide about their close. */
function closing(...closes: number[]): BarSeries {
  return toBarSeries(
    closes.map((close, time) => ({time, open: close, high: close + 1, low: close - 1, close, volume: 1}))
  );
}

const brief = (events: readonly {type: string; time: number; knownAt: number; price: number}[]) =>
  events.map(({type, time, knownAt, price}) => `${type} ${price} at ${time} known ${knownAt}`);

describe("swings", () => {
  it("confirms a high when price has come back by k ranges, not when it is made", () => {
    // period 1: the average true range is the bar's own. Each bar here is 2 wide, plus its gap.
    const bars = closing(10, 12, 14, 13, 12, 9);
    // true ranges: –, 3, 3, 2, 2, 4; the high of 15 at bar 2; lows 12, 11, 8: back by 3, 4, 7
    expect(brief(swings(bars, {k: 2, period: 1}))).toEqual([
      "swing-low 9 at 0 known 2", // 15 − 9 ≥ 2 × 3
      "swing-high 15 at 2 known 4" // 15 − 11 ≥ 2 × 2
    ]);
    expect(brief(swings(bars, {k: 1, period: 1}))).toEqual([
      "swing-low 9 at 0 known 1", // 13 − 9 ≥ 3
      "swing-high 15 at 2 known 3" // 15 − 12 ≥ 2
    ]);
  });

  it("keeps what it measured", () => {
    const [, swing] = swings(closing(10, 12, 14, 13, 12, 9), {k: 2, period: 1});
    expect(swing).toEqual({
      type: "swing-high",
      time: 2,
      knownAt: 4,
      price: 15,
      evidence: {reversal: 4, atr: 2, k: 2},
      rule: "swing@1"
    });
  });

  it("does not let a bar confirm the extreme it makes itself", () => {
    const bar = (time: number, high: number, low: number): Bar => ({time, open: low, high, low, close: low, volume: 1});
    const bars = toBarSeries([bar(0, 11, 10), bar(1, 13, 12), bar(2, 20, 5), bar(3, 8, 6)]);
    expect(brief(swings(bars, {k: 0.5, period: 1}))).toEqual([
      "swing-low 10 at 0 known 1",
      "swing-high 20 at 2 known 3"
    ]);
  });

  it("takes the first of equal extremes", () => {
    expect(brief(swings(closing(10, 12, 14, 14, 14, 12), {k: 1.2, period: 1}))).toContain("swing-high 15 at 2 known 5");
  });

  it("says nothing while the range warms up, or where nothing moves", () => {
    expect(swings(closing(10, 30, 10, 30, 10, 30))).toEqual([]);
    expect(swings(closing(...new Array<number>(60).fill(10)))).toEqual([]);
    expect(swings(toBarSeries([]))).toEqual([]);
  });

  it("alternates, each the furthest price since the last, back by k ranges at its knownAt and not before", () => {
    fc.assert(
      fc.property(walks, (list) => {
        const bars = toBarSeries(list);
        const ranges = atr(bars, {period: 5});
        const found = swings(bars, {k: 1.5, period: 5});
        found.forEach((swing, i) => {
          const side = swing.type === "swing-high" ? 1 : -1;
          const ahead = side === 1 ? bars.high : bars.low;
          const behind = side === 1 ? bars.low : bars.high;
          const at = bars.time.indexOf(swing.time);
          const known = bars.time.indexOf(swing.knownAt);
          const from = i === 0 ? 0 : bars.time.indexOf(found[i - 1]!.time);
          if (i > 0) expect(swing.type).not.toBe(found[i - 1]!.type);
          for (let row = from + (i === 0 ? 0 : 1); row <= known; ++row)
            expect(side * (swing.price - ahead[row]!)).toBeGreaterThanOrEqual(0);
          expect(ahead[at]).toBe(swing.price);
          expect(swing.evidence.reversal).toBe(side * (swing.price - behind[known]!));
          expect(swing.evidence.reversal).toBeGreaterThanOrEqual(1.5 * ranges[known]!);
        });
      }),
      {seed: 31, numRuns: 300}
    );
  });

  it("refuses a threshold or period that is none", () => {
    for (const k of [0, -1, NaN, Infinity]) expect(() => createSwings({k})).toThrow(`invalid k: ${k}`);
    expect(() => createStructureBreaks({period: 0})).toThrow("invalid period: 0");
  });
});

describe("structureBreaks", () => {
  it("names breaks with the direction BOS, against it CHoCH, and leaves the first unsaid", () => {
    const bars = closing(10, 14, 18, 15, 12, 16, 20, 24, 21, 18, 22, 26, 22, 18, 14, 10, 12);
    const levels = brief(swings(bars, {k: 1, period: 1}));
    expect(levels).toEqual([
      "swing-low 9 at 0 known 1",
      "swing-high 19 at 2 known 3",
      "swing-low 11 at 4 known 5",
      "swing-high 25 at 7 known 8",
      "swing-low 17 at 9 known 10",
      "swing-high 27 at 11 known 12",
      "swing-low 9 at 15 known 16"
    ]);
    expect(brief(structureBreaks(bars, {k: 1, period: 1}))).toEqual([
      // the close of 20 at bar 6 beyond 19 sets the direction up
      "bos-up 25 at 11 known 11", // closes at 26
      "choch-down 17 at 14 known 14" // closes at 14
    ]);
  });

  it("breaks a swing once, by its close and not by its wick", () => {
    const bars = closing(10, 14, 18, 15, 12, 18.5, 19, 19.5, 20);
    const [first, ...rest] = structureBreaks(closing(10, 14, 18, 15, 12, 18.5, 19, 19.5, 16, 12, 19, 20.5, 21, 22), {
      k: 1,
      period: 1
    });
    expect(structureBreaks(bars, {k: 1, period: 1})).toEqual([]); // 19.5 closes beyond 19 and sets the direction, once
    expect(first).toMatchObject({
      type: "bos-up",
      price: 20.5,
      time: 12,
      evidence: {close: 21, level: 20.5, levelTime: 7}
    });
    expect(rest).toEqual([]);
  });
});
