import {describe, expect, it} from "vitest";
import {describeReentry, describeReentryShare} from "../../../services/analytics/behaviour/describe.js";
import {reentriesOf, reentry} from "../../../services/analytics/behaviour/reentry.js";
import {DAY_MS, MINUTE_MS} from "../../../services/domain/time.js";
import {simulateTrips, trip} from "./simulated-trader.js";

const at = (id: string, openMinute: number, closeMinute: number, net: number) =>
  trip(id, openMinute * MINUTE_MS, closeMinute * MINUTE_MS, net);

describe("reentriesOf", () => {
  it("measures each opening from the last close before it, in the same session alone", () => {
    const trips = [at("a", 0, 10, -5), at("b", 15, 40, 5), at("c", 60, 70, 5), at("d", 2000, 2010, 5)];
    expect(reentriesOf(trips, "UTC").map(({minutes, isAfterLoss}) => [minutes, isAfterLoss])).toEqual([
      [5, true],
      [20, false]
    ]);
  });

  it("counts an opening once, however many pieces it was closed in, and closes of one moment by their sum", () => {
    const pieces = ["b#1", "b#2"].map((id) => ({...at(id, 15, 40, 5), tickets: ["b-in", id]}));
    const trips = [at("a1", 0, 10, -5), at("a2", 1, 10, 8), ...pieces];
    expect(reentriesOf(trips, "UTC").map(({minutes, isAfterLoss}) => [minutes, isAfterLoss])).toEqual([[5, false]]);
  });

  it("leaves out what follows a scratch, and an opening before any close", () => {
    expect(reentriesOf([at("a", 0, 10, 0), at("b", 5, 30, 1), at("c", 12, 20, 1)], "UTC")).toEqual([]);
  });

  it("divides sessions at midnight of the account's zone", () => {
    const evening = [at("a", 17 * 60, 18 * 60, -5), at("b", 18 * 60 + 45, 19 * 60, 5)]; // 23:30 and 00:15 in Kolkata
    expect(reentriesOf(evening, "UTC").length).toBe(1);
    expect(reentriesOf(evening, "Asia/Kolkata").length).toBe(0);
  });
});

describe("reentry", () => {
  it("agrees with ten days worked by hand: 10 minutes after each loss, 30 after each win", () => {
    const trips = Array.from({length: 10}, (_, day) => {
      const start = (day * DAY_MS) / MINUTE_MS;
      return [
        at(`${day}a`, start, start + 5, -1),
        at(`${day}b`, start + 15, start + 20, 1),
        at(`${day}c`, start + 50, start + 60, 1)
      ];
    }).flat();
    const found = reentry(trips, {windowMinutes: 15});
    expect(found.estimate).toMatchObject({value: -20, n: 20, low: -20, high: -20, level: 0.95});
    expect(found.estimate.method).toBe("bootstrap by session, 2000 draws");
    expect(found.estimate.p).toBeLessThan(0.01); // 2 of 2¹⁰ arrangements are as far out
    expect(found.share.estimate).toMatchObject({value: 1, n: 20});
    expect(found.rows.map(({estimate}) => estimate.value)).toEqual([10, 30]);
    expect(found.share.rows.map(({estimate}) => estimate.value)).toEqual([1, 0]);
    expect(found.grade).toBe("weak"); // the p would do for more, 20 observations do not
  });

  it("refuses a small sample with what is missing", () => {
    const found = reentry([at("a", 0, 10, -5), at("b", 15, 40, 5)]);
    expect(found.estimate).toEqual({
      value: undefined,
      n: 0,
      reason: "0 re-entries after a loss in sessions with both; at least 10 are needed"
    });
    expect([found.grade, found.adjustedP]).toEqual(["none", undefined]);
    expect(describeReentry(found)).toBe(
      "Too little to say whether you re-enter sooner or later after a loss than after a win: 0 re-entries after a loss in sessions with both; at least 10 are needed."
    );
  });

  it("finds a planted habit and says it plainly", () => {
    const found = reentry(simulateTrips({seed: 1, sessions: 60, afterLossMinutes: -11}));
    expect(found.grade).toBe("strong");
    expect(found.estimate.low! < -11 && -11 < found.estimate.high!).toBe(true);
    expect(describeReentry(found)).toMatch(
      /^You re-enter 1\d minutes sooner after a loss, 95 % between [\d.]+ and \d+; n = \d+\.$/
    );
  });

  it("says that there is no evidence where nothing was planted, though slow days are losing days", () => {
    const found = reentry(simulateTrips({seed: 4, sessions: 60}));
    expect(found.grade).toBe("none");
    expect(describeReentry(found)).toMatch(/^There is no evidence that you re-enter sooner or later after a loss/);
  });

  it("is the same for the same trips in any order", () => {
    const trips = simulateTrips({seed: 2, sessions: 12});
    expect(reentry(trips.slice().reverse())).toEqual(reentry(trips));
  });

  it("refuses a window that makes no sense", () => {
    expect(() => reentry([], {windowMinutes: NaN})).toThrow("invalid window: NaN");
  });
});

describe("describeReentry", () => {
  const finding = reentry([]);
  const estimate = {value: -11.2, n: 1214, low: -17.4, high: -5.8, level: 0.95};

  it("turns the interval with the word", () => {
    expect(describeReentry({...finding, estimate, grade: "strong"})).toBe(
      "You re-enter 11 minutes sooner after a loss, 95 % between 5.8 and 17; n = 1\u202f214."
    );
    expect(describeReentry({...finding, estimate: {...estimate, value: 1, low: -0.5, high: 2.5}, grade: "weak"})).toBe(
      "There is weak evidence that you re-enter 1 minute later after a loss, 95 % between −0.5 and 2.5; n = 1\u202f214."
    );
  });

  it("claims nothing without a grade", () => {
    expect(describeReentry({...finding, estimate, grade: "none"})).toBe(
      "There is no evidence that you re-enter sooner or later after a loss than after a win: the difference is −11 minutes, 95 % between −17 and −5.8; n = 1\u202f214."
    );
  });

  it("says the share in points", () => {
    const share = {
      ...finding.share,
      estimate: {value: 0.124, n: 214, low: 0.04, high: 0.2, level: 0.95},
      grade: "moderate" as const
    };
    expect(describeReentryShare({...finding, share})).toBe(
      "You re-enter within 15 minutes more often after a loss, by 12 points, 95 % between 4 and 20; n = 214."
    );
  });
});
