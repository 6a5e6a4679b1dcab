import {describe, expect, it} from "vitest";
import {endedDays} from "../../../services/analytics/bars/ended-days.js";
import {openingRangeSummary, openingRanges} from "../../../services/analytics/sessions/opening-range.js";
import {partRanges, partShares, partSums} from "../../../services/analytics/sessions/part-sums.js";
import {
  isAroundTheClock,
  regionalSessions,
  sessionHours,
  wholeSession
} from "../../../services/analytics/sessions/session-parts.js";
import {sessionSlices} from "../../../services/analytics/sessions/session-slices.js";
import {meanOverSessions} from "../../../services/analytics/statistics/mean-over-sessions.js";
import {realisedVariances, realisedVolatility} from "../../../services/analytics/volatility/realised-volatility.js";
import {sessionsPerYear} from "../../../services/analytics/volatility/sessions-per-year.js";
import {type Bar, toBarSeries} from "../../../services/domain/bar.js";
import {sessionOn} from "../../../services/domain/calendar.js";
import {DAY_MS, HOUR_MS, MINUTE_MS} from "../../../services/domain/time.js";
import {fx, nse} from "../../domain/calendars.js";

const monday = sessionOn(nse, "2024-01-08")!;

/** Bars of 15 minutes of sessions on the NSE, each bar from closes relative to 100. */
function sessionOf(open: number, closes: readonly number[], {volume = (_: number): number => 1} = {}): Bar[] {
  let last = 100;
  return closes.map((close, i) => {
    const bar = {
      time: open + i * 15 * MINUTE_MS,
      open: last,
      high: Math.max(last, close),
      low: Math.min(last, close),
      close,
      volume: volume(i)
    };
    last = close;
    return bar;
  });
}
const flat = (bars: readonly (readonly Bar[])[]) => toBarSeries(bars.flat());
const stepMs = 15 * MINUTE_MS;

describe("sessions of intraday bars", () => {
  it("are those that are all there: a half, an evening and one under way are left out and counted", () => {
    const whole = sessionOf(
      monday.open,
      Array.from({length: 25}, () => 101)
    );
    const half = sessionOf(
      monday.open + DAY_MS,
      Array.from({length: 12}, () => 101)
    );
    const evening = sessionOf(
      sessionOn(nse, "2024-11-01")!.open,
      Array.from({length: 4}, () => 101)
    );
    const {slices, leftOut} = sessionSlices(flat([whole, half, evening]), nse, {stepMs});
    expect(slices.map(({session, start, end}) => [session.date, start, end])).toEqual([["2024-01-08", 0, 25]]);
    expect(leftOut).toBe(2);
  });

  it("are left out while they are under way, however much of them is there", () => {
    const bars = flat([
      sessionOf(
        monday.open,
        Array.from({length: 24}, () => 101)
      )
    ]);
    expect(sessionSlices(bars, nse, {stepMs, asOf: monday.close - 1})).toEqual({slices: [], leftOut: 1});
    expect(sessionSlices(bars, nse, {stepMs, asOf: monday.close}).leftOut).toBe(0);
  });

  it("pass over rows outside every session", () => {
    const early = {...sessionOf(monday.open - HOUR_MS, [100])[0]!};
    const {slices} = sessionSlices(
      flat([
        [early],
        sessionOf(
          monday.open,
          Array.from({length: 25}, () => 101)
        )
      ]),
      nse,
      {stepMs}
    );
    expect(slices.map(({start, end}) => [start, end])).toEqual([[1, 26]]);
  });
});

describe("parts of a session", () => {
  it("are named by the venue's clock, the last one short", () => {
    expect(sessionHours(nse).map(({label}) => label)).toEqual([
      "09:15–10:15",
      "10:15–11:15",
      "11:15–12:15",
      "12:15–13:15",
      "13:15–14:15",
      "14:15–15:15",
      "15:15–15:30"
    ]);
    expect(
      sessionHours(fx)
        .map(({label}) => label)
        .slice(0, 8)
    ).toEqual([
      "17:00–18:00",
      "18:00–19:00",
      "19:00–20:00",
      "20:00–21:00",
      "21:00–22:00",
      "22:00–23:00",
      "23:00–00:00",
      "00:00–01:00"
    ]);
    expect([sessionsPerYear(fx, monday.open), sessionsPerYear(nse, monday.open)]).toEqual([261, 261]);
    expect([isAroundTheClock(fx), isAroundTheClock(nse)]).toEqual([true, false]);
  });

  it("of regions move with each venue's daylight saving", () => {
    const london = regionalSessions[1]!;
    const hourIn = (date: string) => new Date(london.boundsOf(sessionOn(fx, date)!).from).getUTCHours();
    expect([hourIn("2024-01-08"), hourIn("2024-07-08")]).toEqual([8, 7]);
  });

  it("hold their range over the first open, and their shares of volume and variance, which add up to one", () => {
    const closes = Array.from({length: 25}, (_, i) => (i === 4 ? 110 : i < 4 ? 100 : 110));
    const series = flat([sessionOf(monday.open, closes, {volume: (i) => (i < 4 ? 3 : 1)})]);
    const {slices} = sessionSlices(series, nse, {stepMs});
    const parts = partSums(series, slices, sessionHours(nse));
    const [whole] = partSums(series, slices, [wholeSession]);
    expect(whole).toMatchObject({sessions: [0], volume: [33], evenShare: 1});
    expect([partRanges(parts[0]!), parts[0]?.volume]).toEqual([Float64Array.of(0), [12]]);
    expect(partRanges(parts[1]!)[0]).toBeCloseTo(0.1, 14);
    expect(parts[1]!.variance[0]! / whole!.variance[0]!).toBeCloseTo(1, 14);
    const sum = (of: (part: (typeof parts)[number]) => number) => parts.reduce((total, each) => total + of(each), 0);
    const shareOf = (part: (typeof parts)[number]) => partShares(part, part.volume, whole!.volume)[0]!;
    expect(sum((part) => shareOf(part) * part.evenShare)).toBeCloseTo(1, 12);
    expect(sum(({evenShare}) => evenShare)).toBeCloseTo(1, 12);
    expect(parts.at(-1)?.evenShare).toBeCloseTo(15 / 375, 12);
  });

  it("are missing from a session in which they have no bars, and say nothing without sessions", () => {
    const closes = Array.from({length: 25}, () => 101);
    const bars = [0, 1].map((day) => sessionOf(monday.open + day * DAY_MS, closes));
    const series = flat([bars[0]!, bars[1]!.slice(4)]);
    const {slices} = sessionSlices(series, nse, {stepMs});
    const [first, second] = partSums(series, slices, sessionHours(nse));
    expect([first?.sessions, second?.sessions]).toEqual([[0], [0, 1]]);
    expect(partShares(second!, [4, 0], [25, 0])).toEqual(Float64Array.of(4 / 25 / (60 / 375), NaN));
    expect(partSums(series, [], sessionHours(nse))[0]).toMatchObject({sessions: [], open: [], evenShare: 0});
  });
});

describe("an opening range", () => {
  const rest = (first: number, last: number) => [101, 99, first, ...Array.from({length: 21}, () => 100), last];
  const rangesOf = (...sessions: readonly number[][]) => {
    const series = flat(sessions.map((closes, i) => sessionOf(monday.open + i * DAY_MS, closes)));
    return openingRanges(series, sessionSlices(series, nse, {stepMs}).slices, 30);
  };

  it("says which side was passed first, whether both were, and where the session closed from there", () => {
    const [up, down, both, none] = rangesOf(rest(102, 103), rest(98, 99.5), rest(102, 98), rest(100, 100));
    expect(up).toMatchObject({
      high: 101,
      low: 99,
      first: "up",
      isBothSides: false,
      breakTime: monday.open + 30 * MINUTE_MS
    });
    expect(up?.move).toBeCloseTo(103 / 101 - 1, 14);
    expect(down).toMatchObject({first: "down"});
    expect(down?.move).toBeCloseTo(1 - 99.5 / 99, 14);
    expect(both).toMatchObject({first: "up", isBothSides: true});
    expect(none).toMatchObject({first: "none", breakTime: undefined, move: undefined});
  });

  it("does not guess which side came first where one bar passed both", () => {
    const bars = sessionOf(monday.open, rest(100, 100));
    bars[3] = {...bars[3]!, high: 105, low: 95};
    const series = flat([bars]);
    const [range] = openingRanges(series, sessionSlices(series, nse, {stepMs}).slices, 30);
    expect(range).toMatchObject({first: "both", isBothSides: true, move: undefined});
  });

  it("adds up to shares of sessions, refused where they are few", () => {
    const {slices: _, ...summary} = {
      slices: 0,
      ...openingRangeSummary(rangesOf(...Array.from({length: 5}, (_, i) => rest(i < 2 ? 102 : 100, 103))))
    };
    expect(summary.sessions).toBe(5);
    expect(summary.unbroken).toMatchObject({value: 0, n: 5});
    expect(summary.followed).toMatchObject({value: 1, n: 5, method: "Wilson"});
    expect(summary.move.reason).toBe("5 sessions; at least 10 are needed");
  });
});

it("leaves the daily bar of a session under way out", () => {
  const days = toBarSeries(
    [0, 1].map((i) => ({time: monday.open + i * DAY_MS, open: 1, high: 1, low: 1, close: 1, volume: 1}))
  );
  expect(endedDays(days, nse, monday.close + DAY_MS - 1).length).toBe(1);
  expect(endedDays(days, nse, monday.close + DAY_MS).length).toBe(2);
});

describe("realised variance", () => {
  const closes = Array.from({length: 25}, (_, i) => 100 + (i % 2));
  const series = flat([sessionOf(monday.open, closes)]);
  const {slices} = sessionSlices(series, nse, {stepMs});

  it("is the sum of squared returns of the step asked for", () => {
    const move = Math.log(101 / 100) ** 2;
    expect(realisedVariances(series, slices, stepMs)[0]).toBeCloseTo(24 * move, 14);
    expect(realisedVariances(series, slices, 2 * stepMs)[0]).toBeCloseTo(move * 2, 14); // 101, 101 … and the last, 100
    expect(realisedVariances(series, slices, DAY_MS)[0]).toBeCloseTo(0, 14);
    expect(() => realisedVariances(series, slices, 0)).toThrow("invalid step: 0");
  });

  it("is refused below ten sessions, as is a mean over sessions", () => {
    expect(realisedVolatility(Float64Array.of(1, 2)).reason).toBe("2 sessions; at least 10 are needed");
    expect(meanOverSessions([1, NaN, 3]).n).toBe(2);
    expect(meanOverSessions(Array.from({length: 12}, (_, i) => i)).value).toBeCloseTo(5.5, 14);
  });
});
