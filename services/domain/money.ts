/** Money that is owed: a whole number of the currency's smallest unit. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** Minor units per major unit, by ISO 4217 where it is not 100. */
const minorPerMajor: Readonly<Record<string, number>> = Object.fromEntries([
  ..."BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ").map((code) => [code, 1]),
  ..."BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 1000])
]);

/**
 * Money from a decimal amount as a broker prints it: `toMoney(16.65, "USD")` is 1665 cents.
 * Rounds by `roundHalfAway`; MetaTrader states profits to the minor unit already.
 *
 * @throws {RangeError} if the amount is not finite or too large to count exactly
 */
export function toMoney(amount: number, currency: string): Money {
  const scaled = amount * (minorPerMajor[currency] ?? 100);
  const size = Math.abs(scaled);
  const nudge = Math.min(2 * Number.EPSILON * size, 1e-3); // 1.005 × 100 is 100.49999999999999 in binary
  const minor = Number.isInteger(size) ? scaled : roundHalfAway(scaled + Math.sign(scaled) * nudge);
  if (!Number.isSafeInteger(minor)) throw new RangeError(`money out of range: ${amount} ${currency}`);
  return {minor: minor === 0 ? 0 : minor, currency};
}

/** The nearest whole number, as money is rounded everywhere: half away from zero, so that −2.5 is −3 as 2.5 is 3. */
export function roundHalfAway(value: number): number {
  const size = Math.round(Math.abs(value));
  return value < 0 && size > 0 ? -size : size;
}

/** The amount in major units, for statistics and display: 1665 cents is 16.65. */
export function toAmount({minor, currency}: Money): number {
  return minor / (minorPerMajor[currency] ?? 100);
}

/** Decimals of a currency's smallest unit: 2 for USD, 0 for JPY. */
export function moneyDecimals(currency: string): number {
  return Math.round(Math.log10(minorPerMajor[currency] ?? 100));
}

/** @throws {TypeError} if the currencies differ; @throws {RangeError} if the sum cannot be counted exactly */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new TypeError(`cannot add ${b.currency} to ${a.currency}`);
  const minor = a.minor + b.minor;
  if (!Number.isSafeInteger(minor)) throw new RangeError(`money out of range: ${minor}`);
  return {minor, currency: a.currency};
}
