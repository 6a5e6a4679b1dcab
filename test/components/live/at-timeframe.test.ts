import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {atTimeframe} from "../../../components/live/at-timeframe.js";
import {resampleBars} from "../../../services/analytics/bars/resample-bars.js";
import {type Bar, toBarSeries, toBars} from "../../../services/domain/bar.js";
import type {BarEvent} from "../../../services/domain/wire.js";
import {nse, open as OPEN} from "../sample-dataset.js";
import {joinAll} from "./join-all.js";

const bar = (minute: number, price = 100 + (minute % 7)): Bar => {
  return {time: OPEN + minute * 60_000, open: price, high: price + 1, low: price - 1, close: price, volume: 10};
};
const event = (of: Bar, changes: Partial<BarEvent> = {}): BarEvent => {
  return {type: "bar", topic: "bar:NSE:INFY:1m", seq: 1, bar: of, final: true, ...changes};
};
const minutes = {timeframe: "1m", calendar: nse} as const;
const five = {timeframe: "5m", calendar: nse} as const;

describe("atTimeframe", () => {
  it("makes the bars that resampling the same minutes makes, whatever came as snapshot and what as events", () => {
    const lives = fc.record({length: fc.integer({min: 1, max: 120}), cut: fc.nat(120)});
    fc.assert(
      fc.property(lives, ({length, cut}) => {
        const tape = Array.from({length}, (_, i) => bar(i));
        const events = tape.slice(cut).map((one) => event(one));
        const joined = joinAll(toBarSeries(tape.slice(0, cut)), events, minutes);
        const {bars} = atTimeframe(joined, five);
        const {lastIsPartial: _, offSession: __, ...whole} = resampleBars(toBarSeries(tape), "5m", nse);
        expect(toBars(bars)).toEqual(toBars(whole));
      }),
      {seed: 5, numRuns: 100}
    );
  });

  it("calls a bar forming until the last of its minutes is final", () => {
    const tape = [0, 1, 2, 3].map((minute) => bar(minute));
    const forming = joinAll(toBarSeries(tape), [event(bar(4, 150), {final: false})], minutes);
    expect(atTimeframe(forming, five)).toMatchObject({forming: {close: 150, volume: 50}, isPartial: false});
    const closed = joinAll(toBarSeries(tape), [event(bar(4))], minutes);
    expect(atTimeframe(closed, five).forming).toBeUndefined();
  });

  it("marks a bar in which a minute is missing, healed or corrected", () => {
    const missing = joinAll(toBarSeries([bar(0), bar(1)]), [event(bar(3)), event(bar(7))], minutes);
    const at = atTimeframe(missing, five);
    expect([...at.incomplete]).toEqual([OPEN, OPEN + 300_000]);
    expect(at.isPartial).toBe(true); // of the forming bar two minutes are missing
    const healed = joinAll(toBarSeries([bar(0)]), [event(bar(6), {healed: true})], minutes);
    expect([...atTimeframe(healed, five).healed]).toEqual([OPEN + 300_000]);
    const corrected = joinAll(toBarSeries([bar(0), bar(1)]), [event(bar(1, 170), {corrects: bar(1)})], minutes);
    expect(atTimeframe(corrected, five)).toMatchObject({bars: {high: Float64Array.of(171)}});
    expect([...atTimeframe(corrected, five).corrections.keys()]).toEqual([OPEN]);
  });

  it("puts the seam at the first bar that holds a minute after the snapshot", () => {
    const joined = joinAll(toBarSeries([0, 1, 2, 3, 4, 5, 6].map((minute) => bar(minute))), [event(bar(7))], minutes);
    expect(atTimeframe(joined, five).seam).toBe(OPEN + 300_000);
  });

  it("stands on coarser bars of the time before, and drops minutes of a bar that is not whole", () => {
    const day = 24 * 60;
    const before = toBarSeries([bar(0), bar(15), bar(30)]);
    const joined = joinAll(toBarSeries([bar(44), bar(day), bar(day + 1)]), [], minutes);
    const {bars} = atTimeframe(joined, {timeframe: "15m", calendar: nse, before, wholeFrom: bar(day).time});
    expect(toBars(bars).map(({time}) => (time - OPEN) / 60_000)).toEqual([0, 15, 30, day]);
  });
});

describe("joinSeries, corrected", () => {
  it("lets a recorded correction take a bar's place, keeps the bar as it was shown, and is told once", () => {
    const correction = event(bar(1, 170), {corrects: bar(1)});
    const joined = joinAll(
      toBarSeries([bar(0), bar(1)]),
      [correction, correction, event(bar(1)), event(bar(2))],
      minutes
    );
    expect(toBars(joined.bars)).toEqual([bar(0), bar(1, 170), bar(2)]);
    expect([...joined.corrections.values()]).toEqual([{shown: bar(1), said: bar(1, 170)}]);
    expect([joined.differences, joined.seam]).toEqual([[], bar(2).time]);
  });
});
