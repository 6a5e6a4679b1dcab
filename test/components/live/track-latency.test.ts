// @vitest-environment jsdom
import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {createFormats} from "../../../components/format/create-formats.js";
import {createLatencyMeter} from "../../../components/live/latency-meter.js";
import {latencyTable} from "../../../components/live/latency-table.js";
import {trackLatency} from "../../../components/live/track-latency.js";
import {type HandDesk, handDesk, infy, NINE} from "./hand-desk.js";

let hand: HandDesk;
beforeEach(() => {
  vi.useFakeTimers({now: NINE});
  hand = handDesk();
});
afterEach(() => {
  hand.desk.close();
  vi.useRealTimers();
});

it("times the ticks that are shown, and neither those told again nor those that come while the page is held", () => {
  const meter = createLatencyMeter();
  const timing = trackLatency(hand.gate, meter, (id) => id === infy.id);
  hand.tick(100, NINE - 60_000, NINE - 59_000); // from before the line was open
  vi.setSystemTime(NINE + 500);
  hand.tick(101, NINE + 100, NINE + 300);
  vi.setSystemTime(NINE + 520);
  timing.drawn();
  hand.gate.hold();
  hand.tick(102, NINE + 600, NINE + 700);
  hand.gate.release();
  timing.drawn();
  expect(meter.stages().map(({n, medianMs}) => [n, medianMs])).toEqual([
    [1, 200],
    [1, 200],
    [1, 20],
    [1, 420]
  ]);
  const view = latencyTable(hand.desk, meter, createFormats({zone: "UTC", locale: "en-GB"}));
  view.draw();
  expect(view.node.textContent).toMatch(/venue to screen\s*420\s*420\s*420/);
  expect(view.node.textContent).toContain("n = 1, the newest ticks drawn");
  timing.end();
  hand.tick(103, NINE + 800, NINE + 800);
  timing.drawn();
  expect(meter.stages()[0]!.n).toBe(1);
});
