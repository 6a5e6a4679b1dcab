import {describe, expect, it} from "vitest";
import {tripRows, tripTimeframe} from "../../../services/analytics/performance/trip-bars.js";
import {DAY_MS, HOUR_MS, MINUTE_MS} from "../../../services/domain/time.js";
import {nse, open} from "../../components/sample-dataset.js";

const minutes = {timeframe: "1m", firstTime: open, lastTime: open + 374 * MINUTE_MS} as const;
const days = {timeframe: "1d", firstTime: open - 30 * DAY_MS, lastTime: open} as const;
const lasting = (ms: number, from = open + MINUTE_MS) => ({openTime: from, closeTime: from + ms});

describe("tripTimeframe", () => {
  it("takes the finest bars of which the trip lasts sixty at most", () => {
    expect(tripTimeframe(lasting(HOUR_MS), [days, minutes], nse)).toEqual({timeframe: "1m", from: "1m"});
    expect(tripTimeframe(lasting(3 * HOUR_MS), [days, minutes], nse)).toEqual({timeframe: "5m", from: "1m"});
  });

  it("counts only the time that the venue was open", () => {
    const wide = {...minutes, lastTime: open + DAY_MS + 374 * MINUTE_MS};
    expect(tripTimeframe(lasting(DAY_MS), [wide], nse)).toEqual({timeframe: "15m", from: "1m"}); // 375 open minutes
  });

  it("takes days where the finer bars do not reach it, and says so where none do", () => {
    expect(tripTimeframe(lasting(HOUR_MS, open - DAY_MS), [minutes, days], nse)).toEqual({
      timeframe: "1d",
      from: "1d",
      short: "1m"
    });
    expect(tripTimeframe(lasting(HOUR_MS, open - 90 * DAY_MS), [minutes, days], nse)).toEqual({
      reason: "the bars kept do not reach it"
    });
    expect(tripTimeframe(lasting(HOUR_MS), [], nse).reason).toBe("no bars of it are kept");
    expect(tripTimeframe(lasting(HOUR_MS), [{...minutes, firstTime: null, lastTime: null}], nse).reason).toBeDefined();
  });

  it("does not take bars that end before the trip does", () => {
    const last = minutes.lastTime + MINUTE_MS;
    expect(tripTimeframe({openTime: open, closeTime: last}, [minutes], nse).timeframe).toBeDefined();
    expect(tripTimeframe({openTime: open, closeTime: last + 1}, [minutes], nse).timeframe).toBeUndefined();
  });
});

describe("tripRows", () => {
  const time = Float64Array.from({length: 200}, (_, i) => i * MINUTE_MS);

  it("takes the bars it lasted through with forty before and twenty-four after", () => {
    expect(tripRows(time, {openTime: 100.5 * MINUTE_MS, closeTime: 110 * MINUTE_MS})).toEqual({
      first: 60,
      end: 135,
      opened: 100,
      closed: 110
    });
  });

  it("stays within the bars there are", () => {
    expect(tripRows(time, {openTime: 0, closeTime: 199 * MINUTE_MS})).toMatchObject({first: 0, end: 200});
  });
});
