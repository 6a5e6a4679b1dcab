import type {EpochMs} from "../../domain/time.js";
import {randomStream} from "../tape/random.js";
import {toCents} from "./account-deal.js";
import {lookAgain} from "./leave.js";
import {openingPrice, type PositionSide} from "./quotes.js";
import type {Market} from "./spec.js";
import {type Held, nextOrder, record, type World} from "./world.js";

const swingShare = 0.35;
const swingPatience = 4;

/** The trader goes in, unless enough is open: at the tape's price, with a stop and a target as far as each other. */
export function enter(
  world: World,
  time: EpochMs,
  again?: {readonly market: Market; readonly side: PositionSide}
): void {
  const {spec, tape, held, planted, winsInARow} = world;
  if (held.size >= spec.mostOpen) return;
  const number = ++world.entries;
  const random = randomStream(tape.seed, spec.id, "position", number);
  const market = again?.market ?? spec.markets[random.integer(0, spec.markets.length - 1)]!;
  const isSame = again !== undefined && random.uniform() < 0.6;
  const side = isSame ? again.side : random.uniform() < 0.5 ? "buy" : "sell";
  const sizeMultiple = 1 + spec.habits.sizeAfterWins * 0.5 * Math.min(winsInARow, 3);
  const lots = Math.max(0.01, toCents(market.lots * sizeMultiple * Math.exp(0.15 * random.normal())));
  const patience = random.uniform() < swingShare ? swingPatience : 1;
  const price = openingPrice(side, tape.of(market.instrument).tickAt(time)!);
  const position: Held = {
    ...{position: nextOrder(world), market, side, openTime: time, price, lots, leftLots: lots, random},
    patience,
    ...barriers(world, market, side, price, (1 + 0.5 * random.uniform()) * Math.sqrt(patience))
  };
  held.add(position);
  planted.push({
    position: position.position,
    openTime: time,
    isReentry: again !== undefined,
    winsBefore: winsInARow,
    sizeMultiple
  });
  record(world, openingDeal(world, position));
  lookAgain(world, position, time);
}

/** Stop and target, *days* usual daily moves from the price. */
function barriers({tape}: World, {instrument}: Market, side: PositionSide, price: number, days: number) {
  const {spec, levels} = tape.of(instrument);
  const reach = (days * spec.volatility * price) / 16;
  const at = (level: number) => levels.toPrice(Math.round(level / spec.tickSize));
  const [below, above] = [at(price - reach), at(price + reach)];
  return side === "buy" ? {stop: below, target: above} : {stop: above, target: below};
}

function openingDeal({spec}: World, {position, market, side, openTime, price, lots, stop, target}: Held) {
  const {instrument, symbol} = market;
  const commission = toCents(-spec.commission * lots);
  return {
    ...({time: openTime, type: side, entry: "in", position, instrument, symbol, lots, price, commission} as const),
    ...({profit: 0, swap: 0, stopPrice: stop, targetPrice: target, reason: "client", comment: ""} as const)
  };
}
