import {describe, expect, it} from "vitest";
import type {Candidate} from "../../../services/analytics/structure/trend-starts/candidate.js";
import {downtrendRules, firstRule, uptrendRules} from "../../../services/analytics/structure/trend-starts/rules.js";
import {createTrendStarts} from "../../../services/analytics/structure/trend-starts/trend-starts.js";
import type {Bar} from "../../../services/domain/bar.js";

type Ohlc = readonly [open: number, high: number, low: number, close: number];
/** Confirmed bar and triggering bar, counted from 1, and the rule. */
type Stated = readonly [confirmed: number, triggering: number, rule: string];

const toBar = ([open, high, low, close]: Ohlc, i: number): Bar => ({
  time: i * 60_000,
  open,
  high,
  low,
  close,
  volume: 1
});

function play(bars: readonly Ohlc[]) {
  const detector = createTrendStarts();
  const events = bars.flatMap((bar, i) => detector.next(toBar(bar, i)));
  const stated = events.map(({evidence, ruleType}) => [evidence.confirmedBar, evidence.triggeringBar, ruleType]);
  const pending = detector.pending.map(({type, time, price}) => [type, time / 60_000 + 1, price]);
  return {stated, pending};
}

// The PUS is bar 1: bar 2 keeps above its low. The PDS is bar 2: bar 3 keeps below its high.
const low: readonly Ohlc[] = [
  [10, 12, 8, 11],
  [11, 13, 9, 12]
];
const lowThenHigh: readonly Ohlc[] = [...low, [12, 12.9, 9.5, 12.1]];
// The PDS is bar 2, 7 to 13, which opened at 11 and closed lower; there is no PUS.
const high: readonly Ohlc[] = [
  [10, 12, 8, 9],
  [11, 13, 7, 8]
];
// Bar 3 undercuts it.
const highUndercut: readonly Ohlc[] = [...high, [8, 9, 6, 6.5]];
// Bar 3 lies inside it: a containment begins there, and bar 2 is the PUS as well.
const inside: Ohlc = [9, 10, 7.5, 8.5];
const insides = (count: number) => [...high, ...new Array<Ohlc>(count).fill(inside)];
/** Bars that rise by one and keep above the PUS. */
const rising = (count: number) => Array.from({length: count}, (_, i): Ohlc => [11 + i, 13 + i, 9 + i, 12 + i]);

const cases: readonly (readonly [what: string, bars: readonly Ohlc[], stated: readonly Stated[]])[] = [
  ["C lower than P in low, high and close", [...low, [12, 12.5, 8.5, 9]], [[1, 3, "EXHAUSTION_REVERSAL"]]],
  ["the same, six bars after the PUS", [low[0]!, ...rising(5), [16, 16.5, 12.5, 13]], [[1, 7, "EXHAUSTION_REVERSAL"]]],
  ["but not seven", [low[0]!, ...rising(6), [17, 17.5, 13.5, 14]], []],
  ["and not where C undercuts a PDS", [...lowThenHigh, [12, 12.5, 8.9, 11]], []],
  [
    "C below a later PDS, not above its high, closing above P",
    [...lowThenHigh, [12, 12.85, 8.9, 12.5]],
    [[1, 4, "LowUndercutHighRespect"]]
  ],
  ["C outside P, closing below its open", [...low, [12.5, 13.5, 8.5, 9]], [[1, 3, "HigherHighLowerLowDownClose"]]],
  [
    "C outside P, closing above both, below the PDS, whose high an earlier bar has passed",
    [...lowThenHigh, [12.1, 13.3, 9.6, 12.1], [12.1, 13.5, 8.9, 13.4]],
    [[1, 5, "EngulfingUpPDSLowBreak"]]
  ],
  [
    "C above a later PDS, closing above P and its own open, the PUS unbroken",
    [...lowThenHigh, [12.1, 13.3, 9.6, 13.2]],
    [[1, 4, "BreakoutAfterFailedLowV2"]]
  ],
  [
    "C outside P, closing above it, below the PDS's open",
    [...insides(1), [8, 10.5, 7.2, 9]],
    [[2, 4, "LowThenHigherClose_vs_PDSOpen"]]
  ],
  [
    "after a bar at or below the PDS, C above P and yet below the PDS",
    [...highUndercut, [6.5, 9.5, 6.2, 8]],
    [[2, 4, "RallyLowBreaksPeakLow_A"]]
  ],
  [
    "after a bar at or below the PDS, C above the PDS's high",
    [...highUndercut, [7.1, 13.5, 7.1, 12]],
    [[2, 4, "NewHighWeakAdvance_B"]]
  ],
  [
    "P below the PDS, C with a higher high and a lower close",
    [...highUndercut, [8, 9.5, 6.1, 6.4]],
    [[2, 4, "FailedRallyAfterLowBreak_F"]]
  ],
  [
    "P below the PDS, C higher in low, high and close",
    [...highUndercut, [7.2, 12, 7.1, 11]],
    [[2, 4, "HigherOHLCAfterLowBreak_G"]]
  ],
  [
    "two uptrend starts in a row force a downtrend start on the highest bar between",
    [...low, [12.5, 13.5, 8.5, 9], [9, 12, 8.6, 11], [10, 11, 8.55, 9]],
    [
      [1, 3, "HigherHighLowerLowDownClose"],
      [2, 5, "FORCED_by_CUS_EXHAUSTION_REVERSAL"],
      [3, 5, "EXHAUSTION_REVERSAL"]
    ]
  ],
  [
    "two downtrend starts in a row force an uptrend start on the lowest bar between",
    [
      ...highUndercut,
      [6.5, 9.5, 6.2, 8],
      [11, 12.5, 10, 10.5], // the next PDS
      [10.5, 10.6, 9, 9.2],
      [10, 12, 10, 11.5]
    ],
    [
      [2, 4, "RallyLowBreaksPeakLow_A"],
      [3, 7, "FORCED_by_CDS_HigherOHLCAfterLowBreak_G"],
      [5, 7, "HigherOHLCAfterLowBreak_G"]
    ]
  ],
  [
    "five bars after a containment's beginning a start is still confirmed",
    [...insides(5), [8, 10.5, 7.2, 9]],
    [[2, 8, "LowThenHigherClose_vs_PDSOpen"]]
  ],
  ["six bars after it none is", [...insides(6), [8, 10.5, 7.2, 9]], []],
  ["by the bar that leaves it one is", [...insides(6), [8, 13.5, 7.2, 9]], [[2, 9, "LowThenHigherClose_vs_PDSOpen"]]]
];

describe("trend starts, worked by hand", () => {
  it.each(cases)("%s", (_, bars, stated) => {
    expect(play(bars).stated).toEqual(stated);
  });

  it("a case is there for every rule but the one that cannot be stated", () => {
    const stated = new Set(cases.flatMap(([, , each]) => each.map(([, , rule]) => rule)));
    const names = [...uptrendRules, ...downtrendRules].map(({name}) => name);
    expect(names.filter((name) => !stated.has(name))).toEqual(["OutsideBarStrongerClose_H"]);
    expect([...stated].filter((name) => name.startsWith("FORCED_by_CUS")).length).toBe(1);
    expect([...stated].filter((name) => name.startsWith("FORCED_by_CDS")).length).toBe(1);
  });
});

describe("candidates, worked by hand", () => {
  it("a high that only equals the PDS's does not take its place, a higher one does", () => {
    const next = (top: number): Ohlc => [12, top, 6.6, 6.8];
    const before: readonly Ohlc[] = [...high, [8, 9, 6.5, 6.8]];
    expect(play([...before, next(13)]).pending).toContainEqual(["downtrend_start", 2, 13]);
    expect(play([...before, next(13.1)]).pending).toContainEqual(["downtrend_start", 4, 13.1]);
  });

  it("a low that only equals the PUS's does not take its place, a lower one does", () => {
    const next = (bottom: number): readonly Ohlc[] => [...low, [12, 12.9, bottom, 12.1], [12, 12.5, 8.5, 12]];
    expect(play(next(8)).pending).toContainEqual(["uptrend_start", 1, 8]);
    expect(play(next(7.9)).pending).toContainEqual(["uptrend_start", 3, 7.9]);
  });

  it("a bar below the one before it is refused as PDS, though it is above the standing one", () => {
    const bars: readonly Ohlc[] = [
      ...high,
      [8, 12.5, 6, 6.5], // the PUS, below bar 2
      [6.5, 9, 6.4, 8],
      [8, 9.5, 6.5, 9], // confirms bar 2, and is the next PDS
      [9, 9.4, 7, 8.5],
      [8.5, 9.3, 6.3, 9] // confirms bar 3, which would be the PDS but for bar 2
    ];
    const {stated, pending} = play(bars);
    expect(stated).toEqual([
      [2, 5, "RallyLowBreaksPeakLow_A"],
      [3, 7, "LowUndercutHighRespect"]
    ]);
    expect(pending).toEqual([["downtrend_start", 5, 9.5]]);
  });
});

it("OutsideBarStrongerClose_H is never the first to hold: with the PDS on P, C lies below its open too", () => {
  const prices = [1, 2, 3, 4];
  const bars = prices.flatMap((bottom) =>
    prices
      .filter((top) => top >= bottom)
      .flatMap((top) => {
        const within = prices.filter((price) => price >= bottom && price <= top);
        return within.flatMap((open) => within.map((close): Ohlc => [open, top, bottom, close]));
      })
  );
  const {holds} = downtrendRules.find(({name}) => name === "OutsideBarStrongerClose_H")!;
  let count = 0;
  for (const [p, c] of bars.flatMap((one) => bars.map((other) => [toBar(one, 1), toBar(other, 2)] as const))) {
    const pds: Candidate = {index: 1, bar: p, highestSince: -Infinity, lowestSince: Infinity};
    const moment = {index: 2, c, p, pus: undefined, pds};
    if (!holds(moment, pds)) continue;
    count += 1;
    expect(firstRule(downtrendRules, moment, pds)).toBe("LowThenHigherClose_vs_PDSOpen");
  }
  expect(count).toBe(42);
});
