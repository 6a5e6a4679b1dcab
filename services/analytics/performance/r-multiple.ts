import type {Deal, TradeDeal} from "../../domain/deal.js";
import type {InstrumentId} from "../../domain/instrument.js";
import type {RoundTrip} from "../../domain/round-trip.js";

/** Below this the stated profit, rounded to the minor unit, measures the money in a price step too coarsely (> 0.5 %). */
const measurableMinor = 100;

/**
 * Round trips with R, net over initial risk, where the opening deal states a stop; the others stay without.
 *
 * @param trips in order of closing
 */
export function withR(trips: readonly RoundTrip[], deals: readonly Deal[]): RoundTrip[] {
  const risks = initialRisks(trips, deals);
  return trips.map((trip) => {
    const risk = risks.get(trip.id);
    return risk === undefined ? trip : {...trip, r: trip.net.minor / risk};
  });
}

/**
 * Initial risk of round trips: what the way from the entry to the first stop would have cost.
 *
 * In money that is the way to the stop times the money in a price step per lot, measured on the trip's own stated
 * profit; where that profit is too small to measure by, on the last trip of the instrument that closed before and was
 * large enough. So it never waits for what came later than the trip's own close.
 *
 * @param trips in order of closing
 * @returns minor units by the trip's id, above 0, not rounded; a trip whose opening states no stop has none
 */
export function initialRisks(trips: readonly RoundTrip[], deals: readonly Deal[]): Map<string, number> {
  const opening = new Map(deals.map((deal) => [deal.ticket, deal]));
  const lastRate = new Map<InstrumentId, number>();
  const risks = new Map<string, number>();
  for (const trip of trips) {
    const own = moneyPerStep(trip);
    if (own !== undefined && Math.abs(trip.profit.minor) >= measurableMinor) lastRate.set(trip.instrument, own);
    const rate = Math.abs(trip.profit.minor) >= measurableMinor ? own : (lastRate.get(trip.instrument) ?? own);
    const risk = riskOf(trip, opening.get(trip.tickets[0]!) as TradeDeal, rate);
    if (risk !== undefined) risks.set(trip.id, risk);
  }
  return risks;
}

/** Minor units per price step of 1 and lot, or `undefined` where profit and prices do not say. */
function moneyPerStep({side, openPrice, closePrice, volumeLots, profit}: RoundTrip): number | undefined {
  const steps = (side === "buy" ? 1 : -1) * (closePrice - openPrice) * volumeLots;
  const rate = profit.minor / steps;
  return rate > 0 && Number.isFinite(rate) ? rate : undefined;
}

function riskOf(trip: RoundTrip, {price, stopPrice}: TradeDeal, rate: number | undefined): number | undefined {
  if (stopPrice === undefined || rate === undefined) return undefined;
  const way = (trip.side === "buy" ? 1 : -1) * (price - stopPrice);
  return way > 0 ? way * trip.volumeLots * rate : undefined;
}
