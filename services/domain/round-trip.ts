import type {Side} from "./deal.js";
import type {InstrumentId} from "./instrument.js";
import type {Money} from "./money.js";
import type {EpochMs} from "./time.js";

/**
 * One trip from flat to flat, FIFO: the unit that statistics count.
 * Costs (commission, swap, fee) are signed as the broker states them: a cost is negative.
 */
export interface RoundTrip {
  /** The closing deal's ticket, with `#n` when one deal closes several openings. */
  readonly id: string;
  readonly instrument: InstrumentId;
  /** The side of the opening deal. */
  readonly side: Side;
  readonly volumeLots: number;
  readonly openTime: EpochMs;
  readonly closeTime: EpochMs;
  readonly openPrice: number;
  readonly closePrice: number;
  readonly profit: Money;
  readonly commission: Money;
  readonly swap: Money;
  readonly fee: Money;
  /** profit + commission + swap + fee */
  readonly net: Money;
  /** Net over initial risk; `undefined` without a stop, never imputed. */
  readonly r?: number;
  /** The deals it was made from, opening first. */
  readonly tickets: readonly string[];
}
