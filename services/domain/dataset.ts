import type {InstrumentId} from "./instrument.js";
import type {EpochMs, SessionDate} from "./time.js";
import type {Timeframe} from "./timeframe.js";

/** What the rows of a data set are; also the first part of its id. */
export type DatasetKind = "bars" | "ticks" | "deals" | "positions";

/**
 * A hole in a data set: time the calendar says was open and no row covers. `missing` counts absent bars; for ticks, five
 * minutes in which there is none.
 */
export interface Gap {
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly missing: number;
}

/**
 * A row whose source later said something else. The snapshot keeps what was first shown; this says what came.
 * `field` is the column; `rows` for rows that came late (was 0) or that the source no longer has (is 0); `all` for a
 * history taken anew on a person's word, with its rows before and after.
 */
export interface Restatement {
  readonly time: EpochMs;
  /** The last row, where a run of rows is meant. */
  readonly until?: EpochMs;
  readonly field: string;
  readonly was: number;
  readonly is: number;
  readonly seenAt: EpochMs;
}

/** Rows outside the calendar's sessions, kept and named: pre-open, post-close, unexpected. */
export interface OffSessionRows {
  readonly preOpen: number;
  readonly postClose: number;
  readonly closedDay: number;
}

/** Lineage of one snapshot: where it came from, what it holds, and what is known to be wrong with it. */
export interface Dataset {
  /** `bars/MT5-EURUSD/1m`, also its path below `data/snapshots`, without the ending. */
  readonly id: string;
  readonly kind: DatasetKind;
  readonly instrument?: InstrumentId;
  readonly timeframe?: Timeframe;
  readonly account?: string;
  /** The name of the source in settings, and its kind; never its address. */
  readonly source: string;
  readonly sourceKind: string;
  readonly simulated: boolean;
  readonly firstTime: EpochMs | null;
  /** Opening time of the last bar, or time of the last tick or deal. */
  readonly lastTime: EpochMs | null;
  readonly rows: number;
  /**
   * Sessions by date with the bars found and expected, for coverage; for ticks, the five minutes in which there is one.
   * Empty where it does not apply.
   */
  readonly coverage: readonly {date: SessionDate; found: number; expected: number}[];
  readonly gaps: readonly Gap[];
  readonly offSession: OffSessionRows;
  readonly duplicatesDropped: number;
  readonly restatements: readonly Restatement[];
  readonly warnings: readonly string[];
  readonly sha256: string;
  readonly bytes: number;
  /** Hash of the code that made it. */
  readonly loaderVersion: string;
  /** How long the pull that last changed it took. */
  readonly durationMs: number;
  /** The earliest moment the source was ever asked for: what lies before `firstTime` it did not have. */
  readonly askedFrom?: EpochMs;
  /** When the source was asked, in the run that last changed this entry: a run that finds nothing new changes no byte. */
  readonly checkedTime: EpochMs;
  /** When the content last changed. */
  readonly takenTime: EpochMs;
  /** Of a snapshot that a sidecar took: its boot, and the bar topic's number after which nothing of it is in here. */
  readonly live?: {readonly boot: string; readonly lastSeq: number};
}

/** All snapshots of a project, by id. */
export interface Catalog {
  readonly version: 1;
  readonly datasets: readonly Dataset[];
}

/** @throws {RangeError} if the catalogue holds no such data set, saying what would make it */
export function findDataset({datasets}: Catalog, id: string): Dataset {
  const found = datasets.find((dataset) => dataset.id === id);
  if (!found) throw new RangeError(`no data set ${id} in the catalogue; run: npm run snapshot`);
  return found;
}

/** Data sets of an instrument's bars, in the catalogue's order; empty where none is kept yet. */
export function barDatasets({datasets}: Catalog, instrument: InstrumentId): Dataset[] {
  return datasets.filter((dataset) => dataset.kind === "bars" && dataset.instrument === instrument);
}

/** For each instrument the data set that its sessions are taken from: its daily bars, or its finest where none are kept. */
export function sessionDatasets(catalog: Catalog, instruments: readonly {readonly id: InstrumentId}[]): Dataset[] {
  return instruments.flatMap(({id}) => {
    const own = barDatasets(catalog, id);
    const found = own.find(({timeframe}) => timeframe === "1d") ?? own[0];
    return found === undefined ? [] : [found];
  });
}
