import {SourceError} from "../../domain/source-error.js";
import {DAY_MS, type EpochMs, formatIso, SECOND_MS} from "../../domain/time.js";
import type {SourcedDeals} from "../account-source.js";
import {type BridgeClient, BridgeRefusal, type BridgeReply} from "./client.js";
import type {ServerClock} from "./clock.js";
import {toUtcInOrder} from "./order-times.js";
import {type AccountContext, type BridgeDeal, parseDeals} from "./parse-account.js";
import type {ProbeSymbol} from "./probe-clock.js";
import {withStops} from "./with-stops.js";

interface Range {
  readonly start: EpochMs;
  readonly end: EpochMs;
}

/** Deals of a range, and the symbols dealt in, by which the server's clock can be checked. */
export interface FetchedDeals extends SourcedDeals {
  readonly symbols: readonly ProbeSymbol[];
}

/**
 * The deals of a range with the stops of their opening orders. A bridge that demands `position` is asked again with 0,
 * which stands for all. Answers may be cut short at either end without saying so: what lies before the first and after
 * the last is asked for again until nothing new comes.
 *
 * @throws {SourceError} SOURCE_BAD_DATA if one deal is stated twice and differently
 */
export async function fetchDeals(
  client: BridgeClient,
  context: AccountContext,
  {start, end}: Range,
  signal: AbortSignal | undefined
): Promise<FetchedDeals> {
  const known = new Map<string, BridgeDeal>();
  const ask = async (from: number, to: number): Promise<BridgeDeal[]> => {
    const query = {from_date: formatIso(from), to_date: formatIso(to)};
    const {body, where} = await getDeals(client, query, signal);
    return parseDeals(body, where, context).filter((each) => remember(known, each, where));
  };
  // A day more on either side, as for bars; to the whole second, as bridges read it.
  const from = Math.max(0, Math.floor(context.clock.fromUtc(start) / SECOND_MS) * SECOND_MS - DAY_MS);
  const to = Math.ceil(context.clock.fromUtc(end) / SECOND_MS) * SECOND_MS + DAY_MS;
  await askAll(ask, from, to);
  const found = timed([...known.values()], context.clock).filter(({deal}) => deal.time >= start && deal.time < end);
  found.sort((a, b) => a.deal.time - b.deal.time || Number(a.deal.ticket) - Number(b.deal.ticket));
  return {...(await withStops(client, found, signal)), symbols: symbolsOf(found)};
}

function symbolsOf(found: readonly BridgeDeal[]): ProbeSymbol[] {
  const known = found.flatMap(({deal, symbol}) =>
    deal.type === "balance" ? [] : [[symbol, {symbol, instrument: deal.instrument}] as const]
  );
  return [...new Map(known).values()];
}

/** Answers overlap and begin anywhere: only tickets, which rise as deals are made, tell an hour that the clock shows twice. */
function timed(deals: readonly BridgeDeal[], clock: ServerClock): BridgeDeal[] {
  const ordered = [...deals].sort((a, b) => Number(a.deal.ticket) - Number(b.deal.ticket));
  const times = toUtcInOrder(
    ordered.map(({wall}) => wall),
    clock
  );
  return ordered.map((each, i) => ({...each, deal: {...each.deal, time: times[i]!}}));
}

/** Asks for a range, then for what lies before and after what came, as long as something new does. */
async function askAll(
  ask: (from: number, to: number) => Promise<BridgeDeal[]>,
  from: number,
  to: number
): Promise<void> {
  const found = await ask(from, to);
  if (found.length === 0) return;
  const walls = found.map(({wall}) => Math.floor(wall / SECOND_MS) * SECOND_MS);
  const [first, last] = [Math.min(...walls), Math.max(...walls)];
  await askAll(ask, from, first);
  await askAll(ask, last, to);
}

/** Whether a deal is new; one that is known must be the same. */
function remember(known: Map<string, BridgeDeal>, each: BridgeDeal, where: string): boolean {
  const {ticket} = each.deal;
  const other = known.get(ticket);
  if (other !== undefined && JSON.stringify(other) !== JSON.stringify(each))
    throw new SourceError("SOURCE_BAD_DATA", `${where}: deal ${ticket} is stated twice and differently`);
  known.set(ticket, each);
  return other === undefined;
}

async function getDeals(
  client: BridgeClient,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined
): Promise<BridgeReply> {
  try {
    return await client.get("/history_deals_get", query, signal);
  } catch (error) {
    if (!(error instanceof BridgeRefusal && error.status === 400)) throw error;
    return client.get("/history_deals_get", {...query, position: "0"}, signal);
  }
}
