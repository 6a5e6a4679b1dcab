import {createHash} from "node:crypto";
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach} from "vitest";
import type {OpenedSource} from "../../loaders/shared/pull.js";
import {type JobOptions, runSnapshotJob} from "../../loaders/shared/snapshot-job.js";
import {type BarSeries, toBarSeries, toBars} from "../../services/domain/bar.js";
import type {Deal} from "../../services/domain/deal.js";
import type {AccountState, Position} from "../../services/domain/position.js";
import {listFiles} from "../../services/snapshots/store-files.js";
import type {BarRequest} from "../../services/sources/bar-source.js";
import {parseSettings} from "../../services/sources/settings/load-settings.js";
import type {Settings} from "../../services/sources/settings/settings.js";
import {calendars} from "../snapshots/calendars.js";

/** Settings of a test, from YAML. */
export function settingsOf(yaml: string): Settings {
  return parseSettings(yaml, "/test/settings.yaml", calendars);
}

/** A venue in memory: what it holds may be changed between two pulls, and what it was asked is remembered. */
export interface MemoryVenue {
  bars: BarSeries;
  warnings: string[];
  dealWarnings: string[];
  duplicateTimes: number[];
  deals: Deal[];
  positions: Position[];
  state: AccountState | undefined;
  failure: Error | undefined;
  readonly asked: BarRequest[];
  readonly opened: OpenedSource;
  closed: number;
}

/** A source port over memory: it gives just the rows of the range that it is asked for. */
export function createVenue(bars: BarSeries): MemoryVenue {
  const venue: MemoryVenue = {
    bars,
    warnings: [],
    dealWarnings: [],
    duplicateTimes: [],
    deals: [],
    positions: [],
    state: undefined,
    failure: undefined,
    asked: [],
    closed: 0,
    opened: {
      kind: "memory",
      bars: {
        async bars(request) {
          if (venue.failure) throw venue.failure;
          venue.asked.push(request);
          const rows = toBars(venue.bars).filter(({time}) => time >= request.start && time < request.end);
          return {bars: toBarSeries(rows), duplicateTimes: venue.duplicateTimes, warnings: venue.warnings};
        }
      },
      account: {
        deals: async ({start, end}) => {
          const deals = venue.deals.filter(({time}) => time >= start && time < end);
          return {deals, warnings: venue.dealWarnings};
        },
        positions: async () => venue.positions,
        state: async () => venue.state
      },
      async close() {
        ++venue.closed;
      }
    }
  };
  return venue;
}

/** Runs jobs on stores in folders of their own, removed after each test. */
export function useJobs() {
  const roots: string[] = [];
  afterEach(async () => {
    await Promise.all(roots.splice(0).map((root) => rm(root, {recursive: true, force: true})));
  });
  return {
    async newRoot(): Promise<string> {
      const root = await mkdtemp(join(tmpdir(), "tapebook-job-"));
      roots.push(root);
      return root;
    },
    async run(options: JobOptions, sources: Readonly<Record<string, OpenedSource | Error>>, now: number) {
      const lines: string[] = [];
      const results = await runSnapshotJob(options, {
        now: () => now,
        loaderVersion: "test",
        signal: new AbortController().signal,
        console: {log: (line) => lines.push(line), progress: () => undefined},
        open(name) {
          const source = sources[name];
          if (source === undefined || source instanceof Error) throw source ?? new Error(`no source ${name}`);
          return source;
        }
      });
      return {results, lines};
    }
  };
}

/** A hash of every file of a folder, by name. */
export async function hashTree(root: string): Promise<Record<string, string>> {
  const files = await listFiles(root);
  const hash = async (file: string) =>
    createHash("sha256")
      .update(await readFile(join(root, file)))
      .digest("hex");
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, await hash(file)])));
}
