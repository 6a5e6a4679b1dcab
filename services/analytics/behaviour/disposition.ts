import type {Deal} from "../../domain/deal.js";
import type {Estimate} from "../../domain/estimate.js";
import {type BootstrapOptions, createSumResampling} from "../statistics/bootstrap.js";
import {estimateWith, refuseSmall} from "../statistics/estimates.js";
import {minimumSample} from "../statistics/minimum-sample.js";
import {type PermutationOptions, permutationTest} from "../statistics/permutation-test.js";
import {
  countEvents,
  type DispositionCountOptions,
  type DispositionCounts,
  type DispositionEvent,
  dispositionEvents
} from "./disposition-counts.js";
import {type Finding, findingOf} from "./finding.js";

/** The disposition effect with the counts it rests on. */
export interface DispositionFinding extends Finding {
  readonly counts: DispositionCounts;
  /** Holdings that could not be judged for want of a price: they are in no count. */
  readonly unpriced: number;
}

/** How to count, to draw and to shuffle. */
export type DispositionOptions = DispositionCountOptions & BootstrapOptions & PermutationOptions;

/**
 * Disposition effect: how much readier an account is to close a gain than a loss.
 *
 * PGR = RG/(RG + PG), PLR = RL/(RL + PL), effect = PGR − PLR: 0.1 means that of the gains it could take it took ten
 * points more than of the losses. Interval by bootstrap over sessions; p by permutation of what was closed among what
 * was held in the same session.
 *
 * @param deals in any order, of one account
 * @param options `priceAt` values what was not closed: see `createPriceLookup`
 *
 * Source: Odean, Are investors reluctant to realize their losses?, *Journal of Finance* 53 (1998), 1775–1798.
 */
export function disposition(deals: readonly Deal[], options: DispositionOptions): DispositionFinding {
  const {events, unpriced} = dispositionEvents(deals, options);
  const counts = countEvents(events);
  const {realisedGains, realisedLosses, paperGains, paperLosses} = counts;
  const bySession = createBySession(events, options);
  const estimate = effectOf(events, counts, {...options, bySession});
  const isRefused = estimate.value === undefined;
  const share = (label: string, part: number, rest: number, of: (counts: DispositionCounts) => number) => ({
    label,
    unit: "fraction" as const,
    estimate: isRefused ? {value: undefined, n: part + rest, reason: estimate.reason!} : bySession(of, part + rest)
  });
  const rows = [
    share("Gains realised (PGR)", realisedGains, paperGains, pgr),
    share("Losses realised (PLR)", realisedLosses, paperLosses, plr)
  ];
  return {...findingOf({name: "disposition", unit: "fraction", estimate, rows}), counts, unpriced};
}

function pgr({realisedGains, paperGains}: DispositionCounts): number {
  return realisedGains / (realisedGains + paperGains);
}

function plr({realisedLosses, paperLosses}: DispositionCounts): number {
  return realisedLosses / (realisedLosses + paperLosses);
}

function effectOf(
  events: readonly DispositionEvent[],
  {realisedGains, realisedLosses, paperGains, paperLosses}: DispositionCounts,
  {bySession, ...options}: PermutationOptions & {readonly bySession: ReturnType<typeof createBySession>}
): Estimate {
  const n = events.length;
  const {side, sessions: fewest} = minimumSample;
  const [gains, losses, paper] = [realisedGains + paperGains, realisedLosses + paperLosses, paperGains + paperLosses];
  if (gains < side) return {...refuseSmall(gains, side, "gains, realised or on paper"), n};
  if (losses < side) return {...refuseSmall(losses, side, "losses, realised or on paper"), n};
  if (paper < side) return {...refuseSmall(paper, side, "positions held beside a close"), n};
  const sessions = new Set(events.map(({session}) => session)).size;
  if (sessions < fewest) return {...refuseSmall(sessions, fewest, "sessions with a close"), n};
  const p = permutationTest(
    events.map(({isGain}) => (isGain ? 1 : 0)),
    events.map(({isRealised}) => (isRealised ? 1 : 0)),
    events.map(({session}) => session),
    options
  )[1];
  const estimate = bySession((counts) => pgr(counts) - plr(counts), n);
  return p === undefined || Number.isNaN(p) ? estimate : {...estimate, p};
}

type Count = (counts: DispositionCounts) => number;

/** Statistics of the counts of all events, with their intervals by one bootstrap over sessions. */
function createBySession(events: readonly DispositionEvent[], options: BootstrapOptions) {
  const groups = new Map<number, DispositionEvent[]>();
  for (const event of events) {
    const group = groups.get(event.session);
    if (group) group.push(event);
    else groups.set(event.session, [event]);
  }
  const units = Array.from(groups.values(), (group) => valuesOf(countEvents(group)));
  const intervalOf = createSumResampling(units, options);
  const counts = countEvents(events);
  return (statistic: Count, n: number): Estimate =>
    estimateWith(
      statistic(counts),
      n,
      intervalOf((sums) => statistic(countsOf(sums))),
      "bootstrap by session"
    );
}

function valuesOf({realisedGains, realisedLosses, paperGains, paperLosses}: DispositionCounts): number[] {
  return [realisedGains, realisedLosses, paperGains, paperLosses];
}

function countsOf(sums: Float64Array): DispositionCounts {
  return {realisedGains: sums[0]!, realisedLosses: sums[1]!, paperGains: sums[2]!, paperLosses: sums[3]!};
}
