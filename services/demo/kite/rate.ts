/** Requests a second that Kite allows, by kind of route. */
const requestLimits = {quote: 1, historical: 3, other: 10} as const;

/** A kind of route with a limit of its own. */
export type RequestKind = keyof typeof requestLimits;

const windowMs = 1_000;

/** Counts requests; `allows` is false for one too many within a second. One beyond the limit is let through, for jitter. */
export function createRateLimit(clock: () => number = () => performance.now()) {
  const recent: Record<RequestKind, number[]> = {quote: [], historical: [], other: []};
  return {
    allows(kind: RequestKind): boolean {
      const now = clock();
      recent[kind] = recent[kind].filter((time) => now - time < windowMs);
      if (recent[kind].length > requestLimits[kind]) return false;
      recent[kind].push(now);
      return true;
    }
  };
}

/** The kind of route of a path. */
export function requestKind(path: string): RequestKind {
  if (path.startsWith("/instruments/historical")) return "historical";
  return path.startsWith("/quote") ? "quote" : "other";
}
