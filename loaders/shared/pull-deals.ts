import {DAY_MS} from "../../services/domain/time.js";
import {dealsId} from "../../services/snapshots/dataset-id.js";
import {encodeDeals} from "../../services/snapshots/encode-deals.js";
import {joinDeals} from "../../services/snapshots/join-deals.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import type {AccountSource} from "../../services/sources/account-source.js";
import type {AccountPull} from "../../services/sources/settings/settings.js";
import {asNotice, commit, keptNotices, originOf, takenAnew} from "./commit.js";
import {historyStart} from "./history-start.js";
import {heldHistory, type PullContext, type Pulled} from "./pull.js";

/** Brokers correct swaps and commissions for some weeks. */
const overlapMs = 30 * DAY_MS;

/**
 * Brings an account's deals up to date; a saved report may hold none newer.
 *
 * @throws {SourceError} if the source fails; {SnapshotError} if the broker tells another history. What stood still
 * stands then.
 */
export async function pullDeals(wanted: AccountPull, source: AccountSource, context: PullContext): Promise<Pulled> {
  const started = context.now();
  const id = dealsId(wanted.id);
  const stored = await heldHistory(context, id);
  const held =
    stored && !context.anew(id) ? {deals: await readDeals(stored.bytes), dataset: stored.dataset} : undefined;
  const from = historyStart(wanted.historyDays, started);
  const askedFrom = Math.min(from, held?.dataset.askedFrom ?? from);
  const last = held?.deals.at(-1)?.time;
  const isPart = last !== undefined && wanted.historyDays !== "all" && from >= held!.dataset.askedFrom!;
  const start = isPart ? Math.max(from, last - overlapMs) : from;
  const {deals: pulled, warnings} = await source.deals({start, end: started}, context.signal);
  const notices = warnings.map(asNotice);
  const {deals, added, restatements} = joinDeals(held?.deals ?? [], pulled, {
    restatements: stored?.dataset.restatements ?? [],
    seenAt: started
  });
  const extent = {firstTime: deals[0]?.time ?? null, lastTime: deals.at(-1)?.time ?? null, rows: deals.length};
  const taken = held === undefined ? takenAnew(stored?.dataset, extent, started) : [];
  return commit(context, {
    facts: {
      id,
      kind: "deals",
      account: wanted.id,
      ...originOf(context, wanted.source),
      ...extent,
      coverage: [],
      gaps: [],
      offSession: {preOpen: 0, postClose: 0, closedDay: 0},
      duplicatesDropped: 0,
      restatements: [...restatements, ...taken],
      warnings: [
        ...(deals.length === 0 ? ["the account has no deals in this time"] : []),
        ...(notices.length > 0 || held === undefined ? notices : keptNotices(held.dataset))
      ],
      askedFrom
    },
    held: stored?.dataset,
    hasSameRows: held !== undefined && added === 0 && JSON.stringify(deals) === JSON.stringify(held.deals),
    added,
    started,
    notices,
    encode: (lineage) => encodeDeals(deals, {id, lineage, ...currencyOf(context, wanted.id)})
  });
}

/** The currency an account is kept in. */
export function currencyOf({settings}: PullContext, account: string): {readonly currency?: string} {
  const currency = settings.site.accounts.find(({id}) => id === account)?.currency;
  return currency === undefined ? {} : {currency};
}
