import type {Side, TradeDeal} from "../../domain/deal.js";
import type {InstrumentId} from "../../domain/instrument.js";

/** What is held of one position, at its average price. */
export interface Holding {
  readonly key: string;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly volumeLots: number;
  readonly averagePrice: number; // weighed by lots
}

/** What a deal did to the holding that it changed. */
export interface HoldingChange {
  /** The holding before the deal, where it cut or added to one. */
  readonly before: Holding | undefined;
  readonly isClosing: boolean;
  /** Whether something of the same side is left, or was there already and grew. */
  readonly isStillOpen: boolean;
}

/** Holdings of an account as its deals make them, by position id where the broker names one, else by instrument. */
export interface Holdings {
  /** Applies a deal, in order of history. */
  apply(deal: TradeDeal): HoldingChange;
  all(): readonly Holding[];
}

const volumeTolerance = 1e-9;

/**
 * Holdings that follow an account's deals, at average purchase price, as Odean counts gains and losses.
 * A deal against the side held cuts it and, beyond it, turns it round; one with it adds to it.
 */
export function createHoldings(): Holdings {
  const held = new Map<string, Holding>();
  const apply = (deal: TradeDeal): HoldingChange => {
    const key = `${deal.instrument}\n${deal.position}`;
    const before = held.get(key);
    const isClosing = before !== undefined && before.side !== deal.type;
    const signed = isClosing ? -deal.volumeLots : deal.volumeLots;
    const volume = (before?.volumeLots ?? 0) + signed;
    const isFlat = Math.abs(volume) < volumeTolerance;
    if (isFlat) held.delete(key);
    else held.set(key, changed(key, deal, before, isClosing, volume));
    return {before, isClosing, isStillOpen: before !== undefined && !isFlat && volume > 0};
  };
  return {apply, all: () => [...held.values()]};
}

function changed(
  key: string,
  deal: TradeDeal,
  before: Holding | undefined,
  isClosing: boolean,
  volume: number
): Holding {
  const opened = {
    key,
    instrument: deal.instrument,
    side: deal.type,
    volumeLots: Math.abs(volume),
    averagePrice: deal.price
  };
  if (before === undefined || (isClosing && volume < 0)) return opened;
  if (isClosing) return {...before, volumeLots: volume};
  const averagePrice = (before.averagePrice * before.volumeLots + deal.price * deal.volumeLots) / volume;
  return {...before, volumeLots: volume, averagePrice};
}

/** The sign of what a holding would make at a price: 1 a gain, −1 a loss, 0 neither. */
export function gainSign({side, averagePrice}: Holding, price: number): number {
  return Math.sign((side === "buy" ? 1 : -1) * (price - averagePrice));
}
