import type {Deal} from "../../domain/deal.js";
import {SourceError} from "../../domain/source-error.js";
import {formatIso} from "../../domain/time.js";
import {withPositions} from "./assign-positions.js";
import type {Report} from "./report.js";

/**
 * Deals of several reports of one account, oldest first, ties as the reports have them. Positions are told over all of
 * them: a close in one report may belong to an opening in another.
 *
 * @throws {SourceError} SOURCE_BAD_DATA if two reports state one deal differently
 */
export function mergeReports(reports: readonly Report[]): Deal[] {
  const known = new Map<string, Deal>();
  for (const deal of reports.flatMap(({deals}) => deals)) {
    const other = known.get(deal.ticket);
    if (other !== undefined && !isSameDeal(other, deal))
      throw new SourceError(
        "SOURCE_BAD_DATA",
        `two reports state deal ${deal.ticket} differently, at ${formatIso(other.time)} and ${formatIso(deal.time)}; keep one account's reports in a folder`
      );
    if (other === undefined) known.set(deal.ticket, deal);
  }
  const deals = [...known.values()].sort((a, b) => a.time - b.time);
  return withPositions(deals, new Map(reports.flatMap(({links}) => [...links])));
}

/** Positions and stops aside: a report that begins later may not see the opening. */
function isSameDeal(a: Deal, b: Deal): boolean {
  const facts = (deal: Deal) =>
    deal.type === "balance"
      ? [deal.time, deal.type, ...amounts(deal)]
      : [deal.time, deal.type, deal.entry, deal.instrument, deal.volumeLots, deal.price, ...amounts(deal)];
  const [left, right] = [facts(a), facts(b)];
  return left.length === right.length && left.every((fact, i) => fact === right[i]);
}

function amounts({profit, commission, swap, fee}: Deal): number[] {
  return [profit, commission, swap, fee].map(({minor}) => minor);
}
