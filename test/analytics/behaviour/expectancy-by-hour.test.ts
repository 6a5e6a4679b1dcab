import {describe, expect, it} from "vitest";
import {describeHours} from "../../../services/analytics/behaviour/describe.js";
import {expectancyByHour} from "../../../services/analytics/behaviour/expectancy-by-hour.js";
import {gradeTogether} from "../../../services/analytics/behaviour/finding.js";
import {reentry} from "../../../services/analytics/behaviour/reentry.js";
import {DAY_MS, HOUR_MS} from "../../../services/domain/time.js";
import {simulateTrips, trip} from "./simulated-trader.js";

describe("expectancyByHour", () => {
  it("agrees with twelve days worked by hand", () => {
    const trips = Array.from({length: 12}, (_, day) => [
      trip(`${day}a`, day * DAY_MS + 9 * HOUR_MS, day * DAY_MS + 9.5 * HOUR_MS, day % 2 ? 10 : 6),
      trip(`${day}b`, day * DAY_MS + 14 * HOUR_MS, day * DAY_MS + 15 * HOUR_MS, -4)
    ]).flat();
    const {hours, estimate, rows} = expectancyByHour(trips);
    expect(hours.length).toBe(24);
    expect(hours[9]!.estimate).toMatchObject({value: 8, n: 12, level: 0.95});
    expect(hours[14]!.estimate).toMatchObject({value: -4, n: 12, low: -4, high: -4});
    expect(hours[9]!.estimate.p).toBe(hours[14]!.estimate.p);
    expect(hours[10]!.estimate).toEqual({value: undefined, n: 0, reason: "0 round trips; at least 10 are needed"});
    expect(estimate).toMatchObject({n: 24, method: "permutation within session, Simes over 2 hours"});
    expect(rows.map(({label}) => label)).toEqual(["09:00–10:00", "14:00–15:00"]);
  });

  it("tells the planted hour from the others, and names it", () => {
    const finding = expectancyByHour(simulateTrips({seed: 3, sessions: 150, hourEffect: -15}));
    expect(finding.hours.filter(({isDistinguishable}) => isDistinguishable).map(({hour}) => hour)).toContain(14);
    expect(["moderate", "strong"]).toContain(finding.hours[14]!.grade);
    expect(describeHours(finding)).toMatch(/14:00–15:00 .*differ from the rest of the same days; n = 1\u202f200\.$/);
  });

  it("says that there is no evidence where no hour differs", () => {
    const finding = expectancyByHour(simulateTrips({seed: 5, sessions: 60}));
    expect(describeHours(finding)).toBe("There is no evidence that results differ by hour of opening; n = 480.");
  });

  it("reads the hour on the account's clock", () => {
    const trips = Array.from({length: 12}, (_, day) =>
      trip(`${day}`, day * DAY_MS + 4 * HOUR_MS, day * DAY_MS + 5 * HOUR_MS, 1)
    );
    expect(expectancyByHour(trips, {zone: "Asia/Kolkata"}).hours[9]!.estimate.n).toBe(12);
  });

  it("has nothing to say about nothing", () => {
    expect(describeHours(expectancyByHour([]))).toBe(
      "Too little to say whether results differ by hour of opening: 0 hours with enough round trips; at least 2 are needed."
    );
  });
});

describe("gradeTogether", () => {
  it("demands more of a finding the more are looked at", () => {
    const finding = reentry([]);
    const withP = (p: number) => ({...finding, estimate: {value: 1, n: 200, p}});
    const [alone] = gradeTogether([withP(0.009)] as const);
    const [first, , , refused] = gradeTogether([withP(0.009), withP(0.8), withP(0.9), finding] as const);
    expect([alone!.grade, alone!.adjustedP]).toEqual(["moderate", 0.009]);
    expect([first!.grade, first!.adjustedP]).toEqual(["weak", expect.closeTo(0.027, 12)]);
    expect([refused!.grade, refused!.adjustedP]).toEqual(["none", undefined]);
  });
});
