import {SourceError} from "../domain/source-error.js";
import {MINUTE_MS} from "../domain/time.js";

/** A range of bars to be fetched in chunks, which grow while nothing comes; all times on one clock, in milliseconds. */
export interface BarRangeRequest {
  /** Range asked for, start ≤ time < end, on the clock of the rows. */
  readonly start: number;
  readonly end: number;
  /** The shortest time between two bars. */
  readonly barMs: number;
  /** What is asked for at once. */
  readonly chunkMs: number;
  /** What a chunk may grow to while nothing comes: history before the first bar is passed over quickly. */
  readonly maxChunkMs: number;
  /** Names what is asked, for messages. */
  readonly name: string;
  /** By how much at most the source takes a range for an earlier one. */
  readonly mostEarlyMs?: number; // 0
}

const MAX_REQUESTS = 20_000;

type Ask<Row> = (from: number, to: number) => Promise<Row[]>;

/**
 * All bars of a range from a source that may cut any answer short, at either end, without saying so. Each stretch in
 * which nothing came is asked for again by itself: it counts as empty only when the source says so.
 *
 * @param fetch asks for bars with start ≤ time < end; more than that is passed over
 * @throws {SourceError} SOURCE_SHORT_RANGE if the answers do not come to an end
 */
export async function fetchBarRange<Row extends {readonly time: number}>(
  fetch: (start: number, end: number) => Promise<readonly Row[]>,
  {start, end, barMs, chunkMs, maxChunkMs, name, mostEarlyMs = 0}: BarRangeRequest
): Promise<Row[]> {
  let requests = 0;
  const ask: Ask<Row> = async (from, to) => {
    if (++requests > MAX_REQUESTS)
      throw new SourceError("SOURCE_SHORT_RANGE", `${name}: incomplete after ${MAX_REQUESTS} requests; ask for less`);
    const rows = await fetch(from, to);
    return rows.filter(({time}) => time >= from && time < to).sort((a, b) => a.time - b.time);
  };
  const chunks: Row[][] = [];
  let length = chunkMs;
  for (let from = start; from < end; ) {
    const to = Math.min(from + length, end);
    const rows = await ask(from, to);
    const [first] = rows;
    if (first !== undefined) chunks.push(...(await fetchAll(ask, from, first.time, {barMs, mostEarlyMs})), rows);
    length = first === undefined ? Math.min(length * 2, maxChunkMs) : chunkMs;
    from = first === undefined ? to : rows.at(-1)!.time + barMs;
  }
  return chunks.flat();
}

/** A stretch before a bar that is there, in as many answers as it takes; empty once an answer is. */
async function fetchAll<Row extends {readonly time: number}>(
  ask: Ask<Row>,
  from: number,
  to: number,
  source: {readonly barMs: number; readonly mostEarlyMs: number}
): Promise<Row[][]> {
  const {barMs, mostEarlyMs} = source;
  if (!(to - from >= barMs)) return [];
  const found = await ask(from, to);
  const rows = found.length === 0 && mostEarlyMs > 0 ? await askBeyond(ask, from, to, source) : found;
  const [first] = rows;
  if (first === undefined) return [];
  const before = await fetchAll(ask, from, first.time, source);
  return [...before, rows, ...(await fetchAll(ask, rows.at(-1)!.time + barMs, to, source))];
}

/** What comes before the bar at *to*, of the first answer that holds that bar: any other is of an earlier range. */
async function askBeyond<Row extends {readonly time: number}>(
  ask: Ask<Row>,
  from: number,
  to: number,
  {barMs, mostEarlyMs}: {readonly barMs: number; readonly mostEarlyMs: number}
): Promise<Row[]> {
  for (let until = to + barMs; until <= to + barMs + mostEarlyMs; until += 15 * MINUTE_MS) {
    const rows = await ask(from, until);
    if (rows.some(({time}) => time === to)) return rows.filter(({time}) => time < to);
  }
  return [];
}
