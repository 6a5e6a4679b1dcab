import {type JsonObject, toJsonObject} from "../json-reader.js";
import type {StatedSymbol} from "../symbol-source.js";

/**
 * `/symbol_info/{s}`: the terminal's own terms of a symbol. A step of 0 means its point, as in the terminal.
 *
 * @throws {SourceError} SOURCE_BAD_DATA naming the field
 */
export function parseSymbol(body: unknown, where: string): StatedSymbol {
  const row = toJsonObject(body, where);
  const tickSize = sizeOf(row, "trade_tick_size") ?? sizeOf(row, "point");
  const contractSize = sizeOf(row, "trade_contract_size");
  const currency = row.has("currency_profit") ? row.text("currency_profit").trim() : "";
  if (!(currency === "" || /^[A-Z]{3}$/.test(currency))) throw row.fail("currency_profit", "a currency, as USD");
  return {
    ...(tickSize === undefined ? {} : {tickSize}),
    ...(contractSize === undefined ? {} : {contractSize}),
    ...(currency === "" ? {} : {currency})
  };
}

/** A size above 0; `undefined` where it is 0 or not stated. */
function sizeOf(row: JsonObject, key: string): number | undefined {
  const size = row.numberOr(key, 0);
  if (!(size >= 0)) throw row.fail(key, "a size, 0 or more");
  return size === 0 ? undefined : size;
}
