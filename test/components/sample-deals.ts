import type {BalanceDeal, Deal, TradeDeal} from "../../services/domain/deal.js";
import {toMoney} from "../../services/domain/money.js";
import {DAY_MS, HOUR_MS} from "../../services/domain/time.js";
import {open} from "./sample-dataset.js";

const usd = (amount: number) => toMoney(amount, "USD");
const none = {commission: usd(0), swap: usd(0), fee: usd(0)};

/** A deposit of 10 000 and as many round trips of one lot as asked, five a week, winning and losing by turns. */
export function sampleDeals(trips: number): Deal[] {
  const deposit: BalanceDeal = {ticket: "1", time: open - DAY_MS, type: "balance", profit: usd(10_000), ...none};
  return [deposit, ...Array.from({length: trips}, (_, i) => roundTrip(i)).flat()];
}

function roundTrip(i: number): TradeDeal[] {
  const time = open + (Math.floor(i / 5) * 7 + (i % 5)) * DAY_MS;
  const side = i % 3 === 0 ? "sell" : "buy";
  const base = {instrument: "MT5:EURUSD", position: `${i}`, volumeLots: 1, ...none} as const;
  const net = i % 2 === 0 ? 120 + i : -100;
  const stop = side === "buy" ? {stopPrice: 1.099} : {};
  return [
    {...base, ...stop, ticket: `${10 + 2 * i}`, time, type: side, entry: "in", price: 1.1, profit: usd(0)},
    {
      ...base,
      ticket: `${11 + 2 * i}`,
      time: time + HOUR_MS,
      type: side === "buy" ? "sell" : "buy",
      entry: "out",
      price: 1.1 + (net / 100_000) * (side === "buy" ? 1 : -1),
      profit: usd(net)
    }
  ];
}
