import type {BalanceDeal, TradeDeal} from "../../../services/domain/deal.js";
import type {InstrumentId} from "../../../services/domain/instrument.js";
import {toMoney} from "../../../services/domain/money.js";

interface Amounts {
  readonly profit?: number;
  readonly commission?: number;
  readonly swap?: number;
  readonly fee?: number;
}

const money = ({profit = 0, commission = 0, swap = 0, fee = 0}: Amounts) => ({
  profit: toMoney(profit, "USD"),
  commission: toMoney(commission, "USD"),
  swap: toMoney(swap, "USD"),
  fee: toMoney(fee, "USD")
});

/** A deal in US dollars: the ticket is its minute too. */
export function deal(
  ticket: number,
  type: "buy" | "sell",
  entry: TradeDeal["entry"],
  volumeLots: number,
  price: number,
  {instrument = "MT5:EURUSD" as InstrumentId, position = "", stopPrice, ...amounts}: DealOptions = {}
): TradeDeal {
  const stop = stopPrice === undefined ? {} : {stopPrice};
  const base = {ticket: `${ticket}`, time: ticket * 60_000, ...money(amounts)};
  return {...base, type, entry, volumeLots, price, instrument, position, ...stop};
}

export interface DealOptions extends Amounts {
  readonly instrument?: InstrumentId;
  readonly position?: string;
  readonly stopPrice?: number;
}

export function deposit(ticket: number, amount: number): BalanceDeal {
  return {ticket: `${ticket}`, time: ticket * 60_000, ...money({profit: amount}), type: "balance"};
}
