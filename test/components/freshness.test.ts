import {describe, expect, it} from "vitest";
import {freshness} from "../../components/parts/freshness.js";
import {DAY_MS, HOUR_MS, MINUTE_MS} from "../../services/domain/time.js";
import {nse, open, sampleDataset} from "./sample-dataset.js";

const close = open + 375 * MINUTE_MS;

describe("freshness", () => {
  it("speaks up to the end of the last bar", () => {
    expect(freshness(sampleDataset(), nse, close)).toEqual({isStale: false, missedSessions: 0, asOf: close});
  });

  it("is not stale over a night, a holiday or a weekend", () => {
    const thursday = sampleDataset({lastTime: open + DAY_MS + 374 * MINUTE_MS, checkedTime: close + DAY_MS});
    const mondayBeforeClose = close + 5 * DAY_MS - HOUR_MS; // Friday was a holiday
    expect(freshness(thursday, nse, mondayBeforeClose).isStale).toBe(false);
    expect(freshness(thursday, nse, close + 5 * DAY_MS)).toMatchObject({isStale: true, missedSessions: 1});
  });

  it("is stale when the session ended and the bars did not reach its end", () => {
    const cut = sampleDataset({lastTime: open + 100 * MINUTE_MS});
    expect(freshness(cut, nse, close - 1).isStale).toBe(false);
    expect(freshness(cut, nse, close)).toMatchObject({isStale: true, missedSessions: 1});
  });

  it("forgives a few quiet minutes before the bell", () => {
    const quiet = sampleDataset({lastTime: open + 365 * MINUTE_MS});
    expect(freshness(quiet, nse, close).isStale).toBe(false);
  });

  it("takes a daily bar to the close of its session, whether stamped at the open or at midnight", () => {
    const daily = {timeframe: "1d", checkedTime: close + HOUR_MS} as const;
    const atOpen = sampleDataset({...daily, lastTime: open, firstTime: open});
    expect(freshness(atOpen, nse, close + HOUR_MS)).toMatchObject({isStale: false, asOf: close});
    const midnight = open - (9 * 60 + 15) * MINUTE_MS;
    const atMidnight = sampleDataset({...daily, lastTime: midnight, firstTime: midnight});
    expect(freshness(atMidnight, nse, close + HOUR_MS).isStale).toBe(false);
  });

  it("calls an empty set stale, as of no moment", () => {
    const empty = sampleDataset({firstTime: null, lastTime: null, rows: 0});
    expect(freshness(empty, nse, close)).toEqual({isStale: true, missedSessions: 0, asOf: null});
  });
});
