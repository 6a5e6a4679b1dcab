// @vitest-environment jsdom
import {describe, expect, it} from "vitest";
import {resultBins, resultHistogram} from "../../components/charts/result-histogram.js";
import {createFormats} from "../../components/format/create-formats.js";
import {roundTrips} from "../../services/analytics/performance/round-trips.js";
import {toAmount} from "../../services/domain/money.js";
import {sampleDeals} from "./sample-deals.js";
import {svgText} from "./svg-text.js";
import {words} from "./words.js";

const {trips} = roundTrips(sampleDeals(60));

describe("results in bars", () => {
  it("never mix gains with losses, and count every result once", () => {
    for (const count of [5, 12, 40]) {
      const results = trips.map(({net}) => toAmount(net));
      const bins = resultBins(results, count);
      expect(bins.reduce((sum, {n}) => sum + n, 0)).toBe(60);
      expect(bins.some(({low}) => low === 0)).toBe(true);
      for (const {low, high, n} of bins)
        expect(n).toBe(results.filter((result) => low <= result && result < high).length);
    }
    expect(resultBins([])).toEqual([]);
    expect(resultBins([5]).reduce((sum, {n}) => sum + n, 0)).toBe(1);
    expect(resultBins([0, 0]).reduce((sum, {n}) => sum + n, 0)).toBe(2);
  });
});

describe("the histogram of results", () => {
  const format = createFormats({zone: "UTC", locale: "en-GB"});
  const results = trips.map(({net}) => toAmount(net));
  const options = {
    width: 480,
    format,
    tickFormat: (value: number) => format.amount(value, "USD", {decimals: 0}),
    label: "Results"
  };
  const snapshot = (node: Node, name: string) => expect(svgText(node)).toMatchFileSnapshot(`../output/${name}.svg`);

  it("draws losses left of zero and gains right of it, with the mean and its interval", async () => {
    await snapshot(resultHistogram(results, {...options, mean: {value: 24.5, n: 60, low: -4, high: 52}}), "results");
  });

  it("draws a mean without its interval where there is none, and no mean where there is none", async () => {
    await snapshot(resultHistogram(results.slice(0, 3), {...options, mean: {value: 47.3, n: 3}}), "results-few");
    const bare = resultHistogram(results, {...options, mean: {value: undefined, n: 0, reason: "none"}});
    expect((bare as Element).textContent).not.toContain("mean");
  });

  it("says so where there is nothing to draw", () => {
    expect(words(resultHistogram([], options))).toContain("No results yet.");
  });
});
