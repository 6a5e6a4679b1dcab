import {type Random, scaledBelow} from "./random.js";

/** Rows of sessions, one session after another: where each ends in *rows*. */
export interface SessionRows {
  readonly rows: readonly number[];
  readonly ends: Uint32Array;
}

/** Rows grouped by session, of those sessions that *isKept* takes. */
export function groupSessions(sessions: ArrayLike<number>, isKept: (rows: readonly number[]) => boolean): SessionRows {
  const rowsOf = new Map<number, number[]>();
  for (let i = 0; i < sessions.length; ++i) {
    const rows = rowsOf.get(sessions[i]!);
    if (rows) rows.push(i);
    else rowsOf.set(sessions[i]!, [i]);
  }
  const kept = [...rowsOf.values()].filter(isKept);
  let end = 0;
  const ends = Uint32Array.from(kept, ({length}) => {
    end += length;
    return end;
  });
  return {rows: kept.flat(), ends};
}

/** The values of the rows, each less its session's mean. */
export function centreWithin(values: ArrayLike<number>, {rows, ends}: SessionRows): Float64Array {
  const centred = Float64Array.from(rows, (row) => values[row]!);
  let start = 0;
  for (const end of ends) {
    const own = centred.subarray(start, end);
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    for (let i = 0; i < own.length; ++i) own[i]! -= mean;
    start = end;
  }
  return centred;
}

/**
 * Fisher and Yates's shuffle of each session's stretch, in place, again and again.
 *
 * @param items one session after another, as *ends* parts them
 */
export function createShuffle(items: Uint8Array | Float64Array, ends: Uint32Array, random: Random): () => void {
  const bits = new Uint32Array(Math.max(0, items.length - ends.length)); // a session's first item is never drawn
  return () => {
    random.fill(bits);
    let [start, draw] = [0, 0];
    for (let session = 0; session < ends.length; ++session) {
      const end = ends[session]!;
      for (let last = end - 1; last > start; --last) {
        const other = start + scaledBelow(bits[draw++]!, last - start + 1);
        const held = items[last]!;
        items[last] = items[other]!;
        items[other] = held;
      }
      start = end;
    }
  };
}
