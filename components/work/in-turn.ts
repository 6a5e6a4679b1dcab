let last: Promise<unknown> = Promise.resolve();

/**
 * What *draw* gives, in a turn of its own: of all that a page asks for at once, one is done at a time, in the order
 * asked, and between two the browser may paint and answer its reader. A failure fails only its own.
 */
export function inTurn<T>(draw: () => T | Promise<T>): Promise<T> {
  const own = last.then(pause).then(draw);
  last = own.then(ignore, ignore);
  return own;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function ignore(): void {}
