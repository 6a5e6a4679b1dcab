import {isNews, type OpeningProgress, type WorkerOrder} from "./worker-words.js";

/** A worker that DuckDB runs in. */
export interface DatabaseWorker {
  readonly worker: Worker;
  /** When DuckDB can be spoken to. */
  readonly ready: Promise<void>;
  /** Rejects if the worker cannot be had, or breaks. */
  readonly failed: Promise<never>;
}

/** What the head of a page may hold: a worker that it started before the page's own code came. */
interface HeadStart {
  tapebookDatabase?: Worker;
}

/**
 * The worker of a page's database, or the one that the page's head started.
 *
 * @param files addresses that it may fetch
 */
export function startWorker(files: readonly string[], onProgress: (progress: OpeningProgress) => void): DatabaseWorker {
  const worker =
    takeStarted() ?? new Worker(import.meta.resolve("./database-worker.js"), {type: "module", name: "sql"});
  let [setReady, setFailed]: [() => void, (error: Error) => void] = [() => undefined, () => undefined];
  const ready = new Promise<void>((resolve) => (setReady = resolve));
  const failed = new Promise<never>((_, reject) => (setFailed = reject));
  const fail = (reason: string) => setFailed(new Error(`unable to start DuckDB: ${reason}`));
  worker.addEventListener("error", ({message}) => fail(message));
  worker.addEventListener("message", (event: MessageEvent<unknown>) => {
    const {data} = event;
    if (!isNews(data)) return;
    event.stopImmediatePropagation(); // DuckDB's listener knows nothing of it
    if (data.news === "bytes") onProgress(data);
    else if (data.news === "ready") setReady();
    else fail(data.reason);
  });
  worker.postMessage({files} satisfies WorkerOrder);
  return {worker, ready, failed};
}

function takeStarted(): Worker | undefined {
  const head = globalThis as HeadStart;
  const started = head.tapebookDatabase;
  delete head.tapebookDatabase;
  return started;
}
