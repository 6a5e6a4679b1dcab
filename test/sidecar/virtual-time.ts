import type {SidecarEffects} from "../../services/sidecar/effects.js";

interface Task {
  readonly time: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that moves only when told to, with timers on it; `chance` is the caller's. */
export function createVirtualTime(start: number) {
  let now = start;
  let order = 0;
  let tasks: Task[] = [];

  function at(time: number, run: () => void): () => void {
    const task = {time: Math.max(time, now), order: order++, run};
    tasks.push(task);
    return () => {
      tasks = tasks.filter((other) => other !== task);
    };
  }

  function every(periodMs: number, run: () => void): () => void {
    let cancel = at(now + periodMs, repeat);
    function repeat(): void {
      cancel = at(now + periodMs, repeat);
      run();
    }
    return () => cancel();
  }

  /** Runs everything due until *end*, letting promises settle after each task. */
  async function runUntil(end: number): Promise<void> {
    for (;;) {
      const next = tasks.reduce<Task | undefined>((first, task) => (isBefore(task, first) ? task : first), undefined);
      if (!next || next.time > end) break;
      tasks.splice(tasks.indexOf(next), 1);
      now = next.time;
      next.run();
      for (let i = 0; i < 8; ++i) await Promise.resolve();
    }
    now = end;
  }

  const effects: SidecarEffects = {now: () => now, after: (delayMs, run) => at(now + delayMs, run), every};
  return {effects, at, runUntil, now: () => now};
}

function isBefore(task: Task, other: Task | undefined): boolean {
  return other === undefined || task.time < other.time || (task.time === other.time && task.order < other.order);
}
