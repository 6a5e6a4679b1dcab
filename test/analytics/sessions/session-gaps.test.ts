import {describe, expect, it} from "vitest";
import {gapGroups, sessionGaps} from "../../../services/analytics/sessions/session-gaps.js";
import {type Bar, toBarSeries} from "../../../services/domain/bar.js";
import {DAY_MS} from "../../../services/domain/time.js";

describe("a gap", () => {
  const day = (i: number, open: number, high: number, low: number, close: number): Bar => ({
    time: i * DAY_MS,
    open,
    high,
    low,
    close,
    volume: 1
  });

  it("is filled where the session traded back to the close before, and its move is counted in its own direction", () => {
    const gaps = sessionGaps(
      toBarSeries([
        day(0, 100, 100, 100, 100),
        day(1, 102, 103, 100, 101),
        day(2, 99, 100, 98, 98),
        day(3, 98, 99, 97, 98)
      ])
    );
    expect(gaps.map(({isFilled}) => isFilled)).toEqual([true, false]);
    expect(gaps[0]?.after).toBeCloseTo(101 / 102 - 1, 14);
    expect(gaps[1]?.after).toBeCloseTo(-(98 / 99 - 1), 14);
  });

  it("is grouped by size into thirds", () => {
    const bars = Array.from({length: 31}, (_, i) => day(i, 100 + (i % 10), 120, 90, 100));
    const groups = gapGroups(sessionGaps(toBarSeries(bars)), {draws: 100});
    expect(groups.map(({label, filled}) => [label, filled.n])).toEqual([
      ["smallest", 9],
      ["middle", 9],
      ["largest", 9],
      ["all", 27]
    ]);
    expect(groups.at(-1)?.filled.value).toBe(1);
  });
});
