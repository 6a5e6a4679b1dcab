import type {TradingCalendar} from "../../services/domain/calendar.js";
import type {Dataset} from "../../services/domain/dataset.js";
import {DAY_MS, type EpochMs, formatIso} from "../../services/domain/time.js";
import {barsId} from "../../services/snapshots/dataset-id.js";
import type {JoinedBars} from "../../services/snapshots/join-bars.js";
import {assessBars} from "../../services/snapshots/quality.js";
import type {BarsSettings} from "../../services/sources/settings/settings.js";
import {asNotice, type Facts, keptNotices, takenAnew} from "./commit.js";

/** History may begin this much after what was asked for without a word: a weekend and a holiday. */
const lateStartMs = 5 * DAY_MS;

/** A series of bars after its pull, and how it came about. */
export interface PulledSeries {
  readonly wanted: BarsSettings;
  readonly calendar: TradingCalendar;
  readonly joined: JoinedBars;
  /** Rows that the source gave twice, in this pull and in those before. */
  readonly duplicatesDropped: number;
  /** What the source said of what it gave, in plain words. */
  readonly said: readonly string[];
  /** The entry that stands, joined to or not; `undefined` for a first snapshot. */
  readonly stored: Dataset | undefined;
  /** The entry whose rows were joined to; `undefined` where the whole history was taken. */
  readonly held: Dataset | undefined;
  /** The moment from which history is wanted. */
  readonly from: EpochMs;
  readonly started: EpochMs;
}

/**
 * What is known of a series of bars, but for where it came from.
 *
 * @throws {SnapshotError} SNAPSHOT_REFUSED if the bars make no sense
 */
export function describeBars(series: PulledSeries): Omit<Facts, "source" | "sourceKind" | "simulated"> {
  const {wanted, calendar, joined, duplicatesDropped, stored, held, from, started} = series;
  const {instrument, timeframe} = wanted;
  const {bars, restatements} = joined;
  const {warnings, ...quality} = assessBars(bars, timeframe, calendar);
  const extent = {firstTime: bars.time[0]!, lastTime: bars.time.at(-1)!, rows: bars.length};
  const askedFrom = Math.min(from, held?.askedFrom ?? from);
  return {
    id: barsId(instrument, timeframe),
    kind: "bars",
    instrument,
    timeframe,
    ...extent,
    ...quality,
    duplicatesDropped,
    restatements: [...restatements, ...(held === undefined ? takenAnew(stored, extent, started) : [])],
    warnings: [...lateStart(extent.firstTime, askedFrom), ...warnings, ...noticesOf(series)],
    askedFrom
  };
}

/** A warning where a history begins later than it was asked for. */
export function lateStart(firstTime: EpochMs, askedFrom: EpochMs): string[] {
  if (askedFrom <= 0 || firstTime <= askedFrom + lateStartMs) return [];
  return [`history begins ${formatIso(firstTime).slice(0, 10)}: asked for ${formatIso(askedFrom).slice(0, 10)}`];
}

// What the source says of an overlap in which nothing new was found is not worth another file.
function noticesOf({wanted, joined, said, held}: PulledSeries): string[] {
  const notices = said.map(asNotice);
  if (held === undefined || wanted.historyDays === "all") return notices;
  return [...new Set([...keptNotices(held), ...(joined.added > 0 ? notices : [])])];
}
