import type {Side} from "../../domain/deal.js";
import type {Instrument, InstrumentId} from "../../domain/instrument.js";
import {type Money, toMoney} from "../../domain/money.js";
import {DAY_MS, type EpochMs} from "../../domain/time.js";
import {dayIn, fromWall} from "../../domain/zone.js";
import {type CurrencyQuote, currencyRates} from "../risk/currency-rates.js";
import {baseCurrency} from "../risk/position-value.js";
import type {BalancePoint} from "./balance-curve.js";
import type {RoundTrips} from "./round-trips.js";

/** Closes of one instrument, oldest first, each at the moment it could first be known. */
export interface KnownCloses {
  readonly time: ArrayLike<EpochMs>;
  readonly close: ArrayLike<number>;
}

/** How an account's days are valued: in what currency, on whose clock, at which closes, and until when. */
export interface EquityByDayOptions {
  /** The account's currency, and the zone in which its day is counted. */
  readonly currency: string;
  readonly zone: string; // IANA
  readonly instruments: readonly Instrument[];
  readonly closes: ReadonlyMap<InstrumentId, KnownCloses>;
  /** The moment up to which the history speaks: no day that ends later is valued. */
  readonly until: EpochMs;
}

/** Equity at the end of each day, and the days on which it is not known. */
export interface EquityByDay {
  /** As `balanceByDay`, with what is open at its last known close. */
  readonly points: readonly BalancePoint[];
  /** Days left out since something open had no price or no rate then, and the latest reason. */
  readonly unknownDays: number;
  readonly reason?: string;
}

interface Holding {
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly volumeLots: number;
  readonly openPrice: number;
  readonly from: EpochMs;
  readonly until: EpochMs;
}

/** A close older than this prices nothing: a weekend with a holiday. */
const maxAgeMs = 4 * DAY_MS;

/**
 * Equity by day: the balance at the end of each day of the account plus what was open then, at the latest close that
 * was known, converted by the closes known at the same moment. Swap of what is still open is in it once it is booked.
 *
 * @param points as `balanceCurve` gives them; @param history the round trips of the same deals
 * @returns days on which there was a deal or anything was open; a day that cannot be valued is left out and counted,
 * and what was paid in on it counts in the next
 * @throws {RangeError} if the zone is unknown or a close is not positive
 */
export function equityByDay(
  points: readonly BalancePoint[],
  history: Pick<RoundTrips, "trips" | "open">,
  options: EquityByDayOptions
): EquityByDay {
  const {zone, until} = options;
  const holdings = holdingsOf(history);
  const found: BalancePoint[] = [];
  const first = points[0];
  if (first === undefined) return {points: [], unknownDays: 0};
  let [row, flow, unknownDays] = [0, 0, 0];
  let balance = 0;
  let reason: string | undefined;
  const dayEnd = (day: number) => fromWall(zone, (day + 1) * DAY_MS);
  for (let day = dayIn(zone, first.time); dayEnd(day) <= until; ++day) {
    const end = dayEnd(day);
    const start = row;
    for (; row < points.length && points[row]!.time < end; ++row) {
      balance = points[row]!.balance.minor;
      if (points[row]!.isOperation) flow += points[row]!.change.minor;
    }
    const open = holdings.filter((holding) => holding.from < end && end <= holding.until);
    if (row === start && open.length === 0) continue;
    const floating = floatingAt(end, open, options);
    if (typeof floating === "string") {
      unknownDays += 1;
      reason = floating;
      continue;
    }
    found.push(...dayPoints(end, balance + floating.minor, flow, found.at(-1)?.balance, options.currency));
    flow = 0;
  }
  return {points: found, unknownDays, ...(reason === undefined ? {} : {reason})};
}

function dayPoints(end: EpochMs, equity: number, flow: number, before: Money | undefined, currency: string) {
  const money = (minor: number) => ({minor, currency});
  const time = end - 1; // the last moment of its own day
  const started = (before?.minor ?? 0) + flow;
  const paid = {time, ticket: "", isOperation: true, change: money(flow), balance: money(started)};
  const made = {time, ticket: "", isOperation: false, change: money(equity - started), balance: money(equity)};
  return flow === 0 ? [made] : [paid, made];
}

function holdingsOf({trips, open}: Pick<RoundTrips, "trips" | "open">): Holding[] {
  const held = trips.map(({openTime, closeTime, ...trip}) => ({...trip, from: openTime, until: closeTime}));
  const left = open.map(({deal: {instrument, price, time}, side, volumeLots}) => ({
    instrument,
    side,
    volumeLots,
    openPrice: price,
    from: time,
    until: Infinity
  }));
  return [...held, ...left];
}

/** What is open would make if it were closed, or why that cannot be said. */
function floatingAt(time: EpochMs, open: readonly Holding[], options: EquityByDayOptions): Money | string {
  const {currency, instruments, closes} = options;
  if (open.length === 0) return {minor: 0, currency};
  const rates = currencyRates(quotesAt(time, instruments, closes), currency);
  let sum = 0;
  for (const {instrument: id, side, volumeLots, openPrice} of open) {
    const instrument = instruments.find((each) => each.id === id);
    const price = closeAt(closes.get(id), time);
    if (instrument === undefined) return `${id} is not in the settings, so its contract size is not known`;
    if (price === undefined) return `no close of ${id} is known for the days before`;
    const rate = rates[instrument.currency];
    if (rate === undefined) return `no rate from ${instrument.currency} to ${currency}, for ${id}`;
    sum += (side === "buy" ? 1 : -1) * (price - openPrice) * volumeLots * instrument.contractSize * rate;
  }
  return Number.isFinite(sum) ? toMoney(sum, currency) : "the prices of its deals are not in this site";
}

function quotesAt(time: EpochMs, instruments: readonly Instrument[], closes: EquityByDayOptions["closes"]) {
  return instruments.flatMap((instrument): CurrencyQuote[] => {
    const base = instrument.assetClass === "fx" ? baseCurrency(instrument) : undefined;
    const price = base === undefined ? undefined : closeAt(closes.get(instrument.id), time);
    return base === undefined || price === undefined ? [] : [{base, quote: instrument.currency, price}];
  });
}

function closeAt(known: KnownCloses | undefined, time: EpochMs): number | undefined {
  if (known === undefined) return undefined;
  let [low, high] = [0, known.time.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (known.time[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low > 0 && time - known.time[low - 1]! <= maxAgeMs ? known.close[low - 1] : undefined;
}
