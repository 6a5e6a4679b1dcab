/** `VENUE:SYMBOL`, as `NSE:INFY`. */
export type InstrumentId = `${string}:${string}`;

/** What kind of thing an instrument is. Of `fx` and `metal` the symbol begins with the base, as EUR and XAU: exposure counts it. */
export type AssetClass = "fx" | "metal" | "index" | "equity" | "crypto" | "future";

/** What is traded, and the terms that its prices and volumes are read by, as settings state them. */
export interface Instrument {
  readonly id: InstrumentId;
  readonly name: string;
  readonly assetClass: AssetClass;
  /** ISO 4217 code of the currency a price is in. */
  readonly currency: string;
  /** The smallest step of a price, as 0.00001. */
  readonly tickSize: number;
  /** Units of the base per lot: 100_000 for FX, 1 for a share. */
  readonly contractSize: number;
  /** Name of the trading calendar in `data/reference/calendars.yaml`. */
  readonly calendar: string;
}

/** @throws {RangeError} if the text is not `VENUE:SYMBOL` */
export function parseInstrumentId(text: string): {venue: string; symbol: string} {
  const [, venue, symbol] = /^([A-Z][A-Z0-9]*):(\S(?:.*\S)?)$/.exec(text) ?? [];
  if (venue === undefined || symbol === undefined) throw new RangeError(`invalid instrument: ${text}`);
  return {venue, symbol};
}

/** The name of an instrument in a URL or a file: its symbol, anything unusual as a hyphen. `NSE:M&M` is `M-M`. */
export function instrumentSlug(id: InstrumentId): string {
  return parseInstrumentId(id).symbol.replace(/[^A-Za-z0-9_-]+/g, "-");
}

/** Decimals that a price of this tick size needs: 5 for 0.00001, 2 for 0.05, 0 for 1. */
export function priceDecimals(tickSize: number): number {
  if (!(tickSize > 0 && tickSize < Infinity)) throw new RangeError(`invalid tick size: ${tickSize}`);
  const isWhole = (steps: number) => steps > 0.5 && Math.abs(steps - Math.round(steps)) < 1e-6;
  let decimals = 0;
  while (decimals < 12 && !isWhole(tickSize * 10 ** decimals)) ++decimals;
  return decimals;
}
