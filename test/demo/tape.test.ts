import {createHash} from "node:crypto";
import fc from "fast-check";
import {expect, it} from "vitest";
import {demoCalendars} from "../../services/demo/calendars.js";
import {tapeInstruments} from "../../services/demo/tape/instruments.js";
import {createTape} from "../../services/demo/tape/tape.js";
import {assertBars, type Bar, type BarSeries, barAt, barColumns} from "../../services/domain/bar.js";
import {sessionAt, sessionsBetween} from "../../services/domain/calendar.js";
import {DAY_MS, MINUTE_MS} from "../../services/domain/time.js";

const calendars = demoCalendars();
const tape = createTape({seed: 1, calendars});
const runs = {seed: 20_260_101, numRuns: process.env.TAPEBOOK_VERIFY ? 2_000 : 120};
const from = Date.UTC(2023, 0, 4);
const until = Date.UTC(2026, 11, 1);
const anyId = fc.constantFrom(...tapeInstruments.map(({id}) => id));
const anyTime = fc.integer({min: from, max: until});

function fold(bars: readonly Bar[]) {
  return {
    open: bars[0]!.open,
    high: Math.max(...bars.map(({high}) => high)),
    low: Math.min(...bars.map(({low}) => low)),
    close: bars.at(-1)!.close,
    volume: bars.reduce((sum, {volume}) => sum + volume, 0)
  };
}

function rows(series: BarSeries): Bar[] {
  return Array.from({length: series.length}, (_, i) => barAt(series, i));
}

function digest(series: BarSeries): string {
  const hash = createHash("sha256");
  for (const name of barColumns) hash.update(new Uint8Array(series[name].slice().buffer));
  return hash.digest("hex");
}

it("ticks fold into minute bars, to the last step and count", () => {
  fc.assert(
    fc.property(anyId, anyTime, (id, time) => {
      const one = tape.of(id);
      const [minute] = rows(one.minuteBars(time, time + 4 * DAY_MS, until + 9 * DAY_MS));
      const ticks = one.ticks(minute!.time, minute!.time + MINUTE_MS);
      const prices = ticks.map(({price}) => price);
      const {open, high, low, close, volume} = minute!;
      expect({open: prices[0], high: Math.max(...prices), low: Math.min(...prices), close: prices.at(-1)}).toEqual({
        open,
        high,
        low,
        close
      });
      expect(ticks.reduce((sum, tick) => sum + tick.volume, 0)).toBe(volume);
      expect(ticks.every((tick, i) => i === 0 || tick.time > ticks[i - 1]!.time)).toBe(true);
      expect(ticks.every((tick, i) => i === 0 || tick.dayVolume === ticks[i - 1]!.dayVolume + tick.volume)).toBe(true);
      expect(ticks.every(({bid, ask, price}) => bid < ask && bid <= price && price <= ask)).toBe(true);
    }),
    runs
  );
});

it("minute bars fold into session bars, to the last step and count", () => {
  fc.assert(
    fc.property(anyId, anyTime, (id, time) => {
      const one = tape.of(id);
      const [session] = sessionsBetween(calendars[one.spec.calendar]!, time, time + 6 * DAY_MS);
      const now = until + 9 * DAY_MS;
      const minutes = rows(one.minuteBars(session!.open, session!.close, now));
      const [day] = rows(one.dayBars(session!.open, session!.open + 1, now));
      expect(minutes).toHaveLength((session!.close - session!.open) / MINUTE_MS);
      expect({time: session!.open, ...fold(minutes)}).toEqual(day);
    }),
    {...runs, numRuns: runs.numRuns / 4}
  );
});

it("a forming bar is the fold of the ticks so far, and the past does not depend on now", () => {
  fc.assert(
    fc.property(anyId, anyTime, fc.integer({min: 0, max: 30 * DAY_MS}), (id, now, later) => {
      const one = tape.of(id);
      const start = now - 3 * 60 * MINUTE_MS;
      const seen = rows(one.minuteBars(start, now + DAY_MS, now));
      const whole = seen.filter((bar) => bar.time + MINUTE_MS <= now);
      expect(rows(one.minuteBars(start, now + 1, now + later)).slice(0, whole.length)).toEqual(whole);
      const forming = seen.at(-1);
      if (!forming || forming.time + MINUTE_MS <= now) return;
      const prices = one.ticks(forming.time, now + 1).map(({price}) => price);
      expect([forming.close, forming.high]).toEqual([prices.at(-1), Math.max(...prices)]);
      expect(one.tickAt(now)?.price).toBe(forming.close);
    }),
    runs
  );
});

it("the session bar known at a moment is the fold of the minutes known then", () => {
  fc.assert(
    fc.property(anyId, anyTime, (id, now) => {
      const one = tape.of(id);
      const session = sessionAt(calendars[one.spec.calendar]!, now);
      const minutes = session ? rows(one.minuteBars(session.open, now + 1, now)) : [];
      const days = session ? rows(one.dayBars(session.open, now + 1, now)) : [];
      expect(days).toEqual(minutes.length > 0 ? [{time: session!.open, ...fold(minutes)}] : []);
    }),
    {...runs, numRuns: runs.numRuns / 4}
  );
});

it("the same seed gives the same bytes in whatever order it is asked, another seed others", () => {
  const again = createTape({seed: 1, calendars});
  const other = createTape({seed: 2, calendars});
  for (const {id} of [...tapeInstruments].reverse()) {
    const ask = (asked: typeof tape) => asked.of(id).minuteBars(until - 20 * DAY_MS, until, until);
    expect(digest(ask(again))).toBe(digest(ask(tape)));
    expect(digest(ask(other))).not.toBe(digest(ask(tape)));
  }
});

it("two years of days and sixty of minutes are sensible bars at sensible levels", () => {
  const fresh = createTape({seed: 3, calendars});
  for (const {id, startPrice} of tapeInstruments) {
    const days = fresh.of(id).dayBars(until - 730 * DAY_MS, until, until);
    const minutes = fresh.of(id).minuteBars(until - 60 * DAY_MS, until, until);
    for (const series of [days, minutes]) assertBars(series);
    expect(days.length).toBeGreaterThan(485);
    expect(days.close.every((price) => price > startPrice / 3 && price < startPrice * 6)).toBe(true);
  }
});

it("volatility clusters, and volume is U-shaped on the exchange", () => {
  const days = tape.of("MT5:EURUSD").dayBars(from, until, until);
  const moves = Array.from(days.close.slice(1), (close, i) => Math.abs(Math.log(close / days.close[i]!)));
  const mean = moves.reduce((sum, move) => sum + move, 0) / moves.length;
  const covariance = (lag: number) =>
    moves.slice(lag).reduce((sum, move, i) => sum + (move - mean) * (moves[i]! - mean), 0) / (moves.length - lag);
  expect(covariance(1) / covariance(0)).toBeGreaterThan(0.05);
  const minutes = tape.of("NSE:INFY").minuteBars(until - 40 * DAY_MS, until, until);
  const volumeIn = (first: number, last: number) =>
    minutes.volume.reduce((sum, volume, i) => {
      const minute = (minutes.time[i]! / MINUTE_MS + 330) % 1_440;
      return minute >= first && minute < last ? sum + volume : sum;
    }, 0);
  const [morning, noon, evening] = [volumeIn(555, 585), volumeIn(720, 750), volumeIn(900, 930)];
  expect(morning).toBeGreaterThan(1.5 * noon);
  expect(evening).toBeGreaterThan(1.2 * noon);
});

it("bars lie inside sessions only, holidays and Muhurat evenings kept", () => {
  const muhurat = Date.UTC(2025, 9, 21);
  const series = tape.of("NSE:INFY").minuteBars(muhurat, muhurat + DAY_MS, until);
  expect(series.length).toBe(60);
  expect(tape.of("NSE:INFY").minuteBars(Date.UTC(2025, 9, 22), Date.UTC(2025, 9, 23), until).length).toBe(0);
  const fx = tape.of("MT5:USDJPY").minuteBars(Date.UTC(2026, 2, 6), Date.UTC(2026, 2, 11), until);
  expect(fx.time.every((time) => sessionAt(calendars["fx"]!, time) !== undefined)).toBe(true);
});

it("planted structures lie in the bars where the truth says, and nowhere when none are planted", () => {
  const structures = tape.structures(until);
  expect(new Set(structures.map(({kind}) => kind))).toEqual(
    new Set(["accumulation", "distribution", "sweep-low", "sweep-high"])
  );
  expect(createTape({seed: 1, calendars, plants: false}).structures(until)).toEqual([]);
  for (const {instrument, kind, timeframe, start, end, events} of structures) {
    const bars = rows(tape.of(instrument)[timeframe === "1d" ? "dayBars" : "minuteBars"](start, end, until));
    for (const {time, knownAt, price} of events) {
      const own = fold(bars.filter((bar) => bar.time >= time && bar.time < knownAt));
      expect([own.high, own.low]).toContain(price);
    }
    const price = (label: string) => events.find((event) => event.label === label)!.price;
    if (kind === "accumulation") {
      expect(price("spring")).toBeLessThan(price("SC"));
      expect(price("SC")).toBeLessThan(price("test"));
      expect(price("AR")).toBeLessThan(price("markup"));
    }
    if (kind === "distribution") {
      expect(price("UTAD")).toBeGreaterThan(price("BC"));
      expect(price("AR")).toBeGreaterThan(price("markdown"));
    }
    if (kind === "sweep-high") expect(price("sweep")).toBeGreaterThan(price("pool"));
    if (kind === "sweep-low") expect(price("sweep")).toBeLessThan(price("pool"));
  }
});
