import fc from "fast-check";
import {expect, it, vi} from "vitest";
import {demoCalendars} from "../../services/demo/calendars.js";
import {createTape} from "../../services/demo/tape/tape.js";
import {balanceOf, openPositions} from "../../services/demo/trader/account.js";
import type {AccountDeal} from "../../services/demo/trader/account-deal.js";
import {createTraderHistory} from "../../services/demo/trader/history.js";
import {nightsBetween} from "../../services/demo/trader/quotes.js";
import {type Habits, type TraderSpec, traders} from "../../services/demo/trader/spec.js";
import {sessionAt} from "../../services/domain/calendar.js";
import {DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS} from "../../services/domain/time.js";

// A busy machine makes these slower than anything they wait for.
vi.setConfig({testTimeout: 60_000, hookTimeout: 60_000});

const calendars = demoCalendars();
const fx = calendars["fx"]!;
const tape = createTape({seed: 1, calendars});
const now = Date.UTC(2026, 10, 18, 10);
const [alpha, beta] = traders as readonly [TraderSpec, TraderSpec];
const none: Habits = {reentryAfterLoss: 0, holdLosers: 0, sizeAfterWins: 0};

interface Trip {
  readonly open: AccountDeal;
  readonly closes: readonly AccountDeal[];
  readonly closeTime: EpochMs;
  readonly profit: number;
}

const worked = new Map<string, readonly AccountDeal[]>();

function dealsOf(spec: TraderSpec, habits: Habits = spec.habits): readonly AccountDeal[] {
  const key = JSON.stringify([spec.id, habits]);
  const deals = worked.get(key) ?? createTraderHistory({...spec, habits}, tape, fx).deals(now);
  worked.set(key, deals);
  return deals;
}

/** Round trips that are over, in order of closing. */
function tripsOf(deals: readonly AccountDeal[]): Trip[] {
  const byPosition = new Map<number, AccountDeal[]>();
  for (const deal of deals)
    if (deal.type !== "balance") byPosition.set(deal.position, [...(byPosition.get(deal.position) ?? []), deal]);
  return [...byPosition.values()]
    .map(([open, ...closes]) => ({
      open: open!,
      closes,
      closeTime: closes.at(-1)?.time ?? Infinity,
      profit: closes.reduce((sum, {profit}) => sum + profit, 0)
    }))
    .filter(({open, closes}) => Math.abs(open.lots - closes.reduce((sum, {lots}) => sum + lots, 0)) < 1e-9)
    .sort((a, b) => a.closeTime - b.closeTime);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The share of trips after which another is opened within 15 minutes. */
function reentryShare(trips: readonly Trip[], isWanted: (trip: Trip) => boolean): number {
  const opens = trips.map(({open}) => open.time);
  const wanted = trips.filter(isWanted);
  return mean(
    wanted.map(({closeTime}) => (opens.some((time) => time > closeTime && time <= closeTime + 15 * MINUTE_MS) ? 1 : 0))
  );
}

function heldHours(trips: readonly Trip[], isWanted: (trip: Trip) => boolean): number {
  return mean(trips.filter(isWanted).map(({open, closeTime}) => (closeTime - open.time) / HOUR_MS));
}

/** Mean size relative to its market's, after two wins in a row against after a loss. */
function sizeRatio(spec: TraderSpec, trips: readonly Trip[]): number {
  const usual = (deal: AccountDeal) => deal.lots / spec.markets.find(({symbol}) => symbol === deal.symbol)!.lots;
  const after = (isWanted: (last: readonly Trip[]) => boolean) =>
    mean(
      trips.flatMap(({open}) => {
        const last = trips.filter(({closeTime}) => closeTime < open.time).slice(-2);
        return last.length === 2 && isWanted(last) ? [usual(open)] : [];
      })
    );
  return after((last) => last.every(({profit}) => profit > 0)) / after((last) => last[1]!.profit < 0);
}

const isWin = ({profit}: Trip) => profit > 0;
const isLoss = ({profit}: Trip) => profit < 0;

it.each([
  ["alpha", alpha],
  ["beta", beta]
] as const)("%s makes several hundred round trips, at the tape's prices and in its sessions", (_, spec) => {
  const deals = dealsOf(spec);
  const trips = tripsOf(deals);
  expect(trips.length).toBeGreaterThan(350);
  expect(trips.filter(({closes}) => closes.length > 1).length).toBeGreaterThan(15);
  expect(deals.filter(({type}) => type === "balance").length).toBe(1 + spec.transfers.length);
  expect(deals.some(({reason}) => reason === "sl") && deals.some(({reason}) => reason === "tp")).toBe(true);
  for (const {type, instrument, time, price, entry} of deals.filter((deal) => deal.type !== "balance").slice(-200)) {
    const {bid, ask} = tape.of(instrument!).tickAt(time)!;
    expect(price, entry).toBe(type === "buy" ? ask : bid);
    expect(sessionAt(fx, time)).toBeDefined();
  }
  expect(deals.every(({time}, i) => i === 0 || time >= deals[i - 1]!.time)).toBe(true);
  expect(new Set(deals.map(({ticket}) => ticket)).size).toBe(deals.length);
});

it("stops at the stop and takes the target, and no other deal lies beyond them", () => {
  for (const {open, closes} of tripsOf(dealsOf(alpha))) {
    const {stopPrice: stop, targetPrice: target, type} = open;
    expect(type === "buy" ? stop < open.price && open.price < target : target < open.price && open.price < stop).toBe(
      true
    );
    for (const {price, reason} of closes) {
      const isBeyondStop = type === "buy" ? price <= stop : price >= stop;
      const isBeyondTarget = type === "buy" ? price >= target : price <= target;
      expect([isBeyondStop, isBeyondTarget]).toEqual([reason === "sl", reason === "tp"]);
    }
  }
});

it("the past does not depend on how far the history is asked for, nor on the order of asking", () => {
  const whole = dealsOf(alpha);
  fc.assert(
    fc.property(fc.array(fc.integer({min: Date.UTC(2025, 4, 1), max: now}), {minLength: 1, maxLength: 4}), (times) => {
      const history = createTraderHistory(alpha, tape, fx);
      for (const time of times) expect(history.deals(time)).toEqual(whole.filter((deal) => deal.time <= time));
    }),
    {seed: 7, numRuns: process.env.TAPEBOOK_VERIFY ? 40 : 3}
  );
});

it("positions are what the deals leave open, and the money adds up", () => {
  const deals = dealsOf(alpha);
  const closed = new Set(tripsOf(deals).map(({open}) => open.position));
  const held = new Set(
    deals.flatMap(({type, position}) => (type === "balance" || closed.has(position) ? [] : [position]))
  );
  const positions = openPositions(deals, alpha, tape, now);
  expect(new Set(positions.map(({position}) => position))).toEqual(held);
  const sum = deals.reduce((all, {profit, commission, swap}) => all + profit + commission + swap, 0);
  expect(balanceOf(deals)).toBeCloseTo(sum, 2);
  expect(positions.every(({lots}) => lots >= 0.01)).toBe(true);
});

it("re-enters after losses when that is the habit, and only then", () => {
  const habits = {...none, reentryAfterLoss: 1};
  const [with1, without] = [tripsOf(dealsOf(alpha, habits)), tripsOf(dealsOf(alpha, none))];
  expect(reentryShare(with1, isLoss)).toBeGreaterThan(reentryShare(with1, isWin) + 0.25);
  expect(Math.abs(reentryShare(without, isLoss) - reentryShare(without, isWin))).toBeLessThan(0.08);
});

it("holds losers longer than winners when that is the habit, and only then", () => {
  const habits = {...none, holdLosers: 0.9};
  const [with1, without] = [tripsOf(dealsOf(alpha, habits)), tripsOf(dealsOf(alpha, none))];
  const ratio = (trips: readonly Trip[]) => heldHours(trips, isLoss) / heldHours(trips, isWin);
  expect(ratio(with1)).toBeGreaterThan(1.5);
  expect(ratio(without)).toBeGreaterThan(0.7);
  expect(ratio(without)).toBeLessThan(1.4);
});

it("trades larger after wins when that is the habit, and only then", () => {
  const habits = {...none, sizeAfterWins: 1};
  expect(sizeRatio(beta, tripsOf(dealsOf(beta, habits)))).toBeGreaterThan(1.5);
  expect(Math.abs(sizeRatio(beta, tripsOf(dealsOf(beta, none))) - 1)).toBeLessThan(0.06);
});

it("says what it planted: the trips that habit made", () => {
  const history = createTraderHistory(alpha, tape, fx);
  const planted = history.planted(now);
  const opened = history.deals(now).filter(({type, entry}) => type !== "balance" && entry === "in");
  expect(planted.map(({position, openTime}) => [position, openTime])).toEqual(
    opened.map(({position, time}) => [position, time])
  );
  expect(planted.filter(({isReentry}) => isReentry).length).toBeGreaterThan(50);
  expect(planted.every(({winsBefore, sizeMultiple}) => sizeMultiple === 1 + 0.15 * Math.min(winsBefore, 3))).toBe(true);
});

it("counts nights by the New York close, three on Wednesdays, none at the weekend", () => {
  const wednesday = Date.UTC(2026, 10, 18, 15);
  expect(nightsBetween(wednesday, wednesday + 2 * HOUR_MS)).toBe(0);
  expect(nightsBetween(wednesday, wednesday + DAY_MS)).toBe(3);
  expect(nightsBetween(wednesday + DAY_MS, wednesday + 2 * DAY_MS)).toBe(1);
  expect(nightsBetween(wednesday, wednesday + 7 * DAY_MS)).toBe(7);
});
