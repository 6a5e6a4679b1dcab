import {lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync} from "node:fs";
import {dirname, join, relative, resolve} from "node:path";

/** The rooms a page may enter, mounted inside the source root under their own names. */
export const mountedRooms = [
  "components",
  "data",
  "loaders",
  "services/analytics",
  "services/domain",
  "services/snapshots"
] as const;

/**
 * Mounts rooms inside Framework's source root, so that one relative path means the same file to Framework,
 * TypeScript, Node and the test runner. A link that is right is left alone, also one that another process makes at the
 * same moment: the configuration is read by several at once. Junctions need no rights on Windows.
 *
 * @throws {Error} if a real file or folder stands where a link belongs
 */
export function mountRooms(root: string, rooms: readonly string[] = mountedRooms): void {
  for (const room of rooms) mountRoom(join(root, room), resolve(room));
}

function mountRoom(at: string, target: string): void {
  mkdirSync(dirname(at), {recursive: true});
  if (leadsTo(at, target)) return;
  rmSync(at, {force: true});
  try {
    symlinkSync(process.platform === "win32" ? target : relative(resolve(dirname(at)), target), at, "junction");
  } catch (error) {
    if (!leadsTo(at, target)) throw error;
  }
}

function leadsTo(at: string, target: string): boolean {
  const stat = lstatSync(at, {throwIfNoEntry: false});
  if (stat && !stat.isSymbolicLink()) throw new Error(`${at} exists and is not a link to ${target}`);
  return stat !== undefined && resolve(dirname(at), readlinkSync(at)) === target;
}
