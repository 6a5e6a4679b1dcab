import {expect, it} from "vitest";
import {createLatencyMeter} from "../../../components/live/latency-meter.js";

const tick = (eventTime: number, receivedTime: number) =>
  ({type: "quote", instrument: "X:A", eventTime, receivedTime, bid: 1, ask: 1}) as const;

it("times each stretch from the venue to the screen, and only what was drawn", () => {
  const meter = createLatencyMeter();
  meter.arrive(tick(1_000, 1_100), 1_103);
  meter.arrive(tick(1_000, 1_200), 1_203);
  meter.drawn(1_220);
  meter.arrive(tick(2_000, 2_001), 9_999);
  meter.skip();
  meter.drawn(10_000);
  expect(meter.stages().map(({name, n, medianMs, worstMs}) => [name, n, medianMs, worstMs])).toEqual([
    ["venue to sidecar", 2, 150, 200],
    ["sidecar to page", 2, 3, 3],
    ["page to screen", 2, 67, 117],
    ["venue to screen", 2, 220, 220]
  ]);
});

it("keeps the newest ticks only, and has no figure before the first", () => {
  const meter = createLatencyMeter({capacity: 3});
  expect(meter.stages().map(({n, medianMs}) => [n, medianMs])).toEqual(Array.from({length: 4}, () => [0, NaN]));
  for (let i = 1; i <= 5; ++i) {
    meter.arrive(tick(0, i), i);
    meter.drawn(i);
  }
  expect(meter.stages()[0]).toMatchObject({n: 3, medianMs: 4, worstMs: 5});
});
