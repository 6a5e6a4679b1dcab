/** Units of the account's currency for one unit of each currency. */
export type CurrencyRates = Readonly<Record<string, number>>;

/** One pair's price: units of *quote* for one of *base*. */
export interface CurrencyQuote {
  readonly base: string;
  readonly quote: string;
  readonly price: number;
}

/**
 * Rates into the account's currency from pairs' prices, through other currencies where there is no direct pair, by the
 * fewest pairs. A currency that no chain of pairs reaches is not in the answer.
 *
 * @throws {RangeError} if a price is not positive
 * @example currencyRates([{base: "USD", quote: "JPY", price: 150}], "USD") // {USD: 1, JPY: 1/150}
 */
export function currencyRates(quotes: readonly CurrencyQuote[], accountCurrency: string): CurrencyRates {
  for (const {base, quote, price} of quotes)
    if (!(price > 0 && price < Infinity)) throw new RangeError(`invalid price of ${base}${quote}: ${price}`);
  const rates: Record<string, number> = {[accountCurrency]: 1};
  const reached = [accountCurrency];
  for (const known of reached) {
    for (const {base, quote, price} of quotes) {
      const [next, rate] = quote === known ? [base, rates[known]! * price] : [quote, rates[known]! / price];
      if ((quote !== known && base !== known) || rates[next] !== undefined) continue;
      rates[next] = rate;
      reached.push(next);
    }
  }
  return rates;
}
