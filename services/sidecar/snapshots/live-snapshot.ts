import {createBarSeries} from "../../domain/bar.js";
import type {TradingCalendar} from "../../domain/calendar.js";
import type {Dataset} from "../../domain/dataset.js";
import type {InstrumentId} from "../../domain/instrument.js";
import {type EpochMs, formatIso} from "../../domain/time.js";
import {barsId} from "../../snapshots/dataset-id.js";
import {encodeBars} from "../../snapshots/encode-bars.js";
import {joinBars} from "../../snapshots/join-bars.js";
import {assessBars} from "../../snapshots/quality.js";
import {readBars} from "../../snapshots/read-bars.js";
import type {SnapshotWriter} from "../../snapshots/store.js";
import type {SettledBars} from "./settled-bars.js";

/** What a snapshot of one instrument's minutes is made of, besides them. */
export interface LiveSnapshotOptions {
  readonly instrument: InstrumentId;
  readonly calendar: TradingCalendar;
  readonly currency: string;
  /** The name of its source in settings, and its kind. */
  readonly source: string;
  readonly sourceKind: string;
  readonly simulated: boolean;
  readonly boot: string;
  readonly now: EpochMs;
}

/**
 * Joins the sidecar's minutes to the snapshot that stands, as a pull does: what was shown first stays, and what differs
 * is recorded. The lineage says with which number of which boot it ends.
 *
 * @returns the data set as it stands then
 * @throws {RangeError} if the minutes begin after the snapshot's end: what lies between would never be asked for
 */
export async function writeLiveSnapshot(
  store: SnapshotWriter,
  {bars: own, lastSeq}: SettledBars,
  {instrument, calendar, currency, boot, now, ...origin}: LiveSnapshotOptions
): Promise<Dataset> {
  const id = barsId(instrument, "1m");
  const {datasets} = await store.catalog();
  const held = datasets.some((dataset) => dataset.id === id) ? await store.read(id) : undefined;
  const heldBars = held ? await readBars(held.bytes) : createBarSeries(0);
  const [first, heldLast] = [own.time[0]!, heldBars.time.at(-1)];
  if (heldLast !== undefined && first > heldLast)
    throw new RangeError(
      `${id} ends at ${formatIso(heldLast)}, live bars begin at ${formatIso(first)}: run npm run snapshot`
    );
  const context = {restatements: held?.dataset.restatements ?? [], seenAt: now};
  const {bars, added, restatements} = joinBars(heldBars, own, context);
  if (held && added === 0 && restatements.length === held.dataset.restatements.length) return held.dataset;
  const {warnings, ...quality} = assessBars(bars, "1m", calendar);
  const notices = held?.dataset.warnings.filter((warning) => warning.startsWith("source: ")) ?? [];
  const lineage = {
    ...({id, kind: "bars", instrument, timeframe: "1m", ...origin, ...quality, restatements} as const),
    ...{firstTime: bars.time[0]!, lastTime: bars.time.at(-1)!, rows: bars.length},
    ...{duplicatesDropped: held?.dataset.duplicatesDropped ?? 0, warnings: [...warnings, ...notices]},
    ...{loaderVersion: "sidecar", durationMs: 0, askedFrom: held?.dataset.askedFrom ?? first},
    ...{checkedTime: now, takenTime: now, live: {boot, lastSeq}}
  };
  return store.write(id, encodeBars(bars, {id, lineage, currency}));
}
