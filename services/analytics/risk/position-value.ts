import {type Instrument, parseInstrumentId} from "../../domain/instrument.js";
import type {Position} from "../../domain/position.js";
import type {CurrencyRates} from "./currency-rates.js";

/** A position at its current price, as the currencies it is made of and in the account's currency. */
export interface ValuedPosition {
  readonly position: Position;
  readonly sign: 1 | -1;
  /** Of the base: lots times contract size. */
  readonly units: number;
  readonly legs: readonly {currency: string; amount: number}[];
  /** Unsigned, in the account's currency. */
  readonly value: number | undefined;
  /** What is missing, in plain words. */
  readonly hole: string | undefined;
}

/** What it takes to value a position. */
export interface ValuationOptions {
  /** The account's. */
  readonly currency: string;
  readonly instruments: readonly Instrument[];
  readonly rates: CurrencyRates;
}

/**
 * The market value of a position; a missing instrument or rate is a hole, with the value `undefined`.
 *
 * @throws {RangeError} if volume or price is not positive
 */
export function valuePosition(position: Position, {currency, instruments, rates}: ValuationOptions): ValuedPosition {
  const {instrument: id, volumeLots, currentPrice, side, ticket} = position;
  if (!(volumeLots > 0 && volumeLots < Infinity))
    throw new RangeError(`invalid volume of position ${ticket}: ${volumeLots}`);
  if (!(currentPrice > 0 && currentPrice < Infinity))
    throw new RangeError(`invalid price of position ${ticket}: ${currentPrice}`);
  const sign = side === "buy" ? 1 : -1;
  const instrument = instruments.find((candidate) => candidate.id === id);
  if (!instrument) {
    const hole = `${id} is not in the settings, so its contract size is not known`;
    return {position, sign, units: NaN, legs: [], value: undefined, hole};
  }
  const units = volumeLots * instrument.contractSize;
  const legs = legsOf(instrument, sign * units, currentPrice);
  const rate = rateOf(instrument.currency, currency, rates);
  const hole = rate === undefined ? `no rate from ${instrument.currency} to ${currency}, for ${id}` : undefined;
  return {position, sign, units, legs, value: rate && units * currentPrice * rate, hole};
}

function legsOf(instrument: Instrument, units: number, price: number): {currency: string; amount: number}[] {
  const base = baseCurrency(instrument);
  const quoted = {currency: instrument.currency, amount: units * price};
  if (base === undefined) return [quoted];
  return [
    {currency: base, amount: units},
    {currency: instrument.currency, amount: -units * price}
  ];
}

/** The base of an FX or metal symbol: EUR of `EURUSD`, XAU of `XAUUSD.m`; `undefined` for what is not such a pair. */
export function baseCurrency({id, assetClass, currency}: Instrument): string | undefined {
  if (assetClass !== "fx" && assetClass !== "metal") return undefined;
  const [, base, quote] = /^([A-Z]{3})\/?([A-Z]{3})/.exec(parseInstrumentId(id).symbol.toUpperCase()) ?? [];
  return quote === currency ? base : undefined;
}

function rateOf(from: string, to: string, rates: CurrencyRates): number | undefined {
  return from === to ? 1 : rates[from];
}
