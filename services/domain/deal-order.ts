import type {Deal} from "./deal.js";
import type {RoundTrip} from "./round-trip.js";

/** How MT4's one row of a trade becomes a ticket for its opening and one for its close. */
const closeSuffix = "-close";

/** The ticket of the close of a trade that its broker states under one number: `"100"` closes as `"100-close"`. */
export function closeTicket(ticket: string): string {
  return `${ticket}${closeSuffix}`;
}

/**
 * Orders tickets by their number, however many digits it has, a close right after its opening: `"99"`, `"99-close"`,
 * `"100"`, `"100-close"`. Other text comes after all numbers.
 *
 * @returns below 0 if *a* comes first, above 0 if *b* does, 0 for the same text alone
 */
export function compareTickets(a: string, b: string): number {
  const [numberA, numberB] = [numberOf(a), numberOf(b)];
  if ((numberA === undefined) !== (numberB === undefined)) return numberA === undefined ? 1 : -1;
  if (numberA === undefined || numberB === undefined) return compareTexts(a, b);
  return (
    numberA.length - numberB.length || compareTexts(numberA, numberB) || isClose(a) - isClose(b) || compareTexts(a, b)
  );
}

function isClose(ticket: string): number {
  return ticket.endsWith(closeSuffix) ? 1 : 0;
}

/** The digits of a ticket, without leading zeros: a double would lose those beyond 2^53. */
function numberOf(ticket: string): string | undefined {
  return /^0*(\d+?)(?:-close)?$/.exec(ticket)?.[1];
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders deals as an account's history does: by time, ties by ticket. */
function compareDeals(a: Deal, b: Deal): number {
  return a.time - b.time || compareTickets(a.ticket, b.ticket);
}

/** A copy in order of history. */
export function sortDeals(deals: readonly Deal[]): Deal[] {
  return deals.slice().sort(compareDeals);
}

/** Orders round trips as they closed, ties by id: by its ticket, then by the piece of it, `"12#1"` before `"12#2"`. */
export function compareTrips(a: ClosedTrip, b: ClosedTrip): number {
  return a.closeTime - b.closeTime || compareTripIds(a.id, b.id);
}

/** What the order of round trips looks at. */
type ClosedTrip = Pick<RoundTrip, "closeTime" | "id">;

function compareTripIds(a: string, b: string): number {
  const [ticketA = "", pieceA = "0"] = a.split("#");
  const [ticketB = "", pieceB = "0"] = b.split("#");
  return compareTickets(ticketA, ticketB) || Number(pieceA) - Number(pieceB);
}
