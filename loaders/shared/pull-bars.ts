import {createBarSeries} from "../../services/domain/bar.js";
import {instrumentSettings} from "../../services/domain/settings.js";
import {type EpochMs, formatIso} from "../../services/domain/time.js";
import {barsId} from "../../services/snapshots/dataset-id.js";
import {encodeBars} from "../../services/snapshots/encode-bars.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {SnapshotError} from "../../services/snapshots/snapshot-error.js";
import type {BarSource} from "../../services/sources/bar-source.js";
import type {BarsSettings} from "../../services/sources/settings/settings.js";
import {type AskContext, askBars, joinAnswers, missingRanges, toldOf} from "./ask-bars.js";
import {askGaps, type GapAnswers, gapsToAsk, type HeldBars} from "./ask-gaps.js";
import {asNotice, commit, originOf} from "./commit.js";
import {countDuplicates} from "./count-duplicates.js";
import {describeBars} from "./describe-bars.js";
import {historyStart} from "./history-start.js";
import {heldHistory, type PullContext, type Pulled} from "./pull.js";

/**
 * Brings one series of bars up to date: asks for what is missing, a little of what is held and a few old holes, joins
 * them, judges the whole, and writes it if anything is new.
 *
 * @throws {SourceError} if the source fails; {SnapshotError} if what came cannot be joined or makes no sense. What
 * stood still stands then.
 */
export async function pullBars(wanted: BarsSettings, source: BarSource, context: PullContext): Promise<Pulled> {
  const started = context.now();
  const id = barsId(wanted.instrument, wanted.timeframe);
  const {site} = context.settings;
  const {currency, calendar: calendarName} = instrumentSettings(site, wanted.instrument);
  const calendar = site.calendars[calendarName]!;
  const stored = await heldHistory(context, id);
  const held = stored && !context.anew(id) ? {bars: await readBars(stored.bytes), dataset: stored.dataset} : undefined;
  const from = historyStart(wanted.historyDays, started);
  const moment = {calendar, now: started, signal: context.signal};
  const {answers, failures} = await ask(wanted, source, held, from, moment);
  const {duplicateTimes, warnings: said} = toldOf(answers);
  const joined = joinAnswers(held?.bars ?? createBarSeries(0), answers, {
    restatements: stored?.dataset.restatements ?? [],
    seenAt: started
  });
  if (joined.bars.length === 0) throw noBars(wanted, from);
  const duplicatesDropped = countDuplicates(duplicateTimes, {
    held: held && {time: held.bars.time, dataset: held.dataset},
    joined: joined.bars
  });
  const datasets = {stored: stored?.dataset, held: held?.dataset};
  const facts = describeBars({wanted, calendar, joined, duplicatesDropped, said, ...datasets, from, started});
  return commit(context, {
    facts: {...facts, ...originOf(context, wanted.source)},
    held: stored?.dataset,
    hasSameRows: joined.bars === held?.bars,
    added: joined.added,
    started,
    notices: [...said.map(asNotice), ...failures],
    encode: (lineage) => encodeBars(joined.bars, {id, lineage, currency})
  });
}

/** All from *from* on where nothing is held or files are read whole; else what is missing, and a few old holes once more. */
async function ask(
  wanted: BarsSettings,
  source: BarSource,
  held: HeldBars | undefined,
  from: EpochMs,
  context: AskContext
): Promise<GapAnswers> {
  const {now} = context;
  if (held === undefined || wanted.historyDays === "all")
    return {answers: await askBars(wanted, source, [[from, now]], context), failures: []};
  const ranges = missingRanges(held.bars, held.dataset, from, now);
  const answers = await askBars(wanted, source, ranges, context);
  const gaps = await askGaps(wanted, source, gapsToAsk(held, {from, until: ranges.at(-1)![0], now}), context);
  return {answers: [...answers, ...gaps.answers], failures: gaps.failures};
}

function noBars({instrument, symbol, timeframe, source}: BarsSettings, from: EpochMs): SnapshotError {
  const since = from > 0 ? ` since ${formatIso(from).slice(0, 10)}` : "";
  const message = `${source} has no closed ${timeframe} bars of ${symbol}${since}: check the symbol of ${instrument} in settings`;
  return new SnapshotError("SNAPSHOT_REFUSED", message);
}
