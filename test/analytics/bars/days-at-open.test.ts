import {expect, it} from "vitest";
import {daysAtOpen} from "../../../services/analytics/bars/days-at-open.js";
import {resampleBars} from "../../../services/analytics/bars/resample-bars.js";
import {toBarSeries} from "../../../services/domain/bar.js";
import {DAY_MS} from "../../../services/domain/time.js";
import {nse, open} from "../../components/sample-dataset.js";

const midnight = open - (9 * 60 + 15) * 60_000;
const day = (time: number, close: number) => ({time, open: 100, high: 110, low: 90, close, volume: 1});

it("daysAtOpen times a day by its session, whether stamped at midnight or within the session", () => {
  const days = toBarSeries([day(midnight, 101), day(open + DAY_MS, 102)]);
  expect([...daysAtOpen(days, nse).time]).toEqual([open, open + DAY_MS]);
});

it("daysAtOpen leaves a day without a session where it is", () => {
  const friday = midnight + 2 * DAY_MS; // a holiday
  expect([...daysAtOpen(toBarSeries([day(friday, 101)]), nse).time]).toEqual([friday]);
});

it("daysAtOpen lets days stamped at midnight be made into weeks, with nothing lost", () => {
  const days = toBarSeries([day(midnight, 101), day(midnight + DAY_MS, 102), day(midnight + 5 * DAY_MS, 103)]);
  const weeks = resampleBars(daysAtOpen(days, nse), "1w", nse);
  expect([...weeks.close]).toEqual([102, 103]);
  expect([...weeks.volume]).toEqual([2, 1]);
});
