/** What a page first tells the worker of its database; only then do DuckDB's own messages begin. */
export interface WorkerOrder {
  /** Addresses that it may fetch, whole and absolute, and no other. */
  readonly files: readonly string[];
}

/** How much of the program has come; `totalBytes` is 0 where the server does not say. */
export interface OpeningProgress {
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

/** What the worker tells the page of itself, beside what DuckDB says. */
export type WorkerNews =
  | ({readonly news: "bytes"} & OpeningProgress)
  | {readonly news: "ready"}
  | {readonly news: "failed"; readonly reason: string};

/** Whether a message is the worker's own and none of DuckDB's. */
export function isNews(data: unknown): data is WorkerNews {
  return typeof data === "object" && data !== null && "news" in data;
}
