import {describe, expect, it} from "vitest";
import {
  assertBars,
  type Bar,
  barAt,
  barFault,
  createBarSeries,
  sliceBars,
  toBarSeries,
  toBars
} from "../../services/domain/bar.js";

const bar: Bar = {time: 60_000, open: 2, high: 4, low: 1, close: 3, volume: 10};
const later = {...bar, time: 120_000};

describe("a bar series", () => {
  it("holds what bars hold", () => {
    const series = toBarSeries([bar, later]);
    expect(toBars(series)).toEqual([bar, later]);
    expect(barAt(series, 1)).toEqual(later);
    expect(toBars(createBarSeries(0))).toEqual([]);
  });

  it("has no bar outside its rows", () => {
    for (const i of [-1, 2, NaN]) expect(() => barAt(toBarSeries([bar, later]), i)).toThrow(`no bar at ${i}: 2 bars`);
  });

  it("is cut without copying", () => {
    const series = toBarSeries([bar, later]);
    const cut = sliceBars(series, 1);
    expect(toBars(cut)).toEqual([later]);
    series.close[1] = 2.5;
    expect(cut.close[0]).toBe(2.5);
    expect(sliceBars(series, 1, 1)).toHaveLength(0);
  });
});

describe("barFault", () => {
  it("finds nothing wrong with a bar that makes sense, flat ones included", () => {
    expect(barFault(bar)).toBeUndefined();
    expect(barFault({...bar, open: 2, high: 2, low: 2, close: 2, volume: 0})).toBeUndefined();
  });

  it.each<[Partial<Bar>, RegExp]>([
    [{time: NaN}, /^time is not a number: NaN/],
    [{open: NaN}, /^price not positive: NaN 4 1 3/],
    [{close: NaN}, /^price not positive/],
    [{low: 0}, /^price not positive: 2 4 0 3/],
    [{low: -1}, /^price not positive/],
    [{high: Infinity}, /^price not positive/],
    [{high: 2.5}, /^high 2.5 below open 2, low 1 or close 3/],
    [{low: 2.5}, /^low 2.5 above open 2 or close 3/],
    [{volume: -1}, /^volume negative or not a number: -1/],
    [{volume: NaN}, /^volume negative or not a number: NaN/],
    [{volume: Infinity}, /^volume negative or not a number: Infinity/]
  ])("names the fault of %o, and so does assertBars", (fault, message) => {
    expect(barFault({...bar, ...fault})).toMatch(message);
    const row = toBarSeries([bar, {...later, ...fault}]);
    expect(() => assertBars(row)).toThrow(`invalid bar at 1: ${barFault({...later, ...fault})}`);
  });
});

describe("assertBars", () => {
  it("names the row that is wrong", () => {
    expect(() => assertBars(toBarSeries([bar, {...later, high: 0.5}]))).toThrow(/^invalid bar at 1: high 0.5 below/);
    expect(() => assertBars(toBarSeries([bar, bar]))).toThrow("bars out of order at 1: 60000 after 60000");
    expect(() => assertBars(toBarSeries([bar, later]))).not.toThrow();
  });
});
