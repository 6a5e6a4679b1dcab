import {SourceError} from "../../services/domain/source-error.js";

/** What a parser gave, or the error it refused with; anything but a SourceError is a crash and goes on. */
export function attempt<T>(parse: () => T): {readonly value: T} | {readonly error: SourceError} {
  try {
    return {value: parse()};
  } catch (error) {
    if (error instanceof SourceError) return {error};
    throw error;
  }
}

/** Every number within a value that is NaN or infinite. */
export function oddNumbers(value: unknown): number[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(oddNumbers);
}

/** The value with its n-th part, counted through, replaced. */
export function replacePart(root: unknown, n: number, value: unknown): unknown {
  const paths: (string | number)[][] = [];
  const walk = (node: unknown, path: (string | number)[]) => {
    paths.push(path);
    if (node !== null && typeof node === "object")
      for (const [key, child] of Object.entries(node)) walk(child, [...path, key]);
  };
  walk(root, []);
  const path = paths[n % paths.length]!;
  if (path.length === 0) return value;
  const copy = structuredClone(root) as Record<string | number, unknown>;
  let node = copy;
  for (const key of path.slice(0, -1)) node = node[key] as Record<string | number, unknown>;
  node[path.at(-1)!] = value;
  return copy;
}
