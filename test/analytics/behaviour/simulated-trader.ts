import type {PriceAt} from "../../../services/analytics/behaviour/price-lookup.js";
import {createRandom, type Random} from "../../../services/analytics/statistics/random.js";
import type {TradeDeal} from "../../../services/domain/deal.js";
import {toMoney} from "../../../services/domain/money.js";
import type {RoundTrip} from "../../../services/domain/round-trip.js";
import {DAY_MS, HOUR_MS, MINUTE_MS} from "../../../services/domain/time.js";
import {deal} from "../performance/deal-builder.js";

const none = toMoney(0, "USD");

/** One round trip in US dollars. */
export function trip(id: string, openTime: number, closeTime: number, net: number): RoundTrip {
  const profit = toMoney(net, "USD");
  const prices = {openPrice: 100, closePrice: 100 + net, volumeLots: 1};
  const money = {profit, commission: none, swap: none, fee: none, net: profit};
  return {
    id,
    instrument: "SIM:A",
    side: "buy",
    openTime,
    closeTime,
    ...prices,
    ...money,
    tickets: [`${id}i`, `${id}o`]
  };
}

export interface HabitOptions {
  readonly seed: number;
  readonly sessions?: number;
  /** Minutes added to the time to re-entry after a loss; 0 plants nothing, −10 is ten minutes sooner. */
  readonly afterLossMinutes?: number;
  /** Added to the result of what is opened from 14:00 to 15:00. */
  readonly hourEffect?: number;
}

/**
 * A trader with planted habits: eight round trips a day, the day's pace and luck drawn together, so that slow days are
 * losing days and a comparison across days would be fooled.
 */
export function simulateTrips({seed, sessions = 50, afterLossMinutes = 0, hourEffect = 0}: HabitOptions): RoundTrip[] {
  const random = createRandom(seed);
  return Array.from({length: sessions}, (_, session) =>
    simulateDay(random, session, afterLossMinutes, hourEffect)
  ).flat();
}

function simulateDay(random: Random, session: number, afterLossMinutes: number, hourEffect: number): RoundTrip[] {
  const trips: RoundTrip[] = [];
  const luck = random.normal();
  const midnight = session * DAY_MS;
  let time = midnight + 8 * HOUR_MS;
  for (let i = 0; i < 8; ++i) {
    const isPlanted = Math.floor((time - midnight) / HOUR_MS) === 14;
    const net = Math.round(100 * (10 * random.normal() + 4 * luck + (isPlanted ? hourEffect : 0))) / 100 || 1;
    const closeTime = time + 20 * MINUTE_MS;
    trips.push(trip(`${session}-${i}`, time, closeTime, net));
    const pause = 25 - 6 * Math.max(-2, Math.min(2, luck)) - 20 * Math.log(1 - random.next()) * 0.5;
    time = closeTime + Math.round(pause + (net < 0 ? afterLossMinutes : 0)) * MINUTE_MS;
  }
  return trips;
}

export interface DispositionHabit {
  readonly seed: number;
  readonly sessions?: number;
  readonly closeGain: number;
  readonly closeLoss: number;
}

/** A trader who opens six positions a day and closes gains and losses with these chances; the market's day varies. */
export function simulateHolder({seed, sessions = 60, closeGain, closeLoss}: DispositionHabit): {
  deals: TradeDeal[];
  priceAt: PriceAt;
} {
  const random = createRandom(seed);
  const prices = new Map<string, number>();
  const deals: TradeDeal[] = [];
  for (let session = 0; session < sessions; ++session) {
    const gainShare = 0.3 + 0.4 * random.next();
    for (let i = 0; i < 6; ++i) {
      const instrument = `SIM:S${session}P${i}` as const;
      const isGain = random.next() < gainShare;
      const price = isGain ? 101 : 99;
      prices.set(`${instrument} ${session}`, price);
      const ticket = session * 1440 + i;
      deals.push(deal(ticket, "buy", "in", 1, 100, {instrument}));
      if (random.next() < (isGain ? closeGain : closeLoss))
        deals.push(deal(ticket + 100, "sell", "out", 1, price, {instrument, profit: price - 100}));
    }
  }
  return {deals, priceAt: (instrument, time) => prices.get(`${instrument} ${Math.floor(time / DAY_MS)}`)};
}
