import pLimit from "p-limit";
import {SnapshotError} from "../../services/snapshots/snapshot-error.js";
import type {PlannedPull} from "./plan.js";
import type {OpenedSource, PullContext, Pulled} from "./pull.js";

/** How many data sets of one source are asked for at once; the source's own rate limit holds beside it. */
const pullsPerSource = 3;

/** What became of one data set. */
export interface PullResult {
  readonly id: string;
  readonly source: string;
  readonly durationMs: number;
  readonly pulled?: Pulled;
  readonly error?: unknown;
}

/** What a run of pulls touches beside its context. */
export interface RunEffects {
  open(source: string): Promise<OpenedSource> | OpenedSource;
  /** For durations: milliseconds from any origin. */
  elapsed(): number;
  started(pull: PlannedPull): void;
  finished(result: PullResult): void;
}

/**
 * Runs pulls, all sources beside one another and each within its limit. A failure stops nothing else: the data set
 * keeps the snapshot that stands.
 *
 * @returns one result for each pull, in their order
 */
export async function runPulls(
  pulls: readonly PlannedPull[],
  context: PullContext,
  effects: RunEffects
): Promise<PullResult[]> {
  const names = [...new Set(pulls.map(({source}) => source))];
  const sources = new Map(names.map((name) => [name, openOnce(name, effects)]));
  const limits = new Map(names.map((name) => [name, pLimit(pullsPerSource)]));
  const run = async (pull: PlannedPull): Promise<PullResult> => {
    effects.started(pull);
    const start = effects.elapsed();
    const outcome = await attempt(pull, sources.get(pull.source)!, context);
    const result = {id: pull.id, source: pull.source, durationMs: effects.elapsed() - start, ...outcome};
    effects.finished(result);
    return result;
  };
  try {
    return await Promise.all(pulls.map((pull) => limits.get(pull.source)!(run, pull)));
  } finally {
    const opened = await Promise.allSettled([...sources.values()].map((source) => source.opened()));
    await Promise.allSettled(opened.map((each) => (each.status === "fulfilled" ? each.value?.close() : undefined)));
  }
}

async function attempt(pull: PlannedPull, source: LazySource, context: PullContext) {
  try {
    context.signal.throwIfAborted();
    return {pulled: await pull.run(await source.get(), context)};
  } catch (error) {
    return {error: withId(error, pull.id)};
  }
}

// The advice of a refused history ends in the option that takes it anew; what it is for is known here.
function withId(error: unknown, id: string): unknown {
  if (!(error instanceof SnapshotError && error.code === "SNAPSHOT_RESTATED")) return error;
  return new SnapshotError(error.code, `${error.message} ${id}`, {cause: error});
}

interface LazySource {
  get(): Promise<OpenedSource>;
  opened(): Promise<OpenedSource | undefined>;
}

function openOnce(name: string, {open}: RunEffects): LazySource {
  let opening: Promise<OpenedSource> | undefined;
  return {
    get: () => {
      opening ??= (async () => open(name))();
      return opening;
    },
    opened: async () => opening
  };
}
