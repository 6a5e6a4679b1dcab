import type {PullResult} from "./run-pulls.js";

const tellAfterMs = 2_000;

/** Where a job writes: results to people and pipes, progress to people. */
export interface Console {
  log(line: string): void;
  progress(line: string): void;
}

/** One line on what became of a data set, and one on each thing that a person should know of it. */
export function resultLines({id, durationMs, pulled, error}: PullResult, width: number): string[] {
  const name = id.padEnd(width);
  if (pulled === undefined) return [`${name}  failed: ${messageOf(error)}`];
  const {outcome, rows, added, gaps, restated, warnings} = pulled;
  const what = {
    new: "new",
    grown: `+${formatCount(added)}`,
    changed: "other facts, same rows",
    same: "nothing new"
  }[outcome];
  const facts = [
    `${formatCount(rows).padStart(9)} ${rows === 1 ? "row " : "rows"}`,
    what.padEnd(12),
    gaps > 0 ? count(gaps, "gap") : "",
    restated > 0 ? `${count(restated, "restatement")}` : "",
    formatDuration(durationMs)
  ].filter((fact) => fact !== "");
  return [`${name}  ${facts.join("  ")}`, ...warnings.map((warning) => `${" ".repeat(width)}    note: ${warning}`)];
}

/** The last line of a job: how many data sets, and what became of them. */
export function summaryLine(results: readonly PullResult[], durationMs: number): string {
  const outcomes = results.map(({pulled}) => pulled?.outcome ?? "failed");
  const parts = (["new", "grown", "changed", "same", "failed"] as const)
    .map((outcome) => [outcome, outcomes.filter((each) => each === outcome).length] as const)
    .filter(([, n]) => n > 0)
    .map(([outcome, n]) => `${n} ${outcome === "same" ? "unchanged" : outcome}`);
  return `${count(results.length, "data set")}: ${parts.join(", ") || "nothing to do"}, in ${formatDuration(durationMs)}`;
}

/**
 * Says every two seconds what a job is waiting for; call the result to stop it.
 *
 * @param say the line, given up to three of the names that are waited for
 */
export function tellWaiting(
  waiting: () => readonly string[],
  say: (names: string) => string,
  console: Pick<Console, "progress">
): () => void {
  const timer = setInterval(() => {
    const names = waiting();
    const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
    if (names.length > 0) console.progress(`… ${say(`${names.slice(0, 3).join(", ")}${more}`)}`);
  }, tellAfterMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Waits for all work, by name, and says every two seconds what of it is still waited for, as `tellWaiting` does. */
export async function waitTelling<T extends Readonly<Record<string, unknown>>>(
  work: {readonly [K in keyof T]: T[K] | Promise<T[K]>},
  say: (names: string) => string,
  console: Pick<Console, "progress">
): Promise<T> {
  const waiting = new Set(Object.keys(work));
  const stop = tellWaiting(() => [...waiting], say, console);
  const wait = async ([name, result]: readonly [string, unknown]) => {
    const value = await result;
    waiting.delete(name);
    return [name, value] as const;
  };
  try {
    return Object.fromEntries(await Promise.all(Object.entries(work).map(wait))) as T;
  } finally {
    stop();
  }
}

/** An error in words: its code where it has one, and its message. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const {code} = error as {code?: unknown};
  return typeof code === "string" && !error.message.startsWith(code) ? `${code}: ${error.message}` : error.message;
}

/** `86,400` */
export function formatCount(n: number): string {
  return n.toLocaleString("en-US");
}

function count(n: number, noun: string): string {
  return `${formatCount(n)} ${noun}${n === 1 ? "" : "s"}`;
}

function formatDuration(ms: number): string {
  return ms < 9_950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}
