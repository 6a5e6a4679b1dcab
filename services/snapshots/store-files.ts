import {createHash} from "node:crypto";
import {mkdir, open, readdir, readFile, rename, rm} from "node:fs/promises";
import {basename, dirname, join, relative, sep} from "node:path";

const tempName = /^\..+\.\d+-\d+\.tmp$/;
let temps = 0;

/**
 * Writes a file whole or not at all: to a temporary file in the same folder, flushed to the disk, then renamed over the
 * old one, and the folder flushed. Interrupted at any byte, the file that stood still stands.
 */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const folder = dirname(path);
  const created = await mkdir(folder, {recursive: true});
  const temp = join(folder, `.${basename(path)}.${process.pid}-${++temps}.tmp`);
  try {
    const file = await open(temp, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temp, path);
  } catch (error) {
    await rm(temp, {force: true});
    throw error;
  }
  await syncFolder(folder);
  if (created !== undefined) await syncFolder(dirname(created));
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return; // a folder cannot be opened there, and NTFS journals names
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** What a writer that was killed left behind, removed. Call it under the store's lock only. */
export async function removeTemps(root: string): Promise<string[]> {
  const left = (await listFiles(root)).filter((file) => tempName.test(basename(file)));
  await Promise.all(left.map((file) => rm(join(root, file), {force: true})));
  return left;
}

/** The files below a folder, as paths with `/` relative to it, in order; none where there is no folder. */
export async function listFiles(root: string): Promise<string[]> {
  const entries = await readdir(root, {recursive: true, withFileTypes: true}).catch(ignoreMissing);
  const files = (entries ?? []).filter((entry) => entry.isFile());
  return files.map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/")).sort();
}

/** A file's bytes in a buffer of their own, or `undefined` where there is no such file. */
export async function readWhole(path: string): Promise<ArrayBuffer | undefined> {
  const bytes = await readFile(path).catch(ignoreMissing);
  return bytes === undefined ? undefined : new Uint8Array(bytes).buffer;
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

/** SHA-256 in hexadecimal. */
export function sha256(content: ArrayBuffer | Uint8Array | string): string {
  const data = content instanceof ArrayBuffer ? new Uint8Array(content) : content;
  return createHash("sha256").update(data).digest("hex");
}
