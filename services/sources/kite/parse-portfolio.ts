import type {InstrumentId} from "../../domain/instrument.js";
import {type Money, toMoney} from "../../domain/money.js";
import type {EpochMs} from "../../domain/time.js";
import {fromWall} from "../../domain/zone.js";
import {type JsonObject, toJsonArray, toJsonObject} from "../json-reader.js";
import {parseWallTime} from "../wall-time.js";

/** Kite accounts are in rupees. */
export const kiteCurrency = "INR";

/** One fill of today, of `/trades` or an order's own. */
export interface KiteTrade {
  readonly tradeId: string;
  readonly orderId: string;
  readonly instrument: InstrumentId;
  readonly product: string;
  readonly side: "buy" | "sell";
  readonly quantity: number;
  readonly price: number; // in rupees
  readonly time: EpochMs;
}

/** One order of today. */
export interface KiteOrder {
  readonly orderId: string;
  readonly instrument: InstrumentId;
  readonly product: string;
  readonly side: "buy" | "sell";
  readonly type: string;
  readonly status: string;
  readonly quantity: number;
  readonly filledQuantity: number;
  readonly price: number; // in rupees
  readonly triggerPrice: number; // in rupees
  readonly averagePrice: number; // in rupees
  readonly time: EpochMs;
}

/** A position of the day or carried over; `pnl` is sell value − buy value + quantity × last price × multiplier. */
export interface KitePosition {
  readonly instrument: InstrumentId;
  readonly product: string;
  /** Negative where short. */
  readonly quantity: number;
  readonly overnightQuantity: number;
  readonly multiplier: number;
  readonly averagePrice: number; // in rupees
  readonly lastPrice: number; // in rupees
  readonly buyValue: number; // in rupees
  readonly sellValue: number; // in rupees
  readonly pnl: number; // in rupees
}

/** Shares held in the demat account, and those bought yesterday that have not come there yet. */
export interface KiteHolding {
  readonly instrument: InstrumentId;
  /** Both together: shares bought yesterday can be sold today. */
  readonly quantity: number;
  readonly averagePrice: number; // in rupees
  readonly lastPrice: number; // in rupees
  readonly pnl: number; // in rupees
}

/** Funds of one segment. */
export interface KiteMargin {
  readonly net: Money;
  readonly cash: Money;
  readonly openingBalance: Money;
  readonly used: Money;
}

function instrumentOf(row: JsonObject): InstrumentId {
  const [exchange, symbol] = [row.text("exchange"), row.text("tradingsymbol").trim()];
  if (!/^[A-Z][A-Z0-9]{1,9}$/.test(exchange)) throw row.fail("exchange", "an exchange");
  if (!(symbol.length > 0 && symbol.length <= 64)) throw row.fail("tradingsymbol", "a symbol");
  return `${exchange}:${symbol}`;
}

function sideOf(row: JsonObject): "buy" | "sell" {
  const side = row.text("transaction_type");
  if (side !== "BUY" && side !== "SELL") throw row.fail("transaction_type", "BUY or SELL");
  return side === "BUY" ? "buy" : "sell";
}

/** Kite writes wall times of India. */
function timeOf(row: JsonObject, key: string): EpochMs {
  const wall = parseWallTime(row.text(key));
  if (!Number.isFinite(wall)) throw row.fail(key, "a time as 2021-05-31 09:16:39");
  return fromWall("Asia/Kolkata", wall);
}

function atLeast(row: JsonObject, key: string, least: number): number {
  if (!(row.number(key) >= least)) throw row.fail(key, `a number of at least ${least}`);
  return row.number(key);
}

/** @throws {SourceError} SOURCE_BAD_DATA naming the row and field */
export function parseTrades(data: unknown, where: string): KiteTrade[] {
  return toJsonArray(data, where)
    .objects()
    .map((row) => {
      const [quantity, price] = [atLeast(row, "quantity", 0), atLeast(row, "average_price", 0)];
      if (!(quantity > 0)) throw row.fail("quantity", "a number above 0");
      const ids = {tradeId: row.text("trade_id"), orderId: row.text("order_id")};
      const what = {instrument: instrumentOf(row), product: row.text("product"), side: sideOf(row)};
      return {...ids, ...what, quantity, price, time: timeOf(row, "fill_timestamp")};
    });
}

/** @throws {SourceError} SOURCE_BAD_DATA naming the row and field */
export function parseOrders(data: unknown, where: string): KiteOrder[] {
  return toJsonArray(data, where)
    .objects()
    .map((row) => ({
      orderId: row.text("order_id"),
      instrument: instrumentOf(row),
      product: row.text("product"),
      side: sideOf(row),
      type: row.text("order_type"),
      status: row.text("status"),
      quantity: atLeast(row, "quantity", 0),
      filledQuantity: atLeast(row, "filled_quantity", 0),
      price: atLeast(row, "price", 0),
      triggerPrice: atLeast(row, "trigger_price", 0),
      averagePrice: atLeast(row, "average_price", 0),
      time: timeOf(row, "order_timestamp")
    }));
}

/** The net positions of `/portfolio/positions`. */
export function parsePositions(data: unknown, where: string): KitePosition[] {
  return toJsonObject(data, where)
    .array("net")
    .objects()
    .map((row) => ({
      instrument: instrumentOf(row),
      product: row.text("product"),
      quantity: row.number("quantity"),
      overnightQuantity: row.number("overnight_quantity"),
      multiplier: atLeast(row, "multiplier", 0),
      averagePrice: row.number("average_price"),
      lastPrice: row.number("last_price"),
      buyValue: row.number("buy_value"),
      sellValue: row.number("sell_value"),
      pnl: row.number("pnl")
    }));
}

/**
 * `/portfolio/holdings`, shares bought yesterday included.
 *
 * @throws {SourceError} SOURCE_BAD_DATA naming the row and field
 */
export function parseHoldings(data: unknown, where: string): KiteHolding[] {
  return toJsonArray(data, where)
    .objects()
    .map((row) => ({
      instrument: instrumentOf(row),
      quantity: heldQuantity(row),
      averagePrice: atLeast(row, "average_price", 0),
      lastPrice: atLeast(row, "last_price", 0),
      pnl: row.number("pnl")
    }));
}

/** Kite's manual counts `t1_quantity` within `quantity`, its replies beside it: what has come to the account tells which. */
function heldQuantity(row: JsonObject): number {
  const count = (key: string) => (row.has(key) ? atLeast(row, key, 0) : 0);
  const [quantity, unsettled] = [atLeast(row, "quantity", 0), count("t1_quantity")];
  const isWithin = row.has("realised_quantity") && quantity >= count("realised_quantity") + unsettled;
  return isWithin ? quantity : quantity + unsettled;
}

/** `/user/margins`, by segment: equity and commodity. */
export function parseMargins(data: unknown, where: string): Record<"equity" | "commodity", KiteMargin> {
  const root = toJsonObject(data, where);
  const margin = (segment: JsonObject): KiteMargin => {
    const [available, utilised] = [segment.object("available"), segment.object("utilised")];
    const money = (row: JsonObject, key: string) => {
      const amount = row.number(key);
      if (!(Math.abs(amount) < 1e13)) throw row.fail(key, "an amount of money");
      return toMoney(amount, kiteCurrency);
    };
    return {
      net: money(segment, "net"),
      cash: money(available, "cash"),
      openingBalance: money(available, "opening_balance"),
      used: money(utilised, "debits")
    };
  };
  return {equity: margin(root.object("equity")), commodity: margin(root.object("commodity"))};
}

/** `/user/profile`: which exchanges are open to the account; its owner is not read. */
export function parseProfile(data: unknown, where: string): {exchanges: string[]} {
  const exchanges = toJsonObject(data, where).array("exchanges");
  return {exchanges: Array.from({length: exchanges.length}, (_, i) => exchanges.text(i))};
}
