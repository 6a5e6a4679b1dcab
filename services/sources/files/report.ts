import type {Deal} from "../../domain/deal.js";
import type {InstrumentId} from "../../domain/instrument.js";
import type {ServerClock} from "../mt5/clock.js";
import type {PositionLink} from "./assign-positions.js";
import type {StatedFigures} from "./stated-figures.js";

/** How a report is read: nothing of it names the account. */
export interface ReportOptions {
  readonly clock: ServerClock;
  /** The account's currency; a report that states another is refused. */
  readonly currency: string;
  toInstrument(symbol: string): InstrumentId;
}

/** What a MetaTrader report holds; never the account's number, its owner's name, or the server. */
export interface Report {
  readonly kind: "mt5-history" | "mt5-tester" | "mt4-statement" | "mt4-tester";
  /** Oldest first, as the report has them. */
  readonly deals: readonly Deal[];
  /** By ticket, for deals whose position the report does not state: what tells it, so that reports can be joined. */
  readonly links: ReadonlyMap<string, PositionLink>;
  readonly statedFigures: StatedFigures;
  readonly warnings: readonly string[];
}
