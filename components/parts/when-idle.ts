/** When the page has nothing more pressing to do, or has had none of it for a second; at once where that cannot be told. */
export function whenIdle(): Promise<void> {
  if (typeof requestIdleCallback === "undefined") return Promise.resolve();
  return new Promise((resolve) => requestIdleCallback(() => resolve(), {timeout: 1_000}));
}
