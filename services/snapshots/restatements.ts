import type {Restatement} from "../domain/dataset.js";
import type {EpochMs} from "../domain/time.js";
import {SnapshotError} from "./snapshot-error.js";

/** Collects what a source now says otherwise than it did; what it said so before is not said twice. */
export interface RestatementRecorder {
  /** A value of a row that is held and came again. */
  value(time: EpochMs, field: string, held: number, now: number): void;
  /** A row that came late, at *index* of the joined rows: neighbours make one run. */
  late(time: EpochMs, index: number): void;
  /** A row that is held and that the source no longer has. */
  withdrawn(time: EpochMs, index: number): void;
  /** Rows told otherwise for the first time: other values, or gone. Those that came late contradict nothing. */
  readonly changedRows: number;
  /** How many of those the source no longer has. */
  readonly withdrawnRows: number;
  /** Those known before, then the new ones. */
  all(): readonly Restatement[];
}

/** More rows than this told otherwise at once are no correction but another history. */
const maximumChanged = 500;

/**
 * The check before rows are joined.
 *
 * @param noun of the rows, as `bars`
 * @throws {SnapshotError} SNAPSHOT_RESTATED if more than 500 rows came with other values or are gone; however many came late
 */
export function assertOneHistory({changedRows, withdrawnRows}: RestatementRecorder, noun: string): void {
  if (changedRows <= maximumChanged) return;
  const restated = changedRows - withdrawnRows;
  const parts = [
    ...(restated > 0 ? [`restates ${restated} ${noun} that it gave before`] : []),
    ...(withdrawnRows > 0 ? [`no longer has ${withdrawnRows} ${noun} that it gave before`] : [])
  ];
  throw anotherHistory(parts.join(" and "));
}

/** The error of a source that tells another history than the one that is held: what it does, in plain words. */
export function anotherHistory(what: string): SnapshotError {
  const message = `the source ${what}; nothing was changed. To take its history anew: npm run snapshot -- --anew`;
  return new SnapshotError("SNAPSHOT_RESTATED", message);
}

/** A recorder that knows the restatements of earlier pulls. */
export function createRestatements(known: readonly Restatement[], seenAt: EpochMs): RestatementRecorder {
  const latest = new Map(known.map(({time, field, is}) => [`${time} ${field}`, is]));
  const gone = known.filter(({field, is}) => field === "rows" && is === 0);
  const values: Restatement[] = [];
  const runs: (Restatement & {readonly lastIndex: number})[] = [];
  const changed = new Set<EpochMs>();
  let withdrawnRows = 0;
  const addRun = (time: EpochMs, index: number, was: number, is: number) => {
    const last = runs.at(-1);
    const goesOn = last !== undefined && last.lastIndex === index - 1 && last.was > 0 === was > 0;
    if (!goesOn) runs.push({time, field: "rows", was, is, seenAt, lastIndex: index});
    else runs[runs.length - 1] = {...last, until: time, was: last.was + was, is: last.is + is, lastIndex: index};
  };
  return {
    value(time, field, held, now) {
      const was = latest.get(`${time} ${field}`) ?? held;
      if (now === was) return;
      values.push({time, field, was, is: now, seenAt});
      changed.add(time);
    },
    late: (time, index) => addRun(time, index, 0, 1),
    withdrawn(time, index) {
      if (gone.some((run) => run.time <= time && time <= (run.until ?? run.time))) return;
      ++withdrawnRows;
      addRun(time, index, 1, 0);
    },
    get changedRows() {
      return changed.size + withdrawnRows;
    },
    get withdrawnRows() {
      return withdrawnRows;
    },
    all: () => [...known, ...values, ...runs.map(({lastIndex: _, ...run}) => run)]
  };
}
