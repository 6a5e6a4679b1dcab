import pLimit from "p-limit";
import type {Deal} from "../../domain/deal.js";
import type {SourcedDeals} from "../account-source.js";
import {type BridgeClient, BridgeRefusal} from "./client.js";
import {type BridgeDeal, parseOrderStop} from "./parse-account.js";

/** Orders asked at once. */
const AT_ONCE = 8;
/** Orders refused, and none known, after which a bridge is taken not to have the route at all. */
const REFUSED_WITHOUT_ROUTE = 24;

/**
 * Deals with the stops of their opening orders. An order that the bridge does not know leaves its deal without one; a
 * bridge that knows none of the first is not asked for the rest.
 *
 * @returns with a warning that counts the orders that could not be asked
 * @throws {SourceError} SOURCE_UNAVAILABLE, SOURCE_UNAUTHORIZED or SOURCE_BAD_DATA as the client and the parser
 */
export async function withStops(
  client: BridgeClient,
  deals: readonly BridgeDeal[],
  signal: AbortSignal | undefined
): Promise<SourcedDeals> {
  let [known, refused, unasked] = [0, 0, 0];
  const stopOf = async (order: string): Promise<number | undefined> => {
    if (known === 0 && refused >= REFUSED_WITHOUT_ROUTE) {
      ++unasked;
      return undefined;
    }
    try {
      const {body, where} = await client.get("/history_orders_get", {ticket: order}, signal);
      ++known;
      return parseOrderStop(body, where, order);
    } catch (error) {
      if (!(error instanceof BridgeRefusal)) throw error;
      ++refused;
      return undefined;
    }
  };
  const found = await pLimit(AT_ONCE).map([...deals], async ({deal, order}): Promise<Deal> => {
    if (deal.type === "balance" || deal.entry !== "in" || order === "0") return deal;
    const stop = await stopOf(order);
    return stop === undefined ? deal : {...deal, stopPrice: stop};
  });
  const missing = refused + unasked;
  const words = `the bridge refuses ${missing} of ${known + missing} orders: whether their deals had a stop is not known`;
  return {deals: found, warnings: missing === 0 ? [] : [words]};
}
