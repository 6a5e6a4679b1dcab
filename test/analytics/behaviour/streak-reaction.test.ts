import {describe, expect, it} from "vitest";
import {describeStreakSize, describeStreakTime} from "../../../services/analytics/behaviour/describe.js";
import {streakEntries, streakReaction} from "../../../services/analytics/behaviour/streak-reaction.js";
import {createRandom} from "../../../services/analytics/statistics/random.js";
import type {RoundTrip} from "../../../services/domain/round-trip.js";
import {DAY_MS, MINUTE_MS} from "../../../services/domain/time.js";
import {trip} from "./simulated-trader.js";

const at = (id: string, openMinute: number, net: number, volumeLots = 1): RoundTrip => ({
  ...trip(id, openMinute * MINUTE_MS, (openMinute + 5) * MINUTE_MS, net),
  volumeLots
});

/** Eight openings a day, each sized by the streak before it. */
function simulate(seed: number, {perStep = 0, sessions = 60} = {}): RoundTrip[] {
  const random = createRandom(seed);
  let streak = 0;
  return Array.from({length: sessions * 8}, (_, i) => {
    const net = random.normal() + 0.01;
    const lots = Math.exp(perStep * Math.max(-5, Math.min(5, streak)) + 0.2 * random.normal());
    streak = Math.sign(streak) === Math.sign(net) ? streak + Math.sign(net) : Math.sign(net);
    const open = Math.floor(i / 8) * (DAY_MS / MINUTE_MS) + 600 + (i % 8) * 40 + random.below(20);
    return at(`${i}`, open, Math.round(100 * net) / 100 || 0.01 * Math.sign(net), lots);
  });
}

describe("streakEntries", () => {
  it("counts wins and losses in a row in order of closing, and a scratch ends the row", () => {
    const trips = [
      at("a", 0, 1),
      at("b", 10, 2),
      at("c", 20, -1),
      at("d", 30, -1),
      at("e", 40, 0),
      at("f", 50, 1),
      at("g", 60, 1)
    ];
    expect(streakEntries(trips, "UTC").map(({streak, minutes}) => [streak, minutes])).toEqual([
      [1, 5],
      [2, 5],
      [-1, 5],
      [-2, 5],
      [1, 5]
    ]);
  });

  it("measures size against the instrument's usual one, pieces of one opening together", () => {
    const pieces = ["b#1", "b#2"].map((id) => ({...at(id, 10, 1, 1), tickets: ["b-in", id]}));
    expect(
      streakEntries([at("a", 0, 1, 1), ...pieces, at("c", 20, 1, 1)], "UTC").map((entry) => entry.relativeSize)
    ).toEqual([2, 1]);
  });
});

describe("streakReaction", () => {
  it("agrees with ten days worked by hand: size doubles after a win, halves after a loss", () => {
    const trips = Array.from({length: 10}, (_, day) => {
      const start = day * 1440;
      // sizes 2, 4 and 1 stand in streaks of any, +1 and −1: log 4 over a way of 2 is log 2 a step
      return [at(`${day}a`, start, 1, 2), at(`${day}b`, start + 10, -1, 4), at(`${day}c`, start + 20, -1, 1)];
    }).flat();
    const found = streakReaction(trips);
    expect(found.estimate.value).toBeCloseTo(1, 12);
    expect(found.estimate).toMatchObject({n: 20, level: 0.95, method: "bootstrap by session, 2000 draws"});
    expect(found.time.estimate.reason).toBe("it never varies within a session");
  });

  it("finds a planted reaction, and covers it", () => {
    const found = streakReaction(simulate(1, {perStep: 0.1}));
    expect(found.grade).toBe("strong");
    expect(found.estimate.low! < Math.expm1(0.1) && Math.expm1(0.1) < found.estimate.high!).toBe(true);
    expect(describeStreakSize(found)).toMatch(
      /^Your size grows by [\d.]+ % with each win in a row, 95 % between [\d.]+ and [\d.]+; n = \d+\.$/
    );
  });

  it("raises a false alarm in about 5 % of traders without the habit", () => {
    const runs = process.env["TAPEBOOK_VERIFY"] ? 1000 : 100;
    const options = {draws: 10, shuffles: 199};
    const found = Array.from({length: runs}, (_, seed) => streakReaction(simulate(seed), {...options, seed}));
    const share = found.filter(({estimate}) => estimate.p! <= 0.05).length / runs;
    expect(Math.abs(share - 0.05)).toBeLessThanOrEqual(3 * Math.sqrt((0.05 * 0.95) / runs));
  });

  it("says the difference with its unit where there is no evidence", () => {
    const finding = {...streakReaction([]), estimate: {value: 0.23, n: 60, low: -0.24, high: 0.79, level: 0.95}};
    expect(describeStreakSize(finding)).toBe(
      "There is no evidence that your size follows your streaks: the difference is 23 % a win, 95 % between −24 and 79; n = 60."
    );
  });

  it("refuses a small sample, and a longest streak that makes no sense", () => {
    const found = streakReaction([at("a", 0, 1), at("b", 10, 1)]);
    expect(found.estimate.reason).toBe(
      "0 openings after a close in sessions that can be compared; at least 20 are needed"
    );
    expect(describeStreakTime(found.time)).toMatch(
      /^Too little to say whether the time to your next opening follows your streaks: 0 openings/
    );
    expect(() => streakReaction([], {longest: NaN})).toThrow("invalid longest streak: NaN");
  });
});
