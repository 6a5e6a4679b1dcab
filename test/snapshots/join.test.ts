import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {type BarSeries, createBarSeries, sliceBars, toBarSeries, toBars} from "../../services/domain/bar.js";
import type {Restatement} from "../../services/domain/dataset.js";
import type {TradeDeal} from "../../services/domain/deal.js";
import {MINUTE_MS} from "../../services/domain/time.js";
import {joinBars} from "../../services/snapshots/join-bars.js";
import {joinDeals} from "../../services/snapshots/join-deals.js";
import {sampleBars, sampleDeals, tuesday, usd} from "./samples.js";

const seenAt = tuesday + 1e9;
const fresh = {restatements: [] as readonly Restatement[], seenAt};
const none = createBarSeries(0);
const at = (row: number) => tuesday + row * MINUTE_MS;

function pick(bars: BarSeries, keep: (row: number) => boolean): BarSeries {
  return toBarSeries(toBars(bars).filter((_, row) => keep(row)));
}

describe("joining bars", () => {
  const whole = sampleBars(100);

  it("any split into overlapping pulls gives the whole, without a restatement", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(100), fc.nat(100)), {maxLength: 8}), (ranges) => {
        const pulls = [...ranges.map(([a, b]) => sliceBars(whole, Math.min(a, b), Math.max(a, b))), whole];
        const joined = pulls.reduce((held, pull) => joinBars(held, pull, fresh).bars, none);
        expect(joined).toEqual(whole);
      }),
      {seed: 4, numRuns: 300}
    );
  });

  it("nothing new gives back the very series that is held", () => {
    const {bars, added, restatements} = joinBars(whole, sliceBars(whole, 50, 100), fresh);
    expect(bars).toBe(whole);
    expect([added, restatements]).toEqual([0, []]);
  });

  it("a restated bar keeps what was shown first, and is recorded once however often it is seen", () => {
    const changed = sampleBars(100);
    changed.close[60] = changed.high[60]!;
    changed.volume[61] = 999;
    const first = joinBars(whole, changed, fresh);
    expect(first.bars).toBe(whole);
    expect(first.restatements).toEqual([
      {time: at(60), field: "close", was: whole.close[60], is: changed.close[60], seenAt},
      {time: at(61), field: "volume", was: whole.volume[61], is: 999, seenAt}
    ]);
    expect(joinBars(whole, changed, {restatements: first.restatements, seenAt: seenAt + 5}).restatements).toEqual(
      first.restatements
    );
  });

  it("a restated bar keeps what was shown first in a series that grows and is filled too", () => {
    const held = pick(whole, (row) => row < 90 && row !== 40);
    const changed = sampleBars(100);
    changed.close[60] = changed.high[60]!;
    const {bars, added, restatements} = joinBars(held, changed, fresh);
    expect(bars).toEqual(whole);
    expect(added).toBe(11);
    expect(restatements).toEqual([
      {time: at(60), field: "close", was: whole.close[60], is: changed.close[60], seenAt},
      {time: at(40), field: "rows", was: 0, is: 1, seenAt}
    ]);
  });

  it("a bar restated again, or taken back, is recorded as what the source said last", () => {
    const changed = sampleBars(100);
    changed.volume[61] = 999;
    const {restatements} = joinBars(whole, changed, fresh);
    const back = joinBars(whole, whole, {restatements, seenAt: seenAt + 1});
    expect(back.restatements.slice(1)).toEqual([
      {time: at(61), field: "volume", was: 999, is: whole.volume[61], seenAt: seenAt + 1}
    ]);
  });

  it("late bars are taken in and recorded as runs", () => {
    const holed = pick(whole, (row) => ![20, 21, 22, 40].includes(row));
    const {bars, added, restatements} = joinBars(holed, whole, fresh);
    expect(bars).toEqual(whole);
    expect(added).toBe(4);
    expect(restatements).toEqual([
      {time: at(20), until: at(22), field: "rows", was: 0, is: 3, seenAt},
      {time: at(40), field: "rows", was: 0, is: 1, seenAt}
    ]);
  });

  it("any number of late bars contradicts nothing: a hole of 600 is filled as one run", () => {
    const long = sampleBars(1000);
    const {bars, added, restatements} = joinBars(
      pick(long, (row) => row < 200 || row >= 800),
      long,
      fresh
    );
    expect(bars).toEqual(long);
    expect(added).toBe(600);
    expect(restatements).toEqual([{time: at(200), until: at(799), field: "rows", was: 0, is: 600, seenAt}]);
  });

  it("earlier history is no late bar", () => {
    expect(joinBars(sliceBars(whole, 50, 100), whole, fresh).restatements).toEqual([]);
  });

  it("bars that the source no longer has are kept, and recorded once", () => {
    const holed = pick(whole, (row) => row < 70 || row > 72);
    const {bars, restatements} = joinBars(whole, holed, fresh);
    expect(bars).toBe(whole);
    expect(restatements).toEqual([{time: at(70), until: at(72), field: "rows", was: 3, is: 0, seenAt}]);
    expect(joinBars(whole, holed, {restatements, seenAt: 1}).restatements).toEqual(restatements);
  });

  it("a source that answers nothing withdraws nothing", () => {
    expect(joinBars(whole, none, fresh)).toEqual({bars: whole, added: 0, restatements: []});
  });

  it("prices all halved since stop the join: two scales are not one series", () => {
    const halved = sampleBars(110);
    for (const name of ["open", "high", "low", "close"] as const)
      halved[name].set(halved[name].map((value) => Math.round(value * 50) / 100));
    expect(() => joinBars(whole, sliceBars(halved, 90, 110), fresh)).toThrow(
      "all its prices multiplied by 0.5 (a split?); nothing was changed"
    );
  });

  it("more than 500 bars that the source no longer has stop the join, and are called that", () => {
    const long = sampleBars(1000);
    const holed = pick(long, (row) => row < 200 || row >= 701);
    expect(() => joinBars(long, holed, fresh)).toThrow(
      "the source no longer has 501 bars that it gave before; nothing was changed"
    );
    expect(
      joinBars(
        long,
        pick(long, (row) => row < 200 || row >= 700),
        fresh
      ).restatements
    ).toHaveLength(1);
  });

  it("a history told quite otherwise stops the join", () => {
    const [a, b] = [sampleBars(2000), sampleBars(2000)];
    b.volume.set(b.volume.map((value, i) => value + (i % 3)));
    expect(() => joinBars(a, b, fresh)).toThrow(
      "the source restates 1333 bars that it gave before; nothing was changed"
    );
  });
});

describe("joining deals", () => {
  const [balance, opened, closed] = sampleDeals as [(typeof sampleDeals)[0], TradeDeal, TradeDeal];

  it("pulls in any parts give the whole once, oldest first, ties by ticket as a number", () => {
    const tie = {...opened, ticket: "10"};
    const first = joinDeals([], [tie, opened], fresh);
    expect(first.deals.map(({ticket}) => ticket)).toEqual(["2", "10"]);
    const {deals, added} = joinDeals(first.deals, [balance, opened, tie, closed], fresh);
    expect(deals.map(({ticket}) => ticket)).toEqual(["1", "2", "10", "3"]);
    expect(added).toBe(2);
  });

  it("a corrected swap is recorded, and what was shown first stays", () => {
    const {deals, restatements} = joinDeals(sampleDeals, [balance, opened, {...closed, swap: usd(-0.03)}], fresh);
    expect(deals).toEqual(sampleDeals);
    expect(restatements).toEqual([{time: closed.time, field: "swap of 3", was: -2, is: -3, seenAt}]);
  });

  it("an instrument follows our newest name for it", () => {
    const {deals} = joinDeals(sampleDeals, [{...opened, instrument: "FX:EURUSD"}], fresh);
    expect(deals[1]).toMatchObject({instrument: "FX:EURUSD"});
    expect(deals[2]).toMatchObject({instrument: "MT5:EURUSD"});
  });

  it("late and withdrawn deals are recorded", () => {
    expect(joinDeals([balance, closed], sampleDeals, fresh).restatements).toEqual([
      {time: opened.time, field: "rows", was: 0, is: 1, seenAt}
    ]);
    const gone = joinDeals(sampleDeals, [balance, closed], fresh);
    expect(gone.deals).toEqual(sampleDeals);
    expect(gone.restatements).toEqual([{time: opened.time, field: "rows", was: 1, is: 0, seenAt}]);
  });

  it("a deal that changes its side, and two deals of one ticket, are refused", () => {
    expect(() => joinDeals(sampleDeals, [{...opened, type: "sell"}], fresh)).toThrow(
      "deal 2 was type buy and is now sell"
    );
    expect(() => joinDeals([], [opened, opened], fresh)).toThrow("two deals of one ticket: 2");
  });
});
