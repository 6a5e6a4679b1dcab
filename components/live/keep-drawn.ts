/** When to draw again. */
export interface KeepDrawnOptions {
  /** Tells of each change; answers with what stops it. */
  readonly listen: (changed: () => void) => () => void;
  readonly draw: () => void;
  /** Between two drawings, at the least; default 100 ms. */
  readonly atLeastMs?: number;
  /** Between two drawings, at the most, so that ages go on without a change; default 1 s. */
  readonly atMostMs?: number;
}

/**
 * Draws now, at a change as soon as the last drawing is long enough ago, and from time to time; many changes in one
 * moment are one drawing, and a hidden page draws nothing until it is seen again.
 *
 * @returns a function that ends it
 */
export function keepDrawn({listen, draw, atLeastMs = 100, atMostMs = 1_000}: KeepDrawnOptions): () => void {
  let due: ReturnType<typeof setTimeout> | undefined;
  let isSoon = false;
  let drawnMs = -Infinity;
  const ending = new AbortController();

  function drawDue(): void {
    clearTimeout(due); // a change may have come before it was due
    isSoon = false;
    if (document.hidden) return;
    drawnMs = performance.now();
    due = setTimeout(drawDue, atMostMs); // before drawing, which may itself bring a change
    draw();
  }

  const unlisten = listen(() => {
    if (isSoon || document.hidden) return;
    isSoon = true;
    clearTimeout(due);
    due = setTimeout(drawDue, Math.max(0, drawnMs + atLeastMs - performance.now()));
  });
  document.addEventListener("visibilitychange", drawDue, {signal: ending.signal});
  drawDue();
  return () => {
    ending.abort();
    unlisten();
    clearTimeout(due);
  };
}
