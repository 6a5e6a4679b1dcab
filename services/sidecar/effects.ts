import type {EpochMs} from "../domain/time.js";

/** Clock and timers of the sidecar; a timer's function cancels it, and a delay of 0 is the end of the present turn. */
export interface SidecarEffects {
  now(): EpochMs;
  after(delayMs: number, task: () => void): () => void;
  every(periodMs: number, task: () => void): () => void;
}

/**
 * The machine's clock and timers, the clock ahead by *nowShiftMs*, so that a demo can play at another time of day.
 */
export function systemEffects(nowShiftMs = 0): SidecarEffects {
  return {
    now: () => Date.now() + nowShiftMs,
    after(delayMs, task) {
      if (delayMs === 0) {
        const soon = setImmediate(task);
        return () => clearImmediate(soon);
      }
      const timer = setTimeout(task, delayMs);
      return () => clearTimeout(timer);
    },
    every(periodMs, task) {
      const timer = setInterval(task, periodMs);
      return () => clearInterval(timer);
    }
  };
}

/** The clock and timers of a tape that begins at a moment and plays so many times as fast as it was recorded. */
export function tapeEffects({start, speed}: {readonly start: EpochMs; readonly speed: number}): SidecarEffects {
  const begun = performance.now();
  const {after, every} = systemEffects();
  return {
    now: () => Math.floor(start + (performance.now() - begun) * speed),
    after: (delayMs, task) => after(delayMs === 0 ? 0 : Math.max(1, delayMs / speed), task),
    every: (periodMs, task) => every(Math.max(5, periodMs / speed), task)
  };
}

/** Waiting on a clock; rejects with the signal's reason when that is aborted. */
export function sleepOn({after}: SidecarEffects): (ms: number, signal?: AbortSignal) => Promise<void> {
  return (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return void reject(signal.reason);
      const stop = () => {
        cancel();
        reject(signal?.reason);
      };
      const cancel = after(Math.max(1, ms), () => {
        signal?.removeEventListener("abort", stop);
        resolve();
      });
      signal?.addEventListener("abort", stop, {once: true});
    });
}
