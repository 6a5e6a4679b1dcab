import type {BarSeries} from "../../services/domain/bar.js";
import type {Dataset, Gap} from "../../services/domain/dataset.js";
import {lowerBound} from "../../services/domain/lower-bound.js";
import {SourceError} from "../../services/domain/source-error.js";
import {DAY_MS, type EpochMs, formatIso} from "../../services/domain/time.js";
import {isIntraday, type Timeframe} from "../../services/domain/timeframe.js";
import type {BarSource, SourcedBars} from "../../services/sources/bar-source.js";
import type {BarsSettings} from "../../services/sources/settings/settings.js";
import {type AskContext, askBars, type Range} from "./ask-bars.js";

/** How many holes of a series a run asks for again: each is a request. */
const gapsPerRun = 4;

/** Bars held beside a gap that are asked for with it, so that prices that were all multiplied since are found out. */
const neighbours = 5;

/** A series of bars as it is held. */
export interface HeldBars {
  readonly bars: BarSeries;
  readonly dataset: Dataset;
}

/** From when history is wanted, from when all is asked for anyhow, and the present. */
interface AskedSpan {
  readonly from: EpochMs;
  readonly until: EpochMs;
  readonly now: EpochMs;
}

/**
 * Ranges around holes that the catalogue records, to be asked for once more: a venue may have filled them since. At most
 * four a run, the newest first; where there are more, each day the next ones take their turn.
 */
export function gapsToAsk({bars, dataset}: HeldBars, {from, until, now}: AskedSpan): Range[] {
  const gaps = dataset.gaps.filter(({start, end}) => start >= from && end <= until).reverse();
  const first = gaps.length > gapsPerRun ? (Math.floor(now / DAY_MS) * gapsPerRun) % gaps.length : 0;
  const turn = [...gaps.slice(first), ...gaps.slice(0, first)].slice(0, gapsPerRun);
  return turn.map((gap) => rangeAround(bars, gap, dataset.timeframe!));
}

// A bar of a day or longer may open before the first session in it: at midnight, or at the weekend before.
function rangeAround({time}: BarSeries, {start, end}: Gap, timeframe: Timeframe): Range {
  const row = lowerBound(time, isIntraday(timeframe) ? start : start - 3 * DAY_MS);
  return [Math.min(start, time[Math.max(0, row - neighbours)]!), end];
}

/** What a source answers about holes, and what it could not answer, in plain words. */
export interface GapAnswers {
  readonly answers: readonly SourcedBars[];
  readonly failures: readonly string[];
}

/** Asks for holes again. A source that cannot answer about one, since it lies too far back, say, has not failed. */
export async function askGaps(
  wanted: BarsSettings,
  source: BarSource,
  ranges: readonly Range[],
  context: AskContext
): Promise<GapAnswers> {
  const answers: SourcedBars[] = [];
  const failures: string[] = [];
  for (const range of ranges)
    try {
      answers.push(...(await askBars(wanted, source, [range], context)));
    } catch (error) {
      context.signal.throwIfAborted();
      if (!(error instanceof SourceError)) throw error;
      failures.push(`the gap before ${formatIso(range[1])} could not be asked for again: ${error.message}`);
    }
  return {answers, failures};
}
