import type {Sql} from "./create-sql.js";
import type {SqlResult} from "./sql-result.js";

/** How a run of the editor ended. */
export type RunOutcome =
  | {readonly name: "done"; readonly result: SqlResult; readonly tookMs: number; readonly openedMs: number}
  | {readonly name: "failed"; readonly error: unknown}
  | {readonly name: "cancelled"; readonly afterMs: number};

/** A run under way. */
export interface QueryRun {
  readonly outcome: Promise<RunOutcome>;
  cancel(): void;
}

/** Runs a statement and measures it; the time to open the database is told apart from the statement's own. */
export function startRun(sql: Pick<Sql, "run">, text: string, now = () => performance.now()): QueryRun {
  const control = new AbortController();
  const asked = now();
  let started = asked;
  const onStart = () => {
    started = now();
  };
  const outcome = sql.run(text, {signal: control.signal, onStart, isAwaited: true}).then(
    (result): RunOutcome => ({name: "done", result, tookMs: now() - started, openedMs: started - asked}),
    (error: unknown): RunOutcome =>
      control.signal.aborted ? {name: "cancelled", afterMs: now() - asked} : {name: "failed", error}
  );
  return {outcome, cancel: () => control.abort()};
}
