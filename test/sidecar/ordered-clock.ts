import type {SidecarEffects} from "../../services/sidecar/effects.js";

interface Task {
  readonly time: number;
  readonly run: () => void;
}

/**
 * A fast clock on which what is planned for a moment happens in exact order, and before any timer that is due later: on
 * a clock that runs 150 times as fast a timer's millisecond is longer than the ticks of a tape lie apart.
 */
export function orderedClock(base: SidecarEffects) {
  let tasks: Task[] = [];

  function flush(): void {
    while (tasks[0] && tasks[0].time <= base.now()) tasks.shift()!.run();
  }

  const afterDue = (task: () => void) => () => {
    flush();
    task();
  };
  const effects: SidecarEffects = {
    now: base.now,
    after: (delayMs, task) => base.after(delayMs, afterDue(task)),
    every: (periodMs, task) => base.every(periodMs, afterDue(task))
  };
  function at(time: number, run: () => void): () => void {
    const task = {time, run};
    tasks.splice(tasks.findLastIndex((other) => other.time <= time) + 1, 0, task);
    const cancel = base.after(Math.max(1, time - base.now()), flush);
    return () => {
      cancel();
      tasks = tasks.filter((other) => other !== task);
    };
  }
  return {effects, now: base.now, at};
}
