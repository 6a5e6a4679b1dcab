import type {InstrumentId} from "../../domain/instrument.js";
import {DAY_MS, type EpochMs} from "../../domain/time.js";

/** The price of an instrument at a moment; `undefined` where there is none to be had. */
export type PriceAt = (instrument: InstrumentId, time: EpochMs) => number | undefined;

/** The close of one bar of an instrument; `time` is when the bar opened. */
export interface CloseRow {
  readonly instrument: InstrumentId;
  readonly time: EpochMs;
  readonly close: number;
}

/**
 * Prices by bar: the close of the last bar that opened at or before a moment.
 * With daily bars that is the close of the same day, which nobody knew yet at that moment: right for counting after the
 * fact, and not for deciding.
 *
 * @param maxAgeMs a bar that opened longer ago gives no price: 4 days, a weekend with a holiday
 */
export function createPriceLookup(rows: readonly CloseRow[], {maxAgeMs = 4 * DAY_MS} = {}): PriceAt {
  const byInstrument = new Map<InstrumentId, CloseRow[]>();
  for (const row of rows) {
    const own = byInstrument.get(row.instrument);
    if (own) own.push(row);
    else byInstrument.set(row.instrument, [row]);
  }
  for (const own of byInstrument.values()) own.sort((a, b) => a.time - b.time);
  return (instrument, time) => {
    const row = lastAtOrBefore(byInstrument.get(instrument) ?? [], time);
    return row !== undefined && time - row.time <= maxAgeMs ? row.close : undefined;
  };
}

function lastAtOrBefore(rows: readonly CloseRow[], time: EpochMs): CloseRow | undefined {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.time <= time) low = middle + 1;
    else high = middle;
  }
  return rows[low - 1];
}
