/** What a venue states of one symbol, as far as it does. */
export interface StatedSymbol {
  /** The smallest step of a price. */
  readonly tickSize?: number;
  /** Units per lot. */
  readonly contractSize?: number;
  /** ISO 4217, in which its prices are. */
  readonly currency?: string;
}

/** Where the terms of symbols can be asked, to hold settings against them. */
export interface SymbolSource {
  /** `undefined` where the venue states nothing of the symbol. */
  symbol(symbol: string, signal?: AbortSignal): Promise<StatedSymbol | undefined>;
}
