import {type Money, moneyDecimals, toAmount} from "../../services/domain/money.js";
import {formatNumber, type NumberFormatOptions} from "./number.js";

/** Money in its major unit, without the currency, which stands in the column's head or beside the tile's figure. */
export function formatMoney(money: Money | undefined, options: NumberFormatOptions = {}): string {
  return money === undefined ? formatNumber(undefined) : formatAmount(toAmount(money), money.currency, options);
}

/** An amount of a currency's major unit, to its smallest: `formatAmount(1665.4, "USD")` is `1 665.40`, JPY has none. */
export function formatAmount(amount: number | undefined, currency: string, options: NumberFormatOptions = {}): string {
  return formatNumber(amount, {decimals: moneyDecimals(currency), ...options});
}
