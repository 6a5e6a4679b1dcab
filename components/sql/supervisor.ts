import type {Database} from "./open-database.js";
import type {SqlResult} from "./sql-result.js";
import type {OpeningProgress} from "./worker-words.js";

/** What the database of a page is doing. */
export type DatabaseState =
  | {readonly name: "closed"}
  | ({readonly name: "opening"} & OpeningProgress)
  | {readonly name: "ready"; readonly running: number}
  | {readonly name: "failed"; readonly error: unknown};

/** How a statement is run. */
export interface RunOptions {
  readonly parameters?: readonly unknown[];
  /** Aborting it cancels the statement. */
  readonly signal?: AbortSignal;
  /** Called when the database is open and the statement is handed to it. */
  readonly onStart?: () => void;
  /** Whether a reader waits for just this one: statements not yet handed over let it go ahead. */
  readonly isAwaited?: boolean;
}

interface Job {
  readonly text: string;
  readonly options: RunOptions;
  readonly resolve: (result: SqlResult) => void;
  readonly reject: (reason: unknown) => void;
}

/** A database that is opened when first asked, and can be stopped in the midst of a statement. */
export interface Supervisor {
  run(text: string, options?: RunOptions): Promise<SqlResult>;
  watch(listener: (state: DatabaseState) => void): () => void;
  current(): DatabaseState;
}

/**
 * DuckDB in a browser has one thread and cannot be interrupted while it computes: to cancel a statement its worker is
 * ended and another opened. Statements of others that were under way are run again there; all of them only read.
 * A database that could not be opened, or that broke, is opened anew by the next statement.
 */
export function createSupervisor(open: (onProgress: (progress: OpeningProgress) => void) => Database): Supervisor {
  const jobs = new Map<Job, Database>(); // each with the database it was last handed to
  const listeners = new Set<(state: DatabaseState) => void>();
  const waiting: (() => void)[] = []; // statements held back, told whenever another is gone
  let state: DatabaseState = {name: "closed"};
  let database: Database | undefined;

  const tell = (next: DatabaseState) => {
    state = next;
    for (const listener of listeners) listener(state);
  };
  const close = () => {
    database?.close();
    database = undefined;
  };
  const opened = (): Database => {
    if (database !== undefined) return database;
    const own = open((progress) => database === own && tell({name: "opening", ...progress}));
    database = own;
    tell({name: "opening", loadedBytes: 0, totalBytes: 0});
    own.ready.then(
      () => database === own && tell({name: "ready", running: jobs.size}),
      (error: unknown) => {
        if (database !== own) return;
        close();
        tell({name: "failed", error});
      }
    );
    return own;
  };
  const isHeldBack = (job: Job) =>
    jobs.has(job) && !job.options.isAwaited && [...jobs.keys()].some(({options}) => options.isAwaited);
  const drop = (job: Job): boolean => {
    const isDropped = jobs.delete(job);
    for (const goOn of waiting.splice(0)) goOn();
    return isDropped;
  };
  const end = (job: Job, settle: () => void) => {
    drop(job);
    if (state.name === "ready") tell({name: "ready", running: jobs.size});
    settle();
  };
  const start = async (job: Job) => {
    const own = opened();
    jobs.set(job, own);
    try {
      await own.ready;
      while (isHeldBack(job)) await new Promise<void>((goOn) => waiting.push(goOn));
      if (jobs.get(job) !== own) return;
      tell({name: "ready", running: jobs.size});
      job.options.onStart?.();
      const result = await own.query(job.text, job.options.parameters);
      if (jobs.get(job) === own) end(job, () => job.resolve(result));
    } catch (error) {
      if (jobs.get(job) !== own) return;
      end(job, () => job.reject(error));
      if (database === own && isBroken(error)) restart();
    }
  };
  const restart = () => {
    close();
    opened();
    for (const job of [...jobs.keys()]) void start(job);
  };
  const cancel = (job: Job, reason: unknown) => {
    if (!drop(job)) return;
    restart();
    job.reject(reason);
  };

  return {
    run: (text, options = {}) =>
      new Promise((resolve, reject) => {
        options.signal?.throwIfAborted();
        const job = {text, options, resolve, reject};
        options.signal?.addEventListener("abort", () => cancel(job, options.signal?.reason), {once: true});
        void start(job);
      }),
    watch(listener) {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
    current: () => state
  };
}

/** Whether the program itself fell over or holds all the memory there is, as WebAssembly says it, and not a statement. */
function isBroken(error: unknown): boolean {
  return (
    error instanceof Error &&
    /\b(unreachable|memory access out of bounds|RuntimeError|Aborted|table index|malloc of size|out of memory)\b/i.test(
      error.message
    )
  );
}
