import {createHash} from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync
} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {type Identity, isReachable} from "./identity.js";

const prefix = "tapebook-cluster-";
const standsForFile = "stands-for";

/**
 * The folder in which the cluster's own folder lies: the one asked for, or, where the server's user could not walk to it
 * or we may not write in it, one of ours under the system's temporary folder, the same for the same question.
 *
 * @throws {Error} if someone else's folder stands at that temporary name
 */
export function placeFor(dir: string, identity: Identity | undefined): string {
  const wanted = resolve(dir);
  if (isWritable(wanted) && (identity === undefined || isReachable(realpathSync(wanted), identity)))
    return realpathSync(wanted);
  const own = process.getuid?.() ?? 0;
  const name = createHash("sha256").update(`${own}\0${wanted}`).digest("hex").slice(0, 16);
  const other = join(temporaryRoot(identity), `${prefix}${name}`);
  mkdirSync(other, {recursive: true, mode: 0o755});
  const stat = lstatSync(other);
  if (!stat.isDirectory() || stat.uid !== own) throw new Error(`not a folder of ours: ${other}; remove it`);
  writeFileSync(join(other, standsForFile), wanted, {mode: 0o600});
  return realpathSync(other);
}

/** Removes the folders that stood for others which are gone by now, unless a server runs in them. */
export function sweepPlaces(identity: Identity | undefined, isInUse: (place: string) => boolean): void {
  const root = temporaryRoot(identity);
  for (const name of readdirSync(root).filter((each) => each.startsWith(prefix))) {
    const place = join(root, name);
    const note = join(place, standsForFile);
    const isOurs = lstatSync(place).uid === (process.getuid?.() ?? 0) && existsSync(note);
    if (isOurs && !existsSync(readFileSync(note, "utf8")) && !isInUse(place))
      rmSync(place, {recursive: true, force: true});
  }
}

function isWritable(dir: string): boolean {
  try {
    mkdirSync(dir, {recursive: true});
    accessSync(dir, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The temporary folder that we can write in and the server's user can walk to. */
export function temporaryRoot(identity: Identity | undefined): string {
  for (const candidate of [tmpdir(), "/tmp", "/var/tmp"])
    if (isWritable(candidate) && (identity === undefined || isReachable(realpathSync(candidate), identity)))
      return realpathSync(candidate);
  throw new Error(`no temporary folder that another user can reach: ${tmpdir()}; set TMPDIR to one`);
}
