import {describe, expect, it} from "vitest";
import {createBarHistory} from "../../../services/analytics/structure/trend-starts/bar-history.js";
import {createTrendStarts, trendStarts} from "../../../services/analytics/structure/trend-starts/trend-starts.js";
import {type BarSeries, toBarSeries} from "../../../services/domain/bar.js";
import {describeDetector} from "../../detector-contract.js";
import {hasShared, readSharedRows} from "../../shared-data.js";

describeDetector({
  name: "trendStarts",
  batch: trendStarts,
  stream: createTrendStarts,
  opposite: {uptrend_start: "uptrend_start", downtrend_start: "downtrend_start"},
  isSymmetric: false,
  measures: {confirmedBar: "number", triggeringBar: "number"}
});

describe.skipIf(!hasShared("trend-starts/mes-4h.csv"))("trend starts of E-mini micro futures", () => {
  it.each([
    ["mes-1d", 51, 19],
    ["mes-4h", 316, 120]
  ])("of %s (%i bars) are the %i that the deployed finder states, without a difference", (name, bars, starts) => {
    const series = readBars(name);
    expect(series).toHaveLength(bars);
    const expected = readSharedRows(`trend-starts/${name}-expected.csv`).slice(1);
    expect(expected).toHaveLength(starts);
    expect(listed(series)).toEqual(
      expected.map((row) => row.map((cell) => (Number.isNaN(Number(cell)) ? cell : Number(cell))))
    );
  });

  /** By bar, downtrend first, as the finder lists them. */
  function listed(series: BarSeries) {
    const rows = trendStarts(series).map((event) => {
      const {confirmedBar, triggeringBar} = event.evidence;
      expect(event.time).toBe(series.time[confirmedBar - 1]);
      expect(event.knownAt).toBe(series.time[triggeringBar - 1]);
      return [confirmedBar, triggeringBar, event.type, event.price, event.ruleType] as const;
    });
    return rows.sort((a, b) => a[0] - b[0] || (a[2] < b[2] ? -1 : 1));
  }

  function readBars(name: string): BarSeries {
    const [, ...rows] = readSharedRows(`trend-starts/${name}.csv`);
    return toBarSeries(
      rows.map(([, timestamp, ...cells]) => {
        const [open, high, low, close, volume] = cells.map(Number) as [number, number, number, number, number];
        return {time: Date.parse(timestamp!.replace(" ", "T")), open, high, low, close, volume};
      })
    );
  }
});

describe("a bar history", () => {
  it("holds what may still be asked for, and refuses the rest", () => {
    const history = createBarHistory();
    for (let time = 0; time < 1_000; ++time) {
      history.add({time, open: 1, high: 1, low: 1, close: 1, volume: 0});
      history.forget(time - 10);
      expect(history.at(Math.max(0, time - 10)).time).toBe(Math.max(0, time - 10));
    }
    expect(history.length).toBe(1_000);
    expect(() => history.at(0)).toThrow(/^no bar at 0: rows \d+ to 999 are held$/);
    expect(() => history.at(1_000)).toThrow(RangeError);
  });
});
