import type {InstrumentId} from "../../domain/instrument.js";
import type {Position} from "../../domain/position.js";
import type {CurrencyRates} from "./currency-rates.js";
import {type ValuationOptions, type ValuedPosition, valuePosition} from "./position-value.js";

/** A sum in the account's currency, or why it cannot be had: a missing rate is a hole, never 0. */
export interface ExposureSum {
  readonly value: number | undefined;
  readonly reason?: string;
}

/** What is held of one instrument, all positions together. */
export interface InstrumentExposure extends ExposureSum {
  readonly instrument: InstrumentId;
  /** Buys less sells. */
  readonly netLots: number;
  /** Buys and sells together: larger than |net| where an account holds both. */
  readonly grossLots: number;
  /** Sum of |market value|; `value` is the signed sum. */
  readonly gross: number | undefined;
}

/** What is held of one currency or metal: assets in it, and both legs of FX. */
export interface CurrencyExposure extends ExposureSum {
  readonly currency: string;
  /** In that currency. */
  readonly amount: number;
}

/** An account's open positions as market value at risk, in its currency. */
export interface Exposure {
  readonly currency: string;
  readonly positions: number;
  /** Sum of |market value|. */
  readonly gross: ExposureSum;
  /** Sum of signed market value. */
  readonly net: ExposureSum;
  /** Gross over equity: the fraction at work. */
  readonly grossFraction: ExposureSum;
  readonly byInstrument: readonly InstrumentExposure[];
  readonly byCurrency: readonly CurrencyExposure[];
  /** What is missing from the sums, in plain words; empty where nothing is. */
  readonly holes: readonly string[];
}

/** What it takes to value positions and to relate them to the account. */
export interface ExposureOptions extends ValuationOptions {
  /** Account equity in its currency. */
  readonly equity?: number;
}

/**
 * Exposure of open positions: gross, net, by instrument and by currency, at current prices.
 *
 * A position in FX or metal is two: long one lot of EURUSD at 1.10 is +100,000 EUR and −110,000 USD. Any other is its
 * market value in the currency of its price. A sum that would need a missing rate or instrument is `undefined` with
 * the reason, and what is missing is in `holes`.
 *
 * @param rates units of account currency for one of each currency: see `currencyRates`
 * @throws {RangeError} if a rate, a volume or a price is not positive
 */
export function exposure(positions: readonly Position[], options: ExposureOptions): Exposure {
  assertRates(options.rates);
  const valued = positions.map((position) => valuePosition(position, options));
  const holes = [...new Set(valued.flatMap(({hole}) => (hole === undefined ? [] : [hole])))];
  const gross = sumOf(valued, ({value}) => value, holes);
  return {
    currency: options.currency,
    positions: positions.length,
    gross,
    net: sumOf(valued, ({value, sign}) => value && sign * value, holes),
    grossFraction: fractionOf(gross, options.equity),
    byInstrument: byInstrument(valued),
    byCurrency: byCurrency(valued, options),
    holes
  };
}

function assertRates(rates: CurrencyRates): void {
  for (const [currency, rate] of Object.entries(rates))
    if (!(rate > 0 && rate < Infinity)) throw new RangeError(`invalid rate of ${currency}: ${rate}`);
}

function sumOf(
  valued: readonly ValuedPosition[],
  of: (row: ValuedPosition) => number | undefined,
  holes: readonly string[]
): ExposureSum {
  if (holes.length > 0) return {value: undefined, reason: holes.join("; ")};
  return {value: valued.reduce((sum, row) => sum + of(row)!, 0)};
}

function fractionOf({value, reason}: ExposureSum, equity: number | undefined): ExposureSum {
  if (value === undefined) return {value, ...(reason === undefined ? {} : {reason})};
  if (equity === undefined) return {value: undefined, reason: "equity is not known"};
  return equity > 0 ? {value: value / equity} : {value: undefined, reason: `equity is not positive: ${equity}`};
}

function byInstrument(valued: readonly ValuedPosition[]): InstrumentExposure[] {
  const instruments = [...new Set(valued.map(({position}) => position.instrument))];
  const rows = instruments.map((instrument): InstrumentExposure => {
    const own = valued.filter(({position}) => position.instrument === instrument);
    const holes = own.flatMap(({hole}) => (hole === undefined ? [] : [hole]));
    return {
      instrument,
      netLots: own.reduce((sum, {position, sign}) => sum + sign * position.volumeLots, 0),
      grossLots: own.reduce((sum, {position}) => sum + position.volumeLots, 0),
      gross: sumOf(own, ({value}) => value, holes).value,
      ...sumOf(own, ({value, sign}) => value && sign * value, holes.slice(0, 1))
    };
  });
  return rows.sort((a, b) => (b.gross ?? Infinity) - (a.gross ?? Infinity) || (a.instrument < b.instrument ? -1 : 1));
}

function byCurrency(
  valued: readonly ValuedPosition[],
  {currency: account, rates}: ExposureOptions
): CurrencyExposure[] {
  const amounts = new Map<string, number>();
  for (const {legs} of valued)
    for (const {currency, amount} of legs) amounts.set(currency, (amounts.get(currency) ?? 0) + amount);
  const own = impliedRates(valued, account, rates);
  const rows = [...amounts].map(([currency, amount]): CurrencyExposure => {
    const rate = own[currency];
    if (rate === undefined)
      return {currency, amount, value: undefined, reason: `no rate from ${currency} to ${account}`};
    return {currency, amount, value: amount * rate};
  });
  return rows.sort(
    (a, b) => Math.abs(b.value ?? Infinity) - Math.abs(a.value ?? Infinity) || (a.currency < b.currency ? -1 : 1)
  );
}

/** The given rates, and those that the positions' own prices imply for the base of a pair: gold's, say. */
function impliedRates(valued: readonly ValuedPosition[], account: string, rates: CurrencyRates): CurrencyRates {
  const implied: Record<string, number> = {};
  for (const {legs, units, value} of valued)
    if (legs.length === 2 && value !== undefined) implied[legs[0]!.currency] = value / units;
  return {...implied, ...rates, [account]: 1};
}
