import type {EpochMs} from "../../services/domain/time.js";
import {openStoreForWriting} from "../../services/snapshots/store.js";
import type {Settings} from "../../services/sources/settings/settings.js";
import {isMeant, planPulls} from "./plan.js";
import type {OpenedSource} from "./pull.js";
import {type Console, resultLines, summaryLine, tellWaiting} from "./report.js";
import {type PullResult, runPulls} from "./run-pulls.js";

/** What a snapshot job is asked to do. */
export interface JobOptions {
  readonly settings: Settings;
  /** Where the snapshots lie. */
  readonly root: string;
  /** Ids, beginnings of ids, instruments or accounts; all where there are none. */
  readonly only?: readonly string[];
  /** Data sets whose history is to be taken anew. */
  readonly anew?: readonly string[];
}

/** What a snapshot job touches. */
export interface JobEffects {
  readonly now: () => EpochMs;
  readonly loaderVersion: string;
  readonly signal: AbortSignal;
  readonly console: Console;
  open(source: string, settings: Settings): Promise<OpenedSource> | OpenedSource;
}

/**
 * Pulls what is new into the store, and says what became of each data set.
 *
 * @throws {SnapshotError} SNAPSHOT_LOCKED if another job is at it; {RangeError} if nothing is meant by what was asked
 */
export async function runSnapshotJob(options: JobOptions, effects: JobEffects): Promise<PullResult[]> {
  const {settings, root, only = [], anew = []} = options;
  const {console, now, loaderVersion, signal} = effects;
  const all = planPulls(settings);
  for (const text of [...only, ...anew])
    if (!all.some((pull) => isMeant(pull, [text])))
      throw new RangeError(`no data set is meant by ${text}: there are ${all.map(({id}) => id).join(", ")}`);
  const wanted = only.length === 0 ? all : all.filter((pull) => isMeant(pull, only));
  const width = Math.max(0, ...wanted.map(({id}) => id.length));
  const started = performance.now();
  const store = await openStoreForWriting(root);
  const [waiting, done] = [new Set<string>(), new Set<string>()];
  const stop = tellWaiting(
    () => [...waiting],
    (names) => `${done.size} of ${wanted.length} done; pulling ${names}`,
    console
  );
  try {
    for (const line of store.healed) console.log(`mended  ${line}`);
    for (const [id, why] of store.damaged)
      console.log(
        `damaged ${id}: ${why}; ${wanted.some((pull) => pull.id === id) ? "it is taken anew" : "it is left as it is"}`
      );
    const isAnew = (id: string) => all.some((pull) => pull.id === id && isMeant(pull, anew));
    const results = await runPulls(
      wanted,
      {settings, store, now, loaderVersion, anew: isAnew, signal},
      {
        open: (source) => effects.open(source, settings),
        elapsed: () => performance.now(),
        started: ({id}) => waiting.add(id),
        finished: (result) => {
          waiting.delete(result.id);
          done.add(result.id);
          for (const line of resultLines(result, width)) console.log(line);
        }
      }
    );
    if (results.some(({pulled}) => pulled !== undefined)) await store.touch(now());
    console.log(summaryLine(results, performance.now() - started));
    return results;
  } finally {
    stop();
    await store.close();
  }
}
