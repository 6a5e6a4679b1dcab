import type {Dataset, Restatement} from "../../services/domain/dataset.js";
import type {EpochMs} from "../../services/domain/time.js";
import type {Lineage} from "../../services/snapshots/lineage.js";
import type {PullContext, Pulled} from "./pull.js";

/** What a lineage tells of a data set, but for the circumstances: when, how long, and by which code. */
export type Facts = Omit<Lineage, "checkedTime" | "takenTime" | "durationMs" | "loaderVersion">;

/** A data set after its pull, about to be written if it is another than the one that stands. */
export interface Candidate {
  readonly facts: Facts;
  /** The entry that stands; `undefined` for a first snapshot. */
  readonly held: Dataset | undefined;
  /** Whether the rows are those that stand. */
  readonly hasSameRows: boolean;
  readonly added: number;
  readonly started: EpochMs;
  /** What the source said in this pull, in plain words. */
  readonly notices: readonly string[];
  encode(lineage: Lineage): ArrayBuffer | Promise<ArrayBuffer>;
  /** Reads the file again before it is put in place, where it is of a kind that the store cannot read by itself. */
  readBack?(bytes: ArrayBuffer): Promise<unknown>;
}

/** Writes a data set if it, or anything that is known of it, is new. Else not a byte is touched. */
export async function commit(context: PullContext, candidate: Candidate): Promise<Pulled> {
  const {facts, held, hasSameRows, added, started, notices} = candidate;
  const result = {
    rows: facts.rows,
    added,
    gaps: facts.gaps.length,
    restated: facts.restatements.length - (held?.restatements.length ?? 0),
    warnings: [...new Set([...facts.warnings, ...notices])]
  };
  if (held !== undefined && hasSameRows && factsText(held) === factsText(facts)) return {...result, outcome: "same"};
  const now = context.now();
  const lineage: Lineage = {
    ...facts,
    loaderVersion: context.loaderVersion,
    durationMs: now - started,
    checkedTime: started,
    takenTime: held !== undefined && hasSameRows ? held.takenTime : started
  };
  await context.store.write(facts.id, await candidate.encode(lineage), candidate.readBack);
  return {...result, outcome: held === undefined ? "new" : added > 0 ? "grown" : "changed"};
}

const circumstances: readonly string[] = [
  "checkedTime",
  "takenTime",
  "durationMs",
  "loaderVersion",
  "sha256",
  "bytes"
] satisfies (keyof Dataset)[];

function factsText(facts: Facts): string {
  const told = Object.entries(facts).filter(([key, value]) => value !== undefined && !circumstances.includes(key));
  return JSON.stringify(told.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The name, kind and honesty of a source, as lineage tells them. */
export function originOf(
  {settings}: PullContext,
  source: string
): Pick<Lineage, "source" | "sourceKind" | "simulated"> {
  return {source, sourceKind: settings.sources[source]!.kind, simulated: settings.site.simulated};
}

/** What is noted where a history was taken anew on a person's word, so that it is never forgotten. */
export function takenAnew(
  stored: Dataset | undefined,
  {firstTime, lastTime, rows}: Pick<Facts, "firstTime" | "lastTime" | "rows">,
  seenAt: EpochMs
): readonly Restatement[] {
  if (stored === undefined || firstTime === null || lastTime === null) return [];
  return [{time: firstTime, until: lastTime, field: "all", was: stored.rows, is: rows, seenAt}];
}

/** How what a source said of its rows is kept apart from what was found in them. */
export function asNotice(warning: string): string {
  return `source: ${warning}`;
}

/** What the source said in earlier pulls of the same history. */
export function keptNotices(held: Dataset | undefined): readonly string[] {
  return held?.warnings.filter((warning) => warning.startsWith(asNotice(""))) ?? [];
}
