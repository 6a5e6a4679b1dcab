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

/** A hole, and from when on history is asked for it. */
interface Waiting extends Hole {
  due: EpochMs;
}

/** A venue's history gets its newest bar a little after the bar has closed. */
const HISTORY_DELAY_MS = 3_000;
/** A hole's last bar that history still lacks after this was never traded. */
const SETTLE_MS = 60_000;
const RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 120_000;

/**
 * A healer: asks history for each hole once it is past, again every 5 s until its last bar is there or a minute has
 * gone by without (then nothing was dealt in it), and after a failure at growing intervals up to 2 min, without end. A
 * hole that is not past yet is asked for bar by bar, each as it is over.
 */
export function createHealer({pull, startOf, endOf, onBars, onChange}: HealerOptions, effects: SidecarEffects): Healer {
  const stopping = new AbortController();
  let queue: readonly Waiting[] = [];
  let failures = 0;
  let asked: Waiting | undefined;
  let cancel: (() => void) | undefined;

  function schedule(): void {
    if (asked !== undefined || queue.length === 0 || stopping.signal.aborted) return;
    cancel?.();
    const next = queue.reduce((first, each) => (each.due < first.due ? each : first));
    cancel = effects.after(Math.max(0, next.due - effects.now()), () => {
      asked = next;
      void attempt(next).then(() => {
        asked = undefined;
        schedule();
      });
    });
  }

  async function attempt(hole: Waiting): Promise<void> {
    try {
      const bars = (await pull(hole.start, hole.end, stopping.signal)).filter(({time}) => isIn(hole, time));
      if (stopping.signal.aborted) return;
      failures = 0;
      take(hole, bars);
    } catch (error) {
      if (stopping.signal.aborted) return;
      const later = effects.now() + Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** failures++);
      for (const each of queue) each.due = Math.max(each.due, later);
      onChange(error);
    }
  }

  function take(hole: Waiting, bars: readonly Bar[]): void {
    const isSettled = effects.now() >= hole.end + SETTLE_MS || bars.some(({time}) => endOf(time) >= hole.end);
    if (isSettled) queue = queue.filter((other) => other !== hole);
    else hole.due = effects.now() + RETRY_MS;
    onBars(bars);
    onChange();
  }

  function add(hole: Hole): void {
    const last = queue.at(-1);
    const due = Math.max(effects.now(), hole.end + HISTORY_DELAY_MS);
    if (last === undefined || last === asked || last.end !== hole.start || hole.end > effects.now())
      queue = [...queue, {...hole, due}];
    else queue = [...queue.slice(0, -1), {start: last.start, end: hole.end, due: Math.max(last.due, due)}];
  }

  return {
    fill({start, end}) {
      if (!(end > start)) return;
      const past = end <= effects.now() ? end : Math.max(start, startOf(effects.now()));
      if (past > start) add({start, end: past});
      for (let from = past; from < end; ) {
        const next = endOf(from) > from ? Math.min(end, endOf(from)) : end;
        add({start: from, end: next});
        from = next;
      }
      schedule();
      onChange();
    },
    holes: () => queue,
    stop() {
      stopping.abort();
      cancel?.();
    }
  };
}

function isIn({start, end}: Hole, time: EpochMs): boolean {
  return start <= time && time < end;
}
