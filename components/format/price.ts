import {priceDecimals} from "../../services/domain/instrument.js";
import {formatNumber, type NumberFormatOptions} from "./number.js";

/**
 * A price with as many decimals as its tick has: `formatPrice(1.16, 0.00001)` is `1.16000`.
 *
 * @throws {RangeError} if the tick size is not positive
 */
export function formatPrice(price: number | undefined, tickSize: number, options: NumberFormatOptions = {}): string {
  return formatNumber(price, {...options, decimals: priceDecimals(tickSize)});
}
