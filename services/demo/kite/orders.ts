import {type EpochMs, MINUTE_MS} from "../../domain/time.js";
import {type RandomStream, randomStream} from "../tape/random.js";
import {minutesOf} from "../tape/session-index.js";
import type {Tape} from "../tape/tape.js";
import type {Listing} from "./listing.js";

/** An intraday market order of the simulated holder, and how it was filled. */
export interface KiteOrder {
  readonly id: string;
  readonly listing: Listing;
  readonly side: "BUY" | "SELL";
  readonly quantity: number;
  readonly time: EpochMs;
  readonly price: number;
}

const ordersADay = 6;

/** The orders of the session that holds a moment, or of the last one before it, filled up to then; oldest first. */
export function ordersToday(listings: readonly Listing[], {seed}: Tape, now: EpochMs): KiteOrder[] {
  const shares = listings.filter(({isIndex}) => !isIndex);
  const {sessions} = shares[0]!.tape.levels;
  const number = lastOpened(sessions, now);
  const session = sessions.at(number);
  const random = randomStream(seed, "kite orders", session.date);
  const count = random.integer(3, ordersADay);
  const minutes = Array.from({length: count}, () => random.integer(1, minutesOf(session) - 1)).sort((a, b) => a - b);
  return minutes
    .map((minute, i) =>
      fill(
        shares,
        session.open + minute * MINUTE_MS,
        `${session.date.replaceAll("-", "")}${String(i).padStart(7, "0")}`,
        random
      )
    )
    .filter(({time}) => time <= now);
}

function lastOpened(sessions: Listing["tape"]["levels"]["sessions"], now: EpochMs): number {
  const number = sessions.numberAt(now);
  return sessions.at(number).open <= now ? number : Math.max(0, number - 1);
}

function fill(shares: readonly Listing[], time: EpochMs, id: string, random: RandomStream): KiteOrder {
  const listing = shares[random.integer(0, shares.length - 1)]!;
  const side = random.uniform() < 0.5 ? "BUY" : "SELL";
  const quantity = 5 * random.integer(1, 12);
  const tick = listing.tape.tickAt(time)!;
  return {id, listing, side, quantity, time, price: side === "BUY" ? tick.ask : tick.bid};
}
