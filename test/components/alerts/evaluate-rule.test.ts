import fc from "fast-check";
import {describe, expect, it} from "vitest";
import type {AlertRule} from "../../../components/alerts/alert-rule.js";
import {evaluateRule} from "../../../components/alerts/evaluate-rule.js";
import type {LiveDesk} from "../../../components/live/live-desk.js";
import {type Bar, toBarSeries} from "../../../services/domain/bar.js";
import type {QuoteTick} from "../../../services/domain/tick.js";
import {roundTheClock} from "../../sidecar/tape.js";
import {NINE} from "../live/hand-desk.js";
import {joinAll} from "../live/join-all.js";

const id = "X:A";
const time = (minute: number) => NINE + minute * 60_000;

/** A desk that has heard so much: minutes and ticks, the newest tick first. */
function deskOf(bars: readonly Bar[], ticks: readonly QuoteTick[] = []): LiveDesk {
  const joined = joinAll(toBarSeries(bars), [], {timeframe: "1m"});
  const heard = {joined: () => joined, ticks: () => ticks, calendar: () => roundTheClock};
  return heard as unknown as LiveDesk; // all that a rule on prices looks at
}

const tapes = fc
  .array(fc.tuple(fc.integer({min: -30, max: 30}), fc.nat(10), fc.nat(10)), {minLength: 1, maxLength: 60})
  .map((steps) => {
    let price = 1_000;
    return steps.map(([step, above, below], minute): Bar => {
      const open = price;
      price = Math.max(100, price + step);
      const [high, low] = [Math.max(open, price) + above, Math.min(open, price) - below];
      return {time: time(minute), open, high, low, close: price, volume: 1};
    });
  });
const sides = fc.constantFrom("above", "below");
const cases = fc.record({
  tape: tapes,
  side: sides,
  armed: fc.integer({min: -1, max: 60}),
  level: fc.integer({min: 900, max: 1_100})
});

describe("a rule on prices", () => {
  it("fires on the first minute opened since that reached its level, and on nothing where none did", () => {
    fc.assert(
      fc.property(cases, ({tape, side, armed, level}) => {
        const rule: AlertRule = {kind: "price", instrument: id, side, level};
        const scene = {desk: deskOf(tape), armedTime: time(armed) + 1, awakeTime: 0};
        const reach = (bar: Bar) => (side === "above" ? bar.high >= level : bar.low <= level);
        const first = tape.find((bar) => bar.time > time(armed) && reach(bar));
        const price = first && (side === "above" ? first.high : first.low);
        expect(evaluateRule(rule, scene)).toEqual(first && {type: "bar", time: first.time, price, level});
      }),
      {seed: 21, numRuns: 500}
    );
  });

  it("says the same however much more has come since", () => {
    const kinds = fc.constantFrom<AlertRule["kind"]>("price", "change");
    fc.assert(
      fc.property(cases, kinds, ({tape, side, armed, level}, kind) => {
        const rule: AlertRule =
          kind === "price"
            ? {kind, instrument: id, side, level}
            : {kind: "change", instrument: id, side, fraction: Math.abs(level - 1_000) / 10_000 + 0.001, minutes: 5};
        const after = (length: number) =>
          evaluateRule(rule, {desk: deskOf(tape.slice(0, length)), armedTime: time(armed), awakeTime: 0});
        const told = tape.map((_, i) => after(i + 1));
        const first = told.find((evidence) => evidence !== undefined);
        for (const evidence of told.slice(told.indexOf(first))) if (first) expect(evidence).toEqual(first);
      }),
      {seed: 22, numRuns: 300}
    );
  });

  it("fires on a tick before its minute, where the tick is the first to reach the level", () => {
    const tick = (second: number, bid: number): QuoteTick => {
      const eventTime = NINE + second * 1_000;
      return {type: "quote", instrument: id, eventTime, receivedTime: eventTime, bid, ask: bid};
    };
    const bars = [
      {time: NINE, open: 1, high: 5, low: 1, close: 5, volume: 1},
      {time: time(1), open: 5, high: 9, low: 5, close: 9, volume: 1}
    ];
    const desk = deskOf(bars, [tick(62, 9), tick(50, 5), tick(40, 4)]);
    const rule: AlertRule = {kind: "price", instrument: id, side: "above", level: 4};
    expect(evaluateRule(rule, {desk, armedTime: NINE + 45_000, awakeTime: 0})).toMatchObject({
      type: "tick",
      time: NINE + 50_000,
      price: 5
    });
    expect(evaluateRule(rule, {desk, armedTime: NINE + 55_000, awakeTime: 0})).toMatchObject({
      type: "bar",
      time: time(1),
      price: 9
    });
  });

  it("on a change, fires against the close of the minute that opened so long before", () => {
    const flat = (minute: number, price: number): Bar => ({
      time: time(minute),
      open: price,
      high: price,
      low: price,
      close: price,
      volume: 1
    });
    const bars = [flat(0, 100), flat(1, 100), flat(2, 101), flat(3, 101), flat(7, 102)];
    const rule: AlertRule = {kind: "change", instrument: id, side: "above", fraction: 0.01, minutes: 2};
    expect(evaluateRule(rule, {desk: deskOf(bars), armedTime: time(1), awakeTime: 0})).toEqual({
      ...{type: "bar", time: time(2), price: 101, level: 101},
      from: {price: 100, time: time(0)}
    });
    const later = {desk: deskOf(bars), armedTime: time(4), awakeTime: 0}; // of five minutes before 7 there is the close of 3
    expect(evaluateRule({...rule, fraction: 0.009, minutes: 4}, later)).toMatchObject({
      time: time(7),
      from: {price: 101, time: time(3)}
    });
  });
});
