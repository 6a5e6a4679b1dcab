/** Runs a task when asked, but not too often. */
export interface Pacer {
  request(): void;
  stop(): void;
}

/**
 * A pacer: the first request after a rest runs the task as soon as what is going on now is over; those within *restMs*
 * after a run wait for its end, and are one. So nothing waits longer than *restMs*, and what comes singly does not wait.
 *
 * @param after a timer; a delay of 0 means at once, after the present turn
 */
export function createPacer(
  task: () => void,
  restMs: number,
  after: (delayMs: number, task: () => void) => () => void
): Pacer {
  let cancel: (() => void) | undefined;
  let isWanted = false;

  function run(): void {
    isWanted = false;
    cancel = after(restMs, endRest);
    task();
  }

  function endRest(): void {
    cancel = undefined;
    if (isWanted) run();
  }

  return {
    request() {
      isWanted = true;
      cancel ??= after(0, endRest);
    },
    stop() {
      cancel?.();
      cancel = () => {};
    }
  };
}
