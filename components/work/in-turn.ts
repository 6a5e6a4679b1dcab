let last: Promise<unknown> = Promise.resolve();

/**
 * What *draw* gives, in a turn of its own: of all that a page asks for at once, one is done at a time, in the order
 * asked, and between two the browser may paint and answer its reader. A failure fails only its own. What *draw* waits
 * for must not need a turn itself, as a task does where there is no worker: it would come after this one, and never.
 *
 * @param stale a cell's `invalidation`: what is no longer wanted when its turn comes is not drawn, and never resolves
 */
export function inTurn<T>(draw: () => T | Promise<T>, stale?: Promise<unknown>): Promise<T> {
  let isStale = false;
  void stale?.then(() => (isStale = true));
  const turn = last.then(() => (isStale ? undefined : pause()));
  const own = turn.then(() => (isStale ? undefined : draw()));
  last = own.then(ignore, ignore);
  return own.then((drawn) => (isStale ? new Promise<never>(ignore) : (drawn as T)));
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function ignore(): void {}
