import {SourceError} from "../../services/domain/source-error.js";
import {isIntraday} from "../../services/domain/timeframe.js";
import {barsId, dealsId, positionsId, ticksId} from "../../services/snapshots/dataset-id.js";
import type {AccountPull, BarsSettings, Settings, TicksSettings} from "../../services/sources/settings/settings.js";
import type {OpenedSource, PullContext, Pulled} from "./pull.js";
import {pullBars} from "./pull-bars.js";
import {pullDeals} from "./pull-deals.js";
import {pullPositions} from "./pull-positions.js";
import {pullTicks} from "./pull-ticks.js";

/** One data set to be pulled, and from where. */
export interface PlannedPull {
  readonly id: string;
  /** The instrument or account it is of. */
  readonly subject: string;
  readonly source: string;
  run(source: OpenedSource, context: PullContext): Promise<Pulled>;
}

/**
 * All data sets that settings ask for: accounts' deals and positions, and instruments' days, since every page needs those
 * and they are small; then bars within the day, and ticks last.
 */
export function planPulls({bars, ticks, accounts}: Settings): PlannedPull[] {
  const planned = bars.map((wanted) => ({isLarge: isIntraday(wanted.timeframe), pull: planBars(wanted)}));
  return [
    ...accounts.flatMap(planAccount),
    ...planned.filter(({isLarge}) => !isLarge).map(({pull}) => pull),
    ...planned.filter(({isLarge}) => isLarge).map(({pull}) => pull),
    ...ticks.map(planTicks)
  ];
}

function planAccount(wanted: AccountPull): PlannedPull[] {
  const of = {subject: wanted.id, source: wanted.source};
  return [
    {
      id: dealsId(wanted.id),
      ...of,
      run: (source, context) => pullDeals(wanted, having(source, "account", wanted.source), context)
    },
    {
      id: positionsId(wanted.id),
      ...of,
      run: (source, context) => pullPositions(wanted, having(source, "account", wanted.source), context)
    }
  ];
}

function planBars(wanted: BarsSettings): PlannedPull {
  return {
    id: barsId(wanted.instrument, wanted.timeframe),
    subject: wanted.instrument,
    source: wanted.source,
    run: (source, context) => pullBars(wanted, having(source, "bars", wanted.source), context)
  };
}

function planTicks(wanted: TicksSettings): PlannedPull {
  return {
    id: ticksId(wanted.instrument),
    subject: wanted.instrument,
    source: wanted.source,
    run: (source, context) => pullTicks(wanted, having(source, "ticks", wanted.source), context)
  };
}

const nouns = {bars: "bars", ticks: "ticks of the past", account: "accounts"} as const;

function having<K extends keyof typeof nouns>(
  source: OpenedSource,
  what: K,
  name: string
): NonNullable<OpenedSource[K]> {
  const found = source[what];
  if (found !== undefined) return found;
  throw new SourceError("SOURCE_REFUSED", `${name} is a source of kind ${source.kind}, which has no ${nouns[what]}`);
}

/** Whether a data set is meant by what a person typed: its id, the beginning of it, an instrument or an account. */
export function isMeant({id, subject}: Pick<PlannedPull, "id" | "subject">, patterns: readonly string[]): boolean {
  return patterns.some((text) => text === subject || text === id || id.startsWith(`${text.replace(/\/$/, "")}/`));
}
