/** A goal: what one run of ours may cost, as a multiple of a peer or a limit measured in the same run. */
export interface Row {
  /** What was measured, as in `docs/operations.md`. */
  readonly path: string;
  readonly unit: string;
  readonly ours: number;
  /** What stands beside it, and its figure in the same unit. */
  readonly peer: string;
  readonly theirs: number;
  readonly ratio: number;
  readonly goal: string;
  readonly isMet: boolean;
  readonly rounds: number;
}

export interface Bench {
  readonly name: string;
  run(): Promise<readonly Row[]>;
  /** Throws unless ours and the peer do the same work; on little data, so that the tests can ask it too. */
  check?(): void | Promise<void>;
}

/** What a row says, and its goal. */
interface Terms {
  readonly path: string;
  readonly unit: string;
  readonly peer: string;
  /** What was measured to the unit shown: of milliseconds, 1e6 / n makes nanoseconds an item. */
  readonly per?: number;
  /** `least`: ours must be at least this many times as fast; `most`: may cost at most this many times as much. */
  readonly least?: number;
  readonly most?: number;
}

interface Pair extends Omit<Terms, "per"> {
  readonly perMs?: number;
  readonly ours: () => unknown;
  readonly theirs: () => unknown;
  /** What theirs stands for, as a multiple of the time it takes: a limit that was measured beside it elsewhere. */
  readonly standsFor?: number;
  readonly rounds?: number;
  /** Calls before each that is timed, so that it does not pay for what the other way left in memory; default 0. */
  readonly warmups?: number;
  /** `cpu`: this process's own time, which other programs do not add to; for work that no one else shares. */
  readonly clock?: "wall" | "cpu";
}

/** Times two ways in turn, A B A B …, after one round that is not counted; the ratio is the median of the pairs'. */
export async function compare({
  ours,
  theirs,
  standsFor = 1,
  rounds = 7,
  warmups = 0,
  clock = "wall",
  ...pair
}: Pair): Promise<Row> {
  const time = clock === "wall" ? timeMs : cpuMs;
  const timeWarm = async (work: () => unknown) => {
    for (let i = 0; i < warmups; ++i) await work();
    return time(work);
  };
  const [a, b]: [number[], number[]] = [[], []];
  for (let i = 0; i <= rounds; ++i) {
    const mine = await timeWarm(ours);
    const other = await timeWarm(theirs);
    if (i > 0) a.push(mine);
    if (i > 0) b.push(other * standsFor);
  }
  return toRow(a, b, {...pair, per: pair.perMs ?? 1});
}

/** The row of paired measures, round by round; a limit that was not measured is the same every round. */
export function toRow(
  ours: readonly number[],
  theirs: readonly number[],
  {path, unit, peer, per = 1, least, most}: Terms
): Row {
  const cost = median(ours.map((mine, i) => (mine === theirs[i] ? 1 : mine / theirs[i]!)));
  const ratio = least === undefined ? cost : 1 / cost;
  const bound = most === undefined ? "–" : `≤ ${most} ×`;
  const goal = least === undefined ? bound : `≥ ${least} × as fast`;
  const isMet = least === undefined ? ratio <= (most ?? Infinity) : ratio >= least;
  const figures = {ours: median(ours) * per, theirs: median(theirs) * per, ratio};
  return {path, unit, ...figures, peer, goal, isMet, rounds: ours.length};
}

/** Wall time of one call, in milliseconds. */
export async function timeMs(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Processor time of one call in milliseconds, all threads of this process together. */
export async function cpuMs(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const {user, system} = process.cpuUsage(start);
  return (user + system) / 1e3;
}

/** The middle value; the mean of the two middle ones for an even count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
