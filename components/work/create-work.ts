import {inTurn} from "./in-turn.js";
import type {TaskInput, TaskOutput, TaskReply, TaskRequest, Tasks} from "./tasks.js";

/** How a page comes by its worker, and by the same functions where it cannot have one. */
export interface WorkOpening<T extends Tasks> {
  /** Opens the worker; throws, or fails to start, where the browser or the page's policy knows none. */
  readonly open: () => Worker;
  /** The tasks themselves, to be run on the page's own thread instead. */
  readonly load: () => Promise<T>;
}

/** When a result is no longer wanted. */
export interface WorkOptions {
  /** Once it resolves the task is dropped, or stopped in the midst of it: a cell's `invalidation`. */
  readonly until?: Promise<unknown> | undefined;
}

/** Tasks done off the page's thread, one at a time, in the order asked. */
export interface Work<T extends Tasks> {
  /**
   * What the task gives. A task that throws rejects with its message, name and code; a dropped one with an AbortError,
   * which a cell that has new inputs pays no heed to, but waits for.
   */
  run<Name extends keyof T & string>(
    name: Name,
    input: TaskInput<T, Name>,
    options?: WorkOptions
  ): Promise<TaskOutput<T, Name>>;
}

interface Job extends TaskRequest {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A worker that is opened by the first task. A task under way cannot be interrupted, so that dropping it ends the
 * worker, and the next task opens another. Where a worker cannot be had, tasks run on the page's own thread, each in a
 * turn of its own, with the same results.
 */
export function createWork<T extends Tasks>({open, load}: WorkOpening<T>): Work<T> {
  const waiting: Job[] = [];
  let current: Job | undefined;
  let worker: Worker | undefined;
  let isWithout = typeof Worker === "undefined";
  let asked = 0;

  const settle = (job: Job, tell: () => void) => {
    if (current !== job) return;
    current = undefined;
    tell();
    next();
  };
  const close = () => {
    worker?.terminate();
    worker = undefined;
  };
  const opened = (): Worker => {
    const own = open();
    own.addEventListener("message", ({data}: MessageEvent<TaskReply>) => {
      const job = current;
      if (worker !== own || job === undefined || job.id !== data.id) return;
      settle(job, () => ("output" in data ? job.resolve(data.output) : job.reject(rebuildError(data))));
    });
    own.addEventListener("error", (event) => {
      event.preventDefault();
      if (worker === own) giveUp();
    });
    return own;
  };
  /** The program did not come, or broke outside any task: what it was asked is done here. */
  const giveUp = () => {
    close();
    isWithout = true;
    const job = current;
    if (job !== undefined) void runHere(job);
  };
  const runHere = async (job: Job) => {
    try {
      const tasks = await load();
      const output = await inTurn(() => (tasks[job.name] as (input: unknown) => unknown)(job.input));
      settle(job, () => job.resolve(output));
    } catch (error) {
      settle(job, () => job.reject(error));
    }
  };
  const next = () => {
    if (current !== undefined) return;
    const job = waiting.shift();
    if (job === undefined) return;
    current = job;
    if (isWithout) return void runHere(job);
    try {
      worker ??= opened();
      worker.postMessage({id: job.id, name: job.name, input: job.input} satisfies TaskRequest);
    } catch {
      giveUp();
    }
  };
  const drop = (job: Job) => {
    const place = waiting.indexOf(job);
    if (place >= 0) waiting.splice(place, 1);
    job.reject(new DOMException(`dropped: ${job.name}`, "AbortError"));
    if (current !== job) return;
    current = undefined;
    close();
    next();
  };

  return {
    run: (name, input, {until} = {}) =>
      new Promise((resolve, reject) => {
        const job = {id: ++asked, name, input, resolve: resolve as Job["resolve"], reject};
        void until?.then(() => drop(job));
        waiting.push(job);
        next();
      })
  };
}

function rebuildError({error, name, code}: Exclude<TaskReply, {output: unknown}>): unknown {
  if (!(error instanceof Error)) return error;
  return Object.assign(error, name !== undefined && {name}, code !== undefined && {code});
}
