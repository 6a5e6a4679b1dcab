import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {HOUR_MS, MINUTE_MS, parseIso} from "../../../services/domain/time.js";
import {createClock} from "../../../services/sources/mt5/clock.js";
import {toUtcInOrder, toUtcUntil} from "../../../services/sources/mt5/order-times.js";
import {parseTicks} from "../../../services/sources/mt5/parse-rows.js";
import {fuzz} from "../runs.js";

const clock = createClock({zone: "Europe/Athens", offsetHours: 0});
// Athens shows the hour from three o'clock twice: from midnight UTC and again from one.
const night = parseIso("2024-10-27T00:00:00Z");
const walls = (times: readonly number[]) => times.map(clock.fromUtc);
const at = (minute: number) => night + minute * MINUTE_MS;

/** Moments about the change, several of one moment among them, none so far apart that an hour goes by unseen. */
const around = fc.array(fc.integer({min: 0, max: 20 * MINUTE_MS}), {minLength: 20, maxLength: 40}).map((steps) => {
  let time = at(-40);
  return steps.map((step) => (time += step));
});

describe("toUtcInOrder", () => {
  it("gives the second showing of an hour after a step back, and a moment that comes twice once each", () => {
    const times = [at(15), at(15), at(59), at(61), at(75), at(75), at(119), at(121)];
    expect(toUtcInOrder(walls(times), clock)).toEqual(times);
  });

  it("is right for every run of moments through the change", () => {
    fc.assert(
      fc.property(around, (times) => {
        expect(toUtcInOrder(walls(times), clock)).toEqual(times);
      }),
      fuzz(81)
    );
  });
});

describe("toUtcUntil", () => {
  it("takes newest rows within the second showing for what they are, at a quarter past one UTC", () => {
    const times = [at(70), at(74), at(75)];
    expect(toUtcUntil(walls(times), clock, at(75))).toEqual(times);
    expect(toUtcUntil(walls(times), clock, at(600))).toEqual(times);
  });

  it("takes them for the first while the second has not come, or where a step back follows", () => {
    const first = [at(10), at(14), at(15)];
    expect(toUtcUntil(walls(first), clock, at(15))).toEqual(first);
    const both = [at(30), at(59), at(60), at(75)];
    expect(toUtcUntil(walls(both), clock, at(75))).toEqual(both);
  });

  it("changes nothing on any other day, and takes nothing", () => {
    const times = [at(-3_000), at(-3_000), at(-2_000)];
    expect(toUtcUntil(walls(times), clock, at(0))).toEqual(times);
    expect(toUtcUntil([], clock, at(0))).toEqual([]);
  });
});

it("ticks of a bridge at a quarter past one on that night are not put an hour early", () => {
  const rows = [at(58), at(62), at(75)].map((time) => ({
    time: clock.fromUtc(time) / 1000,
    time_msc: clock.fromUtc(time),
    bid: 67_000,
    ask: 67_001
  }));
  const found = parseTicks(rows, "t", clock, at(75)).map(({time}) => time);
  expect(found).toEqual([at(58), at(62), at(75)]);
  expect(found[2]! - at(0)).toBe(HOUR_MS + 15 * MINUTE_MS);
});
