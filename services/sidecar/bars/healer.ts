import type {Bar} from "../../domain/bar.js";
import type {EpochMs} from "../../domain/time.js";
import type {SidecarEffects} from "../effects.js";

/** A stretch that ticks did not cover whole: start ≤ t < end, both on bar boundaries. */
export interface Hole {
  readonly start: EpochMs;
  readonly end: EpochMs;
}

/** Bars that opened in [start, end), as the source's history has them. */
export type PullBars = (start: EpochMs, end: EpochMs, signal: AbortSignal) => Promise<readonly Bar[]>;

/** What a healer works with. */
export interface HealerOptions {
  readonly pull: PullBars;
  /** When the bar that holds a moment begins; the moment itself where there is none. */
  readonly startOf: (time: EpochMs) => EpochMs;
  /** When the bar that holds a moment ends. */
  readonly endOf: (time: EpochMs) => EpochMs;
  /** Called with each answer's bars; a bar may come more than once. */
  readonly onBars: (bars: readonly Bar[]) => void;
  /** Called when a hole opens, closes, or an attempt fails (with the error). */
  readonly onChange: (error?: unknown) => void;
}

/** Fills holes from history, one at a time, and keeps at it. */
export interface Healer {
  fill(hole: Hole): void;
  /** Holes not filled yet. */
  holes(): readonly Hole[];
  stop(): void;
}

/** A venue's history gets its newest bar a little after the bar has closed. */
const HISTORY_DELAY_MS = 3_000;
/** A hole's last bar that history still lacks after this was never traded. */
const SETTLE_MS = 60_000;
const RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 120_000;

/**
 * A healer: asks history for each hole once it is past, again every 5 s until its last bar is there or a minute has
 * gone by without (then nothing was dealt in it), and after a failure at growing intervals up to 2 min, without end.
 */
export function createHealer({pull, startOf, endOf, onBars, onChange}: HealerOptions, effects: SidecarEffects): Healer {
  const stopping = new AbortController();
  let queue: readonly Hole[] = [];
  let failures = 0;
  let cancel: (() => void) | undefined;

  function schedule(delayMs: number): void {
    const [hole] = queue;
    if (hole === undefined || cancel !== undefined) return;
    const dueMs = hole.end + HISTORY_DELAY_MS - effects.now();
    cancel = effects.after(Math.max(0, delayMs, dueMs), () => {
      void attempt(hole).then((nextMs) => {
        cancel = undefined;
        if (!stopping.signal.aborted) schedule(nextMs);
      });
    });
  }

  /** @returns how long to wait before the next attempt, in milliseconds */
  async function attempt(hole: Hole): Promise<number> {
    try {
      const bars = (await pull(hole.start, hole.end, stopping.signal)).filter(({time}) => isIn(hole, time));
      if (stopping.signal.aborted) return 0;
      failures = 0;
      return take(hole, bars);
    } catch (error) {
      if (!stopping.signal.aborted) onChange(error);
      return Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** failures++);
    }
  }

  function take(hole: Hole, bars: readonly Bar[]): number {
    const isSettled = effects.now() >= hole.end + SETTLE_MS || bars.some(({time}) => endOf(time) >= hole.end);
    if (isSettled) queue = queue.filter((other) => other !== hole);
    onBars(bars);
    onChange();
    return isSettled ? 0 : RETRY_MS;
  }

  return {
    fill(hole) {
      if (!(hole.end > hole.start)) return;
      const cut = hole.end <= effects.now() ? hole.end : Math.max(hole.start, startOf(effects.now()));
      if (cut > hole.start) queue = joined(queue, {start: hole.start, end: cut}); // need not wait for what is not over
      if (hole.end > cut) queue = [...queue, {start: cut, end: hole.end}];
      schedule(0);
      onChange();
    },
    holes: () => queue,
    stop() {
      stopping.abort();
      cancel?.();
    }
  };
}

/** A hole that goes on from the last one joins it, unless that is the first, which may be being asked for. */
function joined(queue: readonly Hole[], hole: Hole): readonly Hole[] {
  const last = queue.at(-1);
  const isNext = queue.length > 1 && last!.end === hole.start;
  return isNext ? [...queue.slice(0, -1), {start: last!.start, end: hole.end}] : [...queue, hole];
}

function isIn({start, end}: Hole, time: EpochMs): boolean {
  return start <= time && time < end;
}
