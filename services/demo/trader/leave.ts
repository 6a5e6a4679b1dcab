import {type EpochMs, HOUR_MS, MINUTE_MS} from "../../domain/time.js";
import {type DealReason, toCents} from "./account-deal.js";
import {closingPrice, firstExit, nightsBetween, profitOf} from "./quotes.js";
import {type Held, record, type World} from "./world.js";

const minutesBetweenLooks = 100;
const closeChance = 0.12;
const halfChance = 0.012;
const usualReentry = 0.05;
const longestMs = 14 * 24 * HOUR_MS;

/** When a position is looked at again, or is closed before that by its stop or target. */
export function lookAgain({tape, desk, events}: World, held: Held, time: EpochMs): void {
  const {market, side, stop, target, random} = held;
  const next = desk.atDesk(time + Math.ceil((1 + random.exponential() * minutesBetweenLooks) * MINUTE_MS), random);
  const exit = firstExit(tape.of(market.instrument), side, stop, target, time, next);
  if (!exit) {
    events.push({time: next, type: "look", held});
    return;
  }
  const price = closingPrice(side, exit);
  const isStop = side === "buy" ? price <= stop : price >= stop;
  events.push({time: exit.time, type: "exit", held, reason: isStop ? "sl" : "tp"});
}

/** A look at a position: a chance to close it, which the habit of holding losers makes depend on the paper result. */
export function look(world: World, time: EpochMs, held: Held): void {
  const {holdLosers} = world.spec.habits;
  const isGain = paperProfit(world, held, held.leftLots, time).profit > 0;
  const chance = (closeChance / held.patience) * (isGain ? 1 + 1.5 * holdLosers : 1 - 0.85 * holdLosers);
  const draw = held.random.uniform();
  if (draw < chance || time - held.openTime > longestMs) {
    leave(world, time, held, held.leftLots, "client");
    return;
  }
  const half = Math.floor(held.leftLots * 50) / 100;
  const isHalved = held.leftLots === held.lots && half >= 0.01 && draw > 1 - halfChance;
  if (isHalved) leave(world, time, held, half, "client");
  lookAgain(world, held, time);
}

/** Closes so many lots of a position; after the last of them the trader may go in again soon. */
export function leave(world: World, time: EpochMs, held: Held, lots: number, reason: DealReason): void {
  const {position, market, side, openTime, stop, target} = held;
  const {instrument, symbol, swapLong, swapShort} = market;
  const {price, profit} = paperProfit(world, held, lots, time);
  const swap = toCents((side === "buy" ? swapLong : swapShort) * lots * nightsBetween(openTime, time));
  const commission = toCents(-world.spec.commission * lots);
  const comment = reason === "client" ? "" : `[${reason} ${reason === "sl" ? stop : target}]`;
  record(world, {
    ...({
      time,
      type: side === "buy" ? "sell" : "buy",
      entry: "out",
      position,
      instrument,
      symbol,
      lots,
      price
    } as const),
    ...{commission, profit, swap, stopPrice: stop, targetPrice: target, reason, comment}
  });
  held.leftLots = toCents(held.leftLots - lots);
  if (held.leftLots > 0) return;
  world.held.delete(held);
  world.winsInARow = profit > 0 ? world.winsInARow + 1 : 0;
  if (wantsBack(world, held, profit < 0)) comeBack(world, time, held);
}

function wantsBack({spec}: World, {random}: Held, isLoss: boolean): boolean {
  return random.uniform() < (isLoss ? usualReentry + 0.7 * spec.habits.reentryAfterLoss : usualReentry);
}

function comeBack({desk, events}: World, time: EpochMs, {market, side, random}: Held): void {
  const soon = time + Math.ceil((0.5 + random.exponential() * 4) * MINUTE_MS);
  if (desk.isAtDesk(soon)) events.push({time: soon, type: "entry", again: {market, side}});
}

function paperProfit({tape}: World, {market, side, price}: Held, lots: number, time: EpochMs) {
  const one = tape.of(market.instrument);
  const now = closingPrice(side, one.tickAt(time)!);
  return {price: now, profit: toCents(profitOf(one, side, lots, price, now))};
}
