import {describe, expect, it} from "vitest";
import {balanceCurve} from "../../../services/analytics/performance/balance-curve.js";
import {dailyReturns} from "../../../services/analytics/risk/daily-returns.js";
import {underwater} from "../../../services/analytics/risk/underwater.js";
import {deal, deposit} from "../performance/deal-builder.js";

const close = (minute: number, profit: number) => deal(minute, "sell", "out", 1, 100, {profit});

describe("underwater", () => {
  it("agrees with a history worked by hand, and a deposit or withdrawal moves nothing", () => {
    // growth 1, 0.9 (−100 of 1000), then 500 out, 0.72 (−80 of 400), 1000 out of nowhere in, 1.08 (+50 % of 1320)
    const points = balanceCurve([
      deposit(0, 1000),
      close(10, -100),
      deposit(20, -500),
      close(30, -80),
      deposit(40, 1000),
      close(50, 660)
    ]);
    const found = underwater(points);
    const depths = [0, -0.1, -0.1, -0.28, -0.28, 0];
    for (const [i, depth] of depths.entries()) expect(found.points[i]!.drawdown).toBeCloseTo(depth, 12);
    expect(found.worst).toMatchObject([{startTime: 0, troughTime: 30 * 60_000, recoveryTime: 50 * 60_000}]);
    expect(found.timeUnderFraction).toBe(1);
    expect(found.reason).toBeUndefined();
  });

  it("leaves an unrecovered drawdown open", () => {
    const {worst, timeUnderFraction} = underwater(balanceCurve([deposit(0, 1000), close(10, 100), close(20, -50)]));
    expect(worst).toMatchObject([{startTime: 600_000, recoveryTime: undefined}]);
    expect(timeUnderFraction).toBe(0.5);
  });

  it("stops, and says why, where nothing is left; and has nothing to say without a deposit", () => {
    const found = underwater(balanceCurve([deposit(0, 100), close(10, -100), deposit(20, 50)]));
    expect([found.points.length, found.reason]).toEqual([1, "balance 0 at deal 10: nothing left to measure"]);
    expect(underwater([])).toEqual({
      points: [],
      worst: [],
      timeUnderFraction: undefined,
      reason: "no deposit in this history"
    });
  });
});

describe("dailyReturns", () => {
  const day = 1440;

  it("compounds a day's closes, counts idle weekdays as 0, and skips idle weekends", () => {
    // 1970-01-01 was a Thursday: closes on Thursday (twice) and the next Tuesday
    const points = balanceCurve([
      deposit(0, 1000),
      close(10, 100),
      close(20, -110),
      deposit(day, 10),
      close(5 * day, 100)
    ]);
    const found = dailyReturns(points);
    expect(found.map(({date, isTraded}) => [date, isTraded])).toEqual([
      ["1970-01-01", true],
      ["1970-01-02", false],
      ["1970-01-05", false],
      ["1970-01-06", true]
    ]);
    for (const [i, value] of [-0.01, 0, 0, 0.1].entries()) expect(found[i]!.return).toBeCloseTo(value, 12);
  });

  it("counts the day in the account's zone", () => {
    const points = balanceCurve([deposit(0, 1000), close(20 * 60, 100)]);
    expect(dailyReturns(points, "Asia/Kolkata")[0]!.date).toBe("1970-01-02");
  });

  it("has none without a deposit, and refuses a return on nothing", () => {
    expect(dailyReturns(balanceCurve([close(1, 5)]))).toEqual([]);
    expect(() => dailyReturns(balanceCurve([deposit(0, 100), close(1, -100), close(2, 5)]))).toThrow(
      "no balance before deal 2 to measure its return by"
    );
  });
});
