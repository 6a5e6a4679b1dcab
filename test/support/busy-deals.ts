import type {BarSeries} from "../../services/domain/bar.js";
import type {BalanceDeal, Deal, Side, TradeDeal} from "../../services/domain/deal.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import {toMoney} from "../../services/domain/money.js";
import {DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS} from "../../services/domain/time.js";

const usd = (amount: number) => toMoney(amount, "USD");
const lots = 0.1;

interface Holding {
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly openTime: EpochMs;
  readonly closeTime: EpochMs;
}

/**
 * An account that has something to say in every figure: some round trips a weekday with pauses between them, and one
 * that is held for days beside them, all at the prices of minute bars without a hole.
 */
export function busyDeals(bars: BarSeries, days: number, perDay = 4): Deal[] {
  const start = bars.time[0]!;
  const random = sequence(7);
  const priceAt = (time: EpochMs) => bars.close[Math.floor((time - start) / MINUTE_MS)]!;
  const trades: TradeDeal[] = [];
  let ticket = 100;
  for (let day = 0; day < days; ++day) {
    const date = start + day * DAY_MS;
    if ([0, 6].includes(new Date(date).getUTCDay())) continue;
    for (const holding of holdingsOf(date, perDay, random)) trades.push(...dealsOf(holding, ++ticket, priceAt));
  }
  trades.sort((a, b) => a.time - b.time);
  const none = {commission: usd(0), swap: usd(0), fee: usd(0)};
  const deposit: BalanceDeal = {ticket: "1", time: start, type: "balance", profit: usd(10_000), ...none};
  const added: BalanceDeal = {ticket: "2", time: start + 20.5 * DAY_MS, type: "balance", profit: usd(500), ...none};
  return [deposit, ...trades, added].sort((a, b) => a.time - b.time);
}

function holdingsOf(date: EpochMs, perDay: number, random: () => number): Holding[] {
  const side = () => (random() < 0.6 ? "buy" : "sell");
  const held: Holding = {
    instrument: "MT5:GBPUSD",
    side: side(),
    openTime: date + 7 * HOUR_MS,
    closeTime: date + 7 * HOUR_MS + (1 + Math.floor(random() * 3)) * DAY_MS + 11 * MINUTE_MS
  };
  let time = date + 8 * HOUR_MS;
  const short = Array.from({length: perDay}, (): Holding => {
    const openTime = time + Math.floor(3 + random() * 40) * MINUTE_MS;
    const closeTime = openTime + Math.floor(5 + random() * 60) * MINUTE_MS;
    time = closeTime;
    return {instrument: "MT5:EURUSD", side: side(), openTime, closeTime};
  });
  return [held, ...short];
}

function dealsOf(
  {instrument, side, openTime, closeTime}: Holding,
  number: number,
  priceAt: (time: EpochMs) => number
): TradeDeal[] {
  const [entry, exit] = [priceAt(openTime), priceAt(closeTime)];
  const sign = side === "buy" ? 1 : -1;
  const base = {instrument, position: `${number}`, volumeLots: lots, swap: usd(0), fee: usd(0)};
  const net = Math.round(sign * (exit - entry) * 100_000 * lots * 100) / 100;
  const stopPrice = Math.round((entry - sign * 0.004) * 1e5) / 1e5;
  return [
    {
      ...base,
      ...(number % 3 > 0 && {stopPrice}),
      ticket: `${number * 2}`,
      time: openTime,
      type: side,
      entry: "in",
      price: entry,
      profit: usd(0),
      commission: usd(-0.3)
    },
    {
      ...base,
      ticket: `${number * 2 + 1}`,
      time: closeTime,
      type: side === "buy" ? "sell" : "buy",
      entry: "out",
      price: exit,
      profit: usd(net),
      commission: usd(-0.3)
    }
  ];
}

function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
