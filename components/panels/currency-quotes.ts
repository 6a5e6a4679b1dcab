import type {CurrencyQuote} from "../../services/analytics/risk/currency-rates.js";
import {baseCurrency} from "../../services/analytics/risk/position-value.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import type {Position} from "../../services/domain/position.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import type {CloseSeries} from "../../services/snapshots/read-closes.js";

/**
 * Prices of currency pairs that an account's data hold: the broker's own where a position is open, else the last close.
 */
export function quotesOf(
  closes: ReadonlyMap<InstrumentId, CloseSeries>,
  positions: readonly Position[],
  instruments: readonly InstrumentSettings[]
): CurrencyQuote[] {
  return instruments.flatMap((instrument) => {
    const base = baseCurrency(instrument);
    const price = positions.find((position) => position.instrument === instrument.id)?.currentPrice;
    const last = price ?? closes.get(instrument.id)?.close.at(-1);
    return base === undefined || last === undefined ? [] : [{base, quote: instrument.currency, price: last}];
  });
}
