import type {Restatement} from "../domain/dataset.js";
import type {Deal} from "../domain/deal.js";
import {sortDeals} from "../domain/deal-order.js";
import type {JoinContext} from "./join-bars.js";
import {createRestatements} from "./restatements.js";
import {SnapshotError} from "./snapshot-error.js";

/** An account's deals after a pull. */
export interface JoinedDeals {
  readonly deals: readonly Deal[];
  readonly added: number;
  readonly restatements: readonly Restatement[];
}

const moneyFields = ["profit", "commission", "swap", "fee"] as const;

/**
 * Joins pulled deals to those held, by ticket. What was shown first stays, and what the broker says otherwise later is
 * recorded; only the instrument follows the newest pull, since it is our name for the broker's symbol. Deals that come
 * late, before ones that are held, and deals that the broker no longer has are recorded.
 *
 * @param pulled deals from the source, of any range
 * @throws {SnapshotError} SNAPSHOT_RESTATED if a deal changes its kind, which no correction does
 */
export function joinDeals(
  held: readonly Deal[],
  pulled: readonly Deal[],
  {restatements, seenAt}: JoinContext
): JoinedDeals {
  const record = createRestatements(restatements, seenAt);
  const known = new Map(held.map((deal) => [deal.ticket, deal]));
  const came = new Map(pulled.map((deal) => [deal.ticket, deal]));
  if (came.size < pulled.length)
    throw new SnapshotError("SNAPSHOT_REFUSED", `two deals of one ticket: ${firstTwice(pulled)}`);
  const fresh = pulled.filter(({ticket}) => !known.has(ticket));
  const deals = sortDeals([...held.map((deal) => update(deal, came.get(deal.ticket))), ...fresh]);
  const [first, last] = [held[0]?.time ?? Infinity, held.at(-1)?.time ?? -Infinity];
  const [from, to] = [pulled[0]?.time ?? Infinity, pulled.at(-1)?.time ?? -Infinity];
  deals.forEach((deal, index) => {
    const [was, is] = [known.get(deal.ticket), came.get(deal.ticket)];
    if (was && is) recordChanges(was, is, record.value);
    else if (is && deal.time > first && deal.time < last) record.late(deal.time, index);
    else if (was && deal.time > from && deal.time < to) record.withdrawn(deal.time, index);
  });
  return {deals, added: fresh.length, restatements: record.all()};
}

function update(held: Deal, came: Deal | undefined): Deal {
  if (came === undefined || held.type === "balance") return held;
  return came.type === "balance" ? held : {...held, instrument: came.instrument};
}

function recordChanges(
  was: Deal,
  is: Deal,
  record: (time: number, field: string, held: number, now: number) => void
): void {
  for (const field of ["type", "entry", "position"] as const)
    if (textOf(was, field) !== textOf(is, field))
      throw new SnapshotError(
        "SNAPSHOT_RESTATED",
        `deal ${was.ticket} was ${field} ${textOf(was, field)} and is now ${textOf(is, field)}; nothing was changed. To take the history anew: npm run snapshot -- --anew`
      );
  const say = (field: string, held: number, now: number) => record(was.time, `${field} of ${was.ticket}`, held, now);
  say("time", was.time, is.time);
  for (const field of moneyFields) say(field, was[field].minor, is[field].minor);
  if (was.type === "balance" || is.type === "balance") return;
  say("volumeLots", was.volumeLots, is.volumeLots);
  say("price", was.price, is.price);
}

function textOf(deal: Deal, field: "type" | "entry" | "position"): string {
  if (field === "type") return deal.type;
  return deal.type === "balance" ? "" : deal[field];
}

function firstTwice(deals: readonly Deal[]): string | undefined {
  return deals.find(({ticket}, i) => deals.findIndex((deal) => deal.ticket === ticket) < i)?.ticket;
}
