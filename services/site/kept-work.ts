import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";

/**
 * Work that is kept beside the packages that it was done for, and goes with them. Whatever stands here can be made
 * anew, and where nothing can be written nothing is kept.
 */
const folder = join("node_modules", ".cache", "tapebook");

/** @returns the text kept under *name*, if any */
export function keptText(name: string): string | undefined {
  const file = join(folder, name);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Keeps a text in place of that of the same name. */
export function keepText(name: string, text: string): void {
  attempt(name, (partial) => writeFileSync(partial, text));
}

/** Copies a kept folder to where it is wanted. @returns whether there was one */
export function takeFolder(name: string, to: string): boolean {
  try {
    cpSync(join(folder, name), to, {recursive: true});
    return true;
  } catch {
    rmSync(to, {recursive: true, force: true});
    return false;
  }
}

/** Keeps a copy of a folder as *kind*`-`*version*, in place of every other version of that kind. */
export function keepFolder(kind: string, version: string, from: string): void {
  attempt(`${kind}-${version}`, (partial) => {
    cpSync(from, partial, {recursive: true});
    const others = readdirSync(folder).filter((name) => name.startsWith(`${kind}-`) && !partial.endsWith(name));
    for (const name of others) rmSync(join(folder, name), {recursive: true});
  });
}

/** Whole or not at all. */
function attempt(name: string, write: (partial: string) => void): void {
  const partial = join(folder, `.${process.pid}-${name}`);
  try {
    mkdirSync(folder, {recursive: true});
    write(partial);
    renameSync(partial, join(folder, name));
  } catch {
    rmSync(partial, {recursive: true, force: true});
  }
}
