/** What a page first tells the worker of its database; only then do DuckDB's own messages begin. */
export interface WorkerOrder {
  /** Addresses that it may fetch, whole and absolute, and no other. */
  readonly files: readonly string[];
}

/** What the worker tells the page of itself, beside what DuckDB says. */
export type WorkerNews =
  | {readonly news: "bytes"; readonly loadedBytes: number; readonly totalBytes: number}
  | {readonly news: "ready"}
  | {readonly news: "failed"; readonly reason: string};

/** Whether a message is the worker's own and none of DuckDB's. */
export function isNews(data: unknown): data is WorkerNews {
  return typeof data === "object" && data !== null && "news" in data;
}
