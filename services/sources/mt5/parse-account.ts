import type {Deal, DealEntry} from "../../domain/deal.js";
import type {InstrumentId} from "../../domain/instrument.js";
import {type Money, toMoney} from "../../domain/money.js";
import type {AccountState, Position} from "../../domain/position.js";
import {SourceError} from "../../domain/source-error.js";
import type {EpochMs} from "../../domain/time.js";
import {type JsonObject, toJsonArray, toJsonObject} from "../json-reader.js";
import type {ServerClock} from "./clock.js";
import {unwrap, wallTimeOf} from "./parse-rows.js";

const entries: readonly DealEntry[] = ["in", "out", "inout", "out-by"];
const LAST_DEAL_TYPE = 20;

/** What is needed to read an account's rows; nothing of it names the account. */
export interface AccountContext {
  readonly clock: ServerClock;
  readonly currency: string;
  toInstrument(symbol: string): InstrumentId;
}

/** A deal with the order that made it, by which its stop can be found, and what it was at the venue. */
export interface BridgeDeal {
  readonly deal: Deal;
  readonly order: string;
  /** Empty where money moved without a trade. */
  readonly symbol: string;
  /** When, on the server's wall clock. */
  readonly wall: number;
}

/**
 * Deals of one answer. In an hour that the server's clock shows twice each is given its first showing: only all deals
 * together tell which it was.
 *
 * @throws {SourceError} SOURCE_BAD_DATA naming the row and field
 */
export function parseDeals(body: unknown, where: string, context: AccountContext): BridgeDeal[] {
  return toJsonArray(unwrap(body, "deals"), where)
    .objects()
    .map((row) => parseDeal(row, context));
}

function parseDeal(row: JsonObject, {clock, currency, toInstrument}: AccountContext): BridgeDeal {
  const money = (key: string) => moneyOf(row, key, currency);
  const wall = wallTimeOf(row);
  const type = row.integer("type");
  if (!(type >= 0 && type <= LAST_DEAL_TYPE)) throw row.fail("type", `a deal type from 0 to ${LAST_DEAL_TYPE}`);
  const base = {
    ticket: ticketOf(row, "ticket"),
    time: clock.toUtc(wall),
    profit: money("profit"),
    commission: money("commission"),
    swap: money("swap"),
    fee: money("fee")
  };
  const order = row.has("order") ? ticketOf(row, "order") : "0";
  if (type > 1) return {deal: {...base, type: "balance"}, order, symbol: "", wall};
  const entry = entries[row.integer("entry")];
  if (entry === undefined) throw row.fail("entry", "0, 1, 2 or 3");
  const symbol = symbolOf(row);
  const deal = {...base, type: type === 0 ? "buy" : "sell", entry, instrument: toInstrument(symbol)} as const;
  const trade = {...deal, position: ticketOf(row, "position_id"), volumeLots: positive(row, "volume")};
  return {deal: {...trade, price: positive(row, "price")}, order, symbol, wall};
}

/** An open position, and its symbol at the venue. */
export interface BridgePosition {
  readonly position: Position;
  readonly symbol: string;
}

/**
 * `/positions_get` and `/get_positions`: an array, or `{positions: []}` where there are none.
 *
 * @throws {SourceError} SOURCE_BAD_DATA naming the row and field
 */
export function parsePositions(
  body: unknown,
  where: string,
  {clock, currency, toInstrument}: AccountContext
): BridgePosition[] {
  return toJsonArray(unwrap(body, "positions"), where)
    .objects()
    .map((row) => {
      const type = row.integer("type");
      if (type !== 0 && type !== 1) throw row.fail("type", "0 or 1");
      const stop = row.numberOr("sl", 0);
      const symbol = symbolOf(row);
      const position = {
        ticket: ticketOf(row, "ticket"),
        instrument: toInstrument(symbol),
        side: type === 0 ? "buy" : "sell",
        volumeLots: positive(row, "volume"),
        openTime: clock.toUtc(wallTimeOf(row)),
        openPrice: positive(row, "price_open"),
        currentPrice: positive(row, "price_current"),
        profit: moneyOf(row, "profit", currency)
      } as const;
      return {position: stop > 0 ? {...position, stopPrice: stop} : position, symbol};
    });
}

/**
 * `/account_info`: only what is owed is kept; login, name, server and company are not read.
 *
 * @throws {SourceError} SOURCE_REFUSED if the account is in another currency than settings say
 */
export function parseAccount(body: unknown, where: string, currency: string, time: EpochMs): AccountState {
  const row = toJsonObject(body, where);
  const stated = row.text("currency");
  if (stated !== currency)
    throw new SourceError(
      "SOURCE_REFUSED",
      `${where}: the account is in ${stated.slice(0, 10)}, in settings in ${currency}`
    );
  return {time, currency, balance: moneyOf(row, "balance", currency), equity: moneyOf(row, "equity", currency)};
}

/** The stop loss of an order in `/history_orders_get`; `undefined` where it has none. */
export function parseOrderStop(body: unknown, where: string, order: string): number | undefined {
  const own = toJsonArray(unwrap(body, "orders"), where)
    .objects()
    .find((row) => ticketOf(row, "ticket") === order);
  const stop = own?.numberOr("sl", 0) ?? 0;
  return stop > 0 ? stop : undefined;
}

function ticketOf(row: JsonObject, key: string): string {
  const ticket = row.integer(key);
  if (!(ticket >= 0)) throw row.fail(key, "a ticket");
  return String(ticket);
}

function symbolOf(row: JsonObject): string {
  const symbol = row.text("symbol").trim();
  if (!(symbol.length > 0 && symbol.length <= 64)) throw row.fail("symbol", "a symbol");
  return symbol;
}

function positive(row: JsonObject, key: string): number {
  if (!(row.number(key) > 0)) throw row.fail(key, "a number above 0");
  return row.number(key);
}

function moneyOf(row: JsonObject, key: string, currency: string): Money {
  try {
    return toMoney(row.numberOr(key, 0), currency);
  } catch (cause) {
    if (cause instanceof RangeError) throw row.fail(key, "an amount of money");
    throw cause;
  }
}
