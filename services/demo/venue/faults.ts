/** What a simulated venue can be told to do wrong. */
const faultKinds = [
  "dead-token", // every request is refused as unauthorised
  "unavailable", // 503
  "slow", // answers after delayMs
  "short-range", // at most *rows* rows, without saying so
  "wrong-clock", // times are off by *hours*
  "broken-reply", // a reply that ends in the middle
  "rate-limit", // 429
  "mute", // sockets stay connected and say nothing
  "mute-data", // sockets send heartbeats and no data
  "close" // sockets are closed
] as const;

/** The name of a fault, as a test sends it. */
export type FaultKind = (typeof faultKinds)[number];

/** One fault, for ever or for so many requests. */
export interface Fault {
  readonly kind: FaultKind;
  /** Requests it is for; for ever by default. */
  readonly count?: number;
  readonly delayMs?: number;
  readonly rows?: number;
  readonly hours?: number;
  /** Requests whose path begins so; all by default. */
  readonly path?: string;
}

/** The faults of a venue now. */
export interface Faults {
  set(fault: Fault): void;
  /** Ends one fault, or all. */
  clear(kind?: FaultKind): void;
  /** Whether a fault is set, without meeting it. */
  has(kind: FaultKind): boolean;
  /** The fault of a kind that a request meets, counted as met. */
  meet(kind: FaultKind, path: string): Fault | undefined;
  list(): readonly Fault[];
}

/** A venue without faults, until it is told. */
export function createFaults(): Faults {
  const active = new Map<FaultKind, Fault & {left: number}>();
  return {
    set: (fault) => void active.set(fault.kind, {...fault, left: fault.count ?? Infinity}),
    clear: (kind) => void (kind === undefined ? active.clear() : active.delete(kind)),
    has: (kind) => active.has(kind),
    meet(kind, path) {
      const fault = active.get(kind);
      if (!fault || !path.startsWith(fault.path ?? "")) return undefined;
      fault.left -= 1;
      if (fault.left <= 0) active.delete(kind);
      return fault;
    },
    list: () => [...active.values()].map(({left, ...fault}) => fault)
  };
}

/**
 * A fault from what a test sent: `{"kind": "slow", "delayMs": 500, "count": 2}`.
 *
 * @throws {RangeError} if it is not one
 */
export function parseFault(body: unknown): Fault | "none" {
  const {kind, path, ...rest} = (body ?? {}) as Record<string, unknown>;
  if (kind === "none") return "none";
  const known = faultKinds.find((each) => each === kind);
  if (known === undefined) throw new RangeError(`unknown fault: ${kind}; one of ${faultKinds.join(", ")}, none`);
  const fault: Record<string, unknown> = {kind: known};
  if (typeof path === "string") fault["path"] = path;
  for (const name of ["count", "delayMs", "rows", "hours"]) {
    const value = rest[name];
    if (value === undefined) continue;
    if (!(typeof value === "number" && Number.isFinite(value))) throw new RangeError(`invalid ${name}: ${value}`);
    fault[name] = value;
  }
  return fault as unknown as Fault;
}
