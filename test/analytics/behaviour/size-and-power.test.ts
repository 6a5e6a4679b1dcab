import {describe, expect, it} from "vitest";
import {disposition} from "../../../services/analytics/behaviour/disposition.js";
import {expectancyByHour} from "../../../services/analytics/behaviour/expectancy-by-hour.js";
import {reentry} from "../../../services/analytics/behaviour/reentry.js";
import type {Estimate} from "../../../services/domain/estimate.js";
import {simulateHolder, simulateTrips} from "./simulated-trader.js";

const verify = Boolean(process.env["TAPEBOOK_VERIFY"]);
const runs = verify ? 1000 : 100;
const options = verify ? {draws: 999, shuffles: 1999} : {draws: 199, shuffles: 199};

interface Score {
  readonly planted: number;
  /** Share of runs with p ≤ 0.05: the test's size where nothing is planted, its power elsewhere. */
  readonly found: number;
  /** Share of runs whose 95 % interval holds what was planted. */
  readonly covered: number;
  readonly meanEstimate: number;
}

function score(planted: number, estimateOf: (seed: number) => Estimate): Score {
  const estimates = Array.from({length: runs}, (_, run) => estimateOf(1000 + run));
  const share = (isSo: (estimate: Estimate) => boolean) => estimates.filter(isSo).length / runs;
  return {
    planted,
    found: share(({p}) => p! <= 0.05),
    covered: share(({low, high}) => low! <= planted && planted <= high!),
    meanEstimate: estimates.reduce((sum, {value}) => sum + value!, 0) / runs
  };
}

const ofReentry = (planted: number) =>
  score(planted, (seed) => reentry(simulateTrips({seed, afterLossMinutes: planted}), {...options, seed}).estimate);

const ofDisposition = (planted: number) =>
  score(planted, (seed) => {
    const {deals, priceAt} = simulateHolder({seed, closeGain: 0.4 + planted / 2, closeLoss: 0.4 - planted / 2});
    return disposition(deals, {priceAt, ...options, seed}).estimate;
  });

const strengths = {
  reentry: verify ? [0, -2, -4, -8, 8] : [0, -8],
  disposition: verify ? [0, 0.05, 0.1, 0.2] : [0, 0.2]
};

/** Three standard errors of a share over the runs. */
const slack = (share: number) => 3 * Math.sqrt((share * (1 - share)) / runs);

describe("a simulated trader", {timeout: verify ? 3_600_000 : 20_000}, () => {
  it("re-entry: 5 % false alarms, intervals that cover, and planted habits found", () => {
    const scores = strengths.reentry.map(ofReentry);
    if (verify) console.table(scores);
    expectHonest(scores);
  });

  it("disposition: 5 % false alarms, intervals that cover, and planted habits found", () => {
    const scores = strengths.disposition.map(ofDisposition);
    if (verify) console.table(scores);
    expectHonest(scores);
  });

  it("hours: at most 5 % of traders without a special hour are told of one", () => {
    const finding = (seed: number) => expectancyByHour(simulateTrips({seed}), {...options, seed});
    const found = Array.from({length: runs}, (_, run) => finding(5000 + run).estimate.p! <= 0.05).filter(
      Boolean
    ).length;
    if (verify) console.table([{planted: 0, found: found / runs}]);
    expect(found / runs).toBeLessThanOrEqual(0.05 + slack(0.05));
  });
});

function expectHonest(scores: readonly Score[]): void {
  const [nothing, ...planted] = scores as [Score, ...Score[]];
  expect(Math.abs(nothing.found - 0.05)).toBeLessThanOrEqual(slack(0.05));
  for (const {covered} of scores) expect(covered).toBeGreaterThan(0.94 - slack(0.05));
  expect(Math.max(...planted.map(({found}) => found))).toBeGreaterThan(0.9);
}
