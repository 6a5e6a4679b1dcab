import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {createJoin} from "../../../components/live/join-series.js";
import {type Bar, toBarSeries, toBars} from "../../../services/domain/bar.js";
import type {BarEvent} from "../../../services/domain/wire.js";
import {roundTheClock} from "../../sidecar/tape.js";
import {joinAll} from "./join-all.js";

const NINE = Date.UTC(2024, 0, 2, 9);
const at = (minute: number) => NINE + minute * 60_000;
const bar = (minute: number, price = 100 + minute): Bar => {
  return {time: at(minute), open: price, high: price + 1, low: price - 1, close: price, volume: 10};
};
const event = (of: Bar, changes: Partial<BarEvent> = {}): BarEvent => {
  return {type: "bar", topic: "bar:X:A:1m", seq: 1, bar: of, final: true, ...changes};
};
const timeframe = "1m";

describe("joinSeries", () => {
  it("puts the stream after the snapshot, and knows the seam", () => {
    const joined = joinAll(toBarSeries([bar(0), bar(1)]), [event(bar(2)), event(bar(3), {final: false})], {
      timeframe
    });
    expect(toBars(joined.bars)).toEqual([bar(0), bar(1), bar(2), bar(3)]);
    expect([joined.seam, joined.forming]).toEqual([at(2), bar(3)]);
  });

  it("replaces a forming bar, and drops it for its final one", () => {
    const join = createJoin(toBarSeries([bar(0)]), {timeframe});
    join.apply([event(bar(1, 50), {final: false}), event(bar(1, 51), {final: false, partial: true})]);
    expect([join.series().forming?.close, join.series().isPartial]).toEqual([51, true]);
    join.apply([event(bar(1, 52))]);
    expect([join.series().forming, toBars(join.series().bars).at(-1)!.close]).toEqual([undefined, 52]);
    expect(join.apply([event(bar(1, 53), {final: false})])).toBe(false);
  });

  it("never changes a final bar, of the snapshot or of the stream, and says where another was told", () => {
    const joined = joinAll(toBarSeries([bar(0)]), [event(bar(0, 7)), event(bar(1)), event(bar(1, 8)), event(bar(1))], {
      timeframe
    });
    expect(toBars(joined.bars)).toEqual([bar(0), bar(1)]);
    expect(joined.differences).toEqual([
      {shown: bar(0), said: bar(0, 7)},
      {shown: bar(1), said: bar(1, 8)}
    ]);
  });

  it("knows of no difference once a correction says what was shown", () => {
    const wrong = bar(0, 7); // a replay tells of it before its correction, which the snapshot holds already
    const told = [event(wrong), event(bar(0), {seq: 2, corrects: wrong})];
    const joined = joinAll(toBarSeries([bar(0)]), told, {timeframe});
    expect(toBars(joined.bars)).toEqual([bar(0)]);
    expect([joined.differences, [...joined.corrections]]).toEqual([[], []]);
  });

  it("puts a healed bar in its place, in the snapshot's holes too, and marks it", () => {
    const joined = joinAll(
      toBarSeries([bar(0), bar(2)]),
      [event(bar(5)), event(bar(1), {healed: true}), event(bar(3))],
      {timeframe}
    );
    expect(toBars(joined.bars).map(({time}) => time)).toEqual([0, 1, 2, 3, 5].map(at));
    expect([...joined.healed]).toEqual([at(1)]);
    expect(joined.seam).toBe(at(3));
  });

  it("finds the gaps after the snapshot, by the calendar", () => {
    const joined = joinAll(toBarSeries([bar(-9), bar(0)]), [event(bar(3)), event(bar(5))], {
      timeframe,
      calendar: roundTheClock
    });
    expect(joined.gaps).toEqual([
      {start: at(1), end: at(3), missing: 2},
      {start: at(4), end: at(5), missing: 1}
    ]);
  });

  it("begins with nothing", () => {
    const joined = joinAll(toBarSeries([]), [event(bar(0))], {timeframe, calendar: roundTheClock});
    expect([toBars(joined.bars), joined.seam, joined.gaps]).toEqual([[bar(0)], at(0), []]);
    const later = joinAll(toBarSeries([]), [event(bar(0)), event(bar(2))], {timeframe, calendar: roundTheClock});
    expect(later.gaps).toEqual([{start: at(1), end: at(2), missing: 1}]);
  });

  it("is the same whatever the order and repetition of final bars, one by one or at once", () => {
    const minutes = fc.uniqueArray(fc.integer({min: -3, max: 30}), {minLength: 1, maxLength: 20});
    const lives = fc.record({
      minutes,
      cut: fc.nat(20),
      shuffled: fc.array(fc.nat(1_000), {minLength: 40, maxLength: 60})
    });
    fc.assert(
      fc.property(lives, ({minutes: of, cut, shuffled}) => {
        const tape = of.toSorted((a, b) => a - b).map((minute) => bar(minute));
        const snapshot = toBarSeries(tape.slice(0, Math.min(cut, tape.length)));
        const events = [...tape, ...shuffled.map((n) => tape[n % tape.length]!)].map((one) => event(one)).reverse();
        const join = createJoin(snapshot, {timeframe});
        for (const one of events) join.apply([one]);
        expect(toBars(join.series().bars)).toEqual(tape);
        expect(joinAll(snapshot, events, {timeframe})).toEqual(join.series());
      }),
      {seed: 5, numRuns: 200}
    );
  });
});
