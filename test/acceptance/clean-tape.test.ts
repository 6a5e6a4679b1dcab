import {describe, expect, it} from "vitest";
import {createRandom} from "../../services/analytics/statistics/random.js";
import {demoCalendars} from "../../services/demo/calendars.js";
import {tapeInstruments} from "../../services/demo/tape/instruments.js";
import {createTape} from "../../services/demo/tape/tape.js";
import {type BarSeries, barColumns, createBarSeries} from "../../services/domain/bar.js";
import {DAY_MS} from "../../services/domain/time.js";
import {findOutliers} from "../../services/snapshots/outliers.js";
import {assessBars} from "../../services/snapshots/quality.js";

const isVerify = Boolean(process.env["TAPEBOOK_VERIFY"]);
const seeds = isVerify ? Array.from({length: 12}, (_, i) => i + 1) : [1, 2];
const minuteDays = isVerify ? 200 : 40;
const now = Date.UTC(2026, 10, 20, 7);
const calendars = demoCalendars();
const spikes = isVerify ? 200 : 12;

function minutesOf(seed: number, id: (typeof tapeInstruments)[number]["id"], days = minuteDays): BarSeries {
  return createTape({seed, calendars})
    .of(id)
    .minuteBars(now - days * DAY_MS, now, now);
}

function copy(bars: BarSeries): BarSeries {
  const copied = createBarSeries(bars.length);
  for (const name of barColumns) copied[name].set(bars[name]);
  return copied;
}

describe("the tape without its defects", () => {
  it.each(tapeInstruments.map(({id, calendar}) => [id, calendar] as const))(
    `%s: gives the quality checks nothing to say, in ${seeds.length} markets of ${minuteDays} days of minutes and 3 years of days`,
    (id, calendar) => {
      for (const seed of seeds) {
        const days = createTape({seed, calendars})
          .of(id)
          .dayBars(now - 1_000 * DAY_MS, now - DAY_MS, now);
        for (const [bars, timeframe] of [
          [minutesOf(seed, id), "1m"],
          [days, "1d"]
        ] as const) {
          expect(bars.length).toBeGreaterThan(500);
          const {gaps, offSession, warnings} = assessBars(bars, timeframe, calendars[calendar]!);
          expect({seed, timeframe, gaps, offSession, warnings}).toEqual({
            ...{seed, timeframe, gaps: [], warnings: []},
            offSession: {preOpen: 0, postClose: 0, closedDay: 0}
          });
        }
      }
    }
  );
});

describe("a bad price planted in the tape", () => {
  // A share's minutes can be so wild that 25 % is less than 40 of their moves, which the check lets pass.
  it.each(tapeInstruments.map(({id, ticks}) => [id, ticks === "trades" ? 10 : 1.1] as const))(
    `%s: a price %d times too high or low is found each of ${spikes} times, where it lies and nowhere else`,
    (id, factor) => {
      const clean = minutesOf(1, id, 40);
      const random = createRandom(20_261_120);
      for (let round = 0; round < spikes; ++round) {
        const bars = copy(clean);
        const at = 100 + random.below(bars.length - 200);
        const bad = bars.close[at]! * (random.next() < 0.5 ? factor : 1 / factor);
        if (round % 2 === 0) bars.close[at] = bad;
        bars.high[at] = Math.max(bars.high[at]!, bad);
        bars.low[at] = Math.min(bars.low[at]!, bad);
        const found = findOutliers(bars).map(({time, kind}) => [time, kind]);
        expect(found).toEqual([[bars.time[at], round % 2 === 0 ? "spike" : "wick"]]);
      }
    }
  );
});
