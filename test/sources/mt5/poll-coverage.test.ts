import {expect, it} from "vitest";
import {createPollCoverage} from "../../../services/sources/mt5/poll-coverage.js";

it("createPollCoverage covers up to the answer before the last, less how far a broker's clock may be behind", () => {
  const coverage = createPollCoverage();
  expect(coverage.value).toBeUndefined();
  coverage.begin(10_000);
  coverage.reach(10_000);
  coverage.reach(14_000);
  expect(coverage.value).toEqual({start: 10_000, end: 10_000});
  coverage.reach(15_000);
  expect(coverage.value).toEqual({start: 10_000, end: 12_000});
});

it("createPollCoverage begins anew where ticks may have been missed", () => {
  const coverage = createPollCoverage();
  coverage.begin(10_000);
  coverage.reach(20_000);
  coverage.begin(30_000);
  coverage.reach(30_000);
  expect(coverage.value).toEqual({start: 30_000, end: 30_000});
});
