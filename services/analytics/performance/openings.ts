import type {InstrumentId} from "../../domain/instrument.js";
import type {RoundTrip} from "../../domain/round-trip.js";
import type {EpochMs} from "../../domain/time.js";
import type {RoundTrips} from "./round-trips.js";

/** A deal that opened something, with all that was closed of it. */
export interface Opening {
  readonly ticket: string;
  readonly time: EpochMs;
  readonly instrument: InstrumentId;
  /** What it opened: what was closed of it, and what is still open. */
  readonly lots: number;
  /** Round trips made of it, in the order given; none of one that is still whole. */
  readonly trips: readonly RoundTrip[];
}

/**
 * Openings: each opening deal once, however many closes it takes.
 *
 * @param trips in any order
 * @param open what is still open; left out, an opening counts with what was closed of it
 * @returns oldest first
 */
export function openingsOf(trips: readonly RoundTrip[], open: RoundTrips["open"] = []): Opening[] {
  const byTicket = new Map<string, {-readonly [Key in keyof Opening]: Opening[Key]} & {trips: RoundTrip[]}>();
  const add = (ticket: string, time: EpochMs, instrument: InstrumentId, lots: number) => {
    const known = byTicket.get(ticket) ?? {ticket, time, instrument, lots: 0, trips: []};
    byTicket.set(ticket, known);
    known.lots += lots;
    return known;
  };
  for (const trip of trips) add(trip.tickets[0]!, trip.openTime, trip.instrument, trip.volumeLots).trips.push(trip);
  for (const {deal, volumeLots} of open) add(deal.ticket, deal.time, deal.instrument, volumeLots);
  return [...byTicket.values()].sort((a, b) => a.time - b.time);
}
