import type {Deal, DealEntry, Side} from "../../domain/deal.js";

/** What of a deal tells which position it belongs to. */
export interface UnassignedDeal {
  readonly symbol: string;
  readonly side: Side;
  readonly entry: DealEntry;
  readonly volumeLots: number;
  /** The order that made it: a position bears the number of the order that opened it. */
  readonly order: string;
  /** The position that it is known to close, where the report says. */
  readonly closes?: string;
}

/** What a report says of the position that a deal belongs to. */
export type PositionLink = Pick<UnassignedDeal, "order" | "closes">;

interface OpenPosition {
  readonly id: string;
  readonly side: Side;
  /** In 1e-8 lots, so that halves of 0.3 add up. */
  remaining: number;
}

const units = (lots: number) => Math.round(lots * 1e8);

/**
 * The position of each deal, for reports that do not state it. A position bears the number of its opening order. A
 * closing deal closes the oldest open position of the other side that is large enough, which is how deals of a
 * netting account behave and an assumption on a hedging one.
 *
 * @param deals in order of time
 * @returns a position for each deal; a close of what was opened before the report bears its own order
 */
function assignPositions(deals: readonly UnassignedDeal[]): string[] {
  const positions: string[] = new Array(deals.length);
  for (const symbol of new Set(deals.map((deal) => deal.symbol))) {
    const indices = deals.flatMap((deal, i) => (deal.symbol === symbol ? [i] : []));
    const own = indices.map((i) => deals[i]!);
    const ids = isNetting(own) ? assignNetting(own) : assignHedging(own);
    indices.forEach((index, i) => {
      positions[index] = ids[i]!;
    });
  }
  return positions;
}

/**
 * Deals with their positions, for those that a report links by order; others keep what they have.
 *
 * @param deals in order of time
 */
export function withPositions(deals: readonly Deal[], links: ReadonlyMap<string, PositionLink>): Deal[] {
  const linked = deals.flatMap((deal) => {
    const link = links.get(deal.ticket);
    if (deal.type === "balance" || link === undefined) return [];
    const {type: side, entry, volumeLots, instrument: symbol, ticket} = deal;
    return [{ticket, unassigned: {symbol, side, entry, volumeLots, ...link}}];
  });
  const positions = assignPositions(linked.map(({unassigned}) => unassigned));
  const byTicket = new Map(linked.map(({ticket}, i) => [ticket, positions[i]!]));
  return deals.map((deal) => {
    const position = byTicket.get(deal.ticket);
    return deal.type === "balance" || position === undefined ? deal : {...deal, position};
  });
}

/** One position at a time: something turns it round, or one close takes in several openings. */
function isNetting(deals: readonly UnassignedDeal[]): boolean {
  if (deals.some(({entry}) => entry === "inout")) return true;
  const open: OpenPosition[] = [];
  for (const deal of deals) {
    if (deal.entry === "in") open.push(opened(deal));
    else if (takeFrom(open, deal) === undefined && open.some(({side}) => side !== deal.side)) return true;
  }
  return false;
}

function assignHedging(deals: readonly UnassignedDeal[]): string[] {
  const open: OpenPosition[] = [];
  return deals.map((deal) => {
    if (deal.entry === "in") return open[open.push(opened(deal)) - 1]!.id;
    return takeFrom(open, deal) ?? deal.order;
  });
}

function opened({order, side, volumeLots}: UnassignedDeal): OpenPosition {
  return {id: order, side, remaining: units(volumeLots)};
}

function takeFrom(open: OpenPosition[], {side, volumeLots, closes}: UnassignedDeal): string | undefined {
  const fits = open.filter((position) => position.side !== side && position.remaining >= units(volumeLots));
  const position = fits.find(({id}) => id === closes) ?? fits[0];
  if (position === undefined) return undefined;
  position.remaining -= units(volumeLots);
  if (position.remaining === 0) open.splice(open.indexOf(position), 1);
  return position.id;
}

function assignNetting(deals: readonly UnassignedDeal[]): string[] {
  let [id, net] = ["", 0];
  return deals.map(({order, side, volumeLots}) => {
    if (net === 0) id = order;
    net += (side === "buy" ? 1 : -1) * units(volumeLots);
    return id;
  });
}
