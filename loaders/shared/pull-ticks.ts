import type {TradingCalendar} from "../../services/domain/calendar.js";
import {instrumentSettings} from "../../services/domain/settings.js";
import {createTickSeries, type TickSeries} from "../../services/domain/tick-series.js";
import {type EpochMs, formatIso, HOUR_MS, SECOND_MS} from "../../services/domain/time.js";
import {ticksId} from "../../services/snapshots/dataset-id.js";
import {type DistinctTicks, dropDuplicateTicks} from "../../services/snapshots/drop-duplicate-ticks.js";
import {encodeTicks} from "../../services/snapshots/encode-ticks.js";
import type {JoinContext} from "../../services/snapshots/join-bars.js";
import {type JoinedTicks, joinTicks} from "../../services/snapshots/join-ticks.js";
import {readTicks} from "../../services/snapshots/read-ticks.js";
import {SnapshotError} from "../../services/snapshots/snapshot-error.js";
import {assessTicks} from "../../services/snapshots/tick-quality.js";
import type {TicksSettings} from "../../services/sources/settings/settings.js";
import type {TickSource} from "../../services/sources/tick-source.js";
import {type Range, type Told, toldOf} from "./ask-bars.js";
import {asNotice, commit, keptNotices, originOf, takenAnew} from "./commit.js";
import {countDuplicates} from "./count-duplicates.js";
import {lateStart} from "./describe-bars.js";
import {historyStart} from "./history-start.js";
import {heldHistory, type PullContext, type Pulled} from "./pull.js";

/** A tick may still be on its way for so long. */
const settleMs = 5 * SECOND_MS;
/** How much of what is held is asked for again, so that what came late is seen. */
const overlapMs = HOUR_MS;

/**
 * Brings an instrument's ticks up to date: asks for what is missing and the last hour of what is held, drops what the
 * source gives twice, joins, judges the whole, and writes it if anything is new. Where the source no longer reaches back
 * to what is held, the hole is a gap, and the catalogue keeps what the source said.
 *
 * All of them are held in memory while they are: some 200 bytes a tick.
 *
 * @throws {SourceError} if the source fails; {SnapshotError} if what came cannot be joined or makes no sense. What stood
 * still stands then.
 */
export async function pullTicks(wanted: TicksSettings, source: TickSource, context: PullContext): Promise<Pulled> {
  const {settings, anew} = context;
  const started = context.now();
  const id = ticksId(wanted.instrument);
  const {currency, calendar: calendarName} = instrumentSettings(settings.site, wanted.instrument);
  const calendar: TradingCalendar = settings.site.calendars[calendarName]!;
  const stored = await heldHistory(context, id);
  const held = stored && !anew(id) ? {ticks: await readTicks(stored.bytes), dataset: stored.dataset} : undefined;
  const from = historyStart(wanted.historyDays, started);
  const isPart = held !== undefined && wanted.historyDays !== "all";
  const whole: Range = [from, started - settleMs];
  const ranges = isPart ? missingRanges(held.ticks, held.dataset.askedFrom!, whole) : [whole];
  const answers = await askTicks(wanted, source, ranges, context.signal);
  const told = toldOf(answers);
  const {ticks, added, restatements} = joinAnswers(held?.ticks ?? createTickSeries(0), answers, {
    restatements: stored?.dataset.restatements ?? [],
    seenAt: started
  });
  if (ticks.length === 0) throw noTicks(wanted, from);
  const {warnings, ...quality} = assessTicks(ticks, calendar);
  const extent = {firstTime: ticks.time[0]!, lastTime: ticks.time.at(-1)!, rows: ticks.length};
  const askedFrom = Math.min(from, held?.dataset.askedFrom ?? from);
  const notices = told.warnings.map(asNotice);
  const noted = isPart ? [...keptNotices(held.dataset), ...(added > 0 ? notices : [])] : notices;
  return commit(context, {
    facts: {
      id,
      kind: "ticks",
      instrument: wanted.instrument,
      ...originOf(context, wanted.source),
      ...extent,
      ...quality,
      duplicatesDropped: countDuplicates(told.duplicateTimes, {
        held: held && {time: held.ticks.time, dataset: held.dataset},
        joined: ticks
      }),
      restatements: [...restatements, ...(held === undefined ? takenAnew(stored?.dataset, extent, started) : [])],
      warnings: [...lateStart(extent.firstTime, askedFrom), ...warnings, ...new Set(noted)],
      askedFrom
    },
    held: stored?.dataset,
    hasSameRows: ticks === held?.ticks,
    added,
    started,
    notices,
    encode: (lineage) => encodeTicks(ticks, {id, lineage, currency}),
    readBack: readTicks
  });
}

function missingRanges({time}: TickSeries, askedFrom: EpochMs, [wantedFrom, end]: Range): Range[] {
  const newest: Range = [Math.max(time[0]!, time.at(-1)! - overlapMs), end];
  return wantedFrom < askedFrom ? [[wantedFrom, time[0]!], newest] : [newest];
}

async function askTicks(
  {instrument, symbol}: TicksSettings,
  source: TickSource,
  ranges: readonly Range[],
  signal: AbortSignal
): Promise<(DistinctTicks & Told)[]> {
  const answers: (DistinctTicks & Told)[] = [];
  for (const [start, end] of ranges) {
    const {ticks, warnings} = await source.ticks({instrument, symbol, start, end, allowShort: true}, signal);
    answers.push({...dropDuplicateTicks(ticks, symbol), warnings});
  }
  return answers;
}

function joinAnswers(held: TickSeries, answers: readonly DistinctTicks[], context: JoinContext): JoinedTicks {
  return answers.reduce<JoinedTicks>(
    (joined, answer) => {
      const next = joinTicks(joined.ticks, answer.ticks, {...context, restatements: joined.restatements});
      return {...next, added: joined.added + next.added};
    },
    {ticks: held, added: 0, restatements: context.restatements}
  );
}

function noTicks({instrument, symbol, source}: TicksSettings, from: EpochMs): SnapshotError {
  const since = from > 0 ? ` since ${formatIso(from).slice(0, 10)}` : "";
  const message = `${source} has no ticks of ${symbol}${since}: check the symbol of ${instrument} in settings`;
  return new SnapshotError("SNAPSHOT_REFUSED", message);
}
