import {existsSync, readFileSync} from "node:fs";
import {join, resolve} from "node:path";

const root = resolve(process.env["TAPEBOOK_SHARED_DATA"] ?? "../shared/data");

/** Where a file of the shared reference data lies. */
export function sharedPath(name: string): string {
  return join(root, name);
}

/** Whether the shared reference data holds a file; says so on the console where it does not. */
export function hasShared(name: string): boolean {
  const isThere = existsSync(sharedPath(name));
  if (!isThere) console.warn(`skipped: no ${name} in the shared reference data (set TAPEBOOK_SHARED_DATA)`);
  return isThere;
}

export function readShared(name: string): string {
  return readFileSync(sharedPath(name), "utf8");
}

/** The rows of a comma-separated file of the shared reference data, cells as text. */
export function readSharedRows(name: string): string[][] {
  const lines = readShared(name).split(/\r?\n/);
  return lines.filter((line) => line !== "").map((line) => line.split(","));
}
