/** Functions by name that a worker runs for a page: what goes in and what comes out can be cloned, and nothing else is read. */
export type Tasks = Readonly<Record<string, (input: never) => unknown>>;

/** What a task takes. */
export type TaskInput<T extends Tasks, Name extends keyof T> = Parameters<T[Name]>[0];

/** What a task gives, when it is done. */
export type TaskOutput<T extends Tasks, Name extends keyof T> = Awaited<ReturnType<T[Name]>>;

/** A task asked of a worker. */
export interface TaskRequest {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}

/** What the worker answers: the output, or the error that the task threw, its name and code with it. */
export type TaskReply =
  | {readonly id: number; readonly output: unknown}
  | {readonly id: number; readonly error: unknown; readonly name?: string; readonly code?: string};
