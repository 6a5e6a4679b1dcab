import {mkdirSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {dirname} from "node:path";

/** The usual name of a page's file: `markets-EURUSD.html`; the first page is `index`. */
export function outputName(path: string, extension: string): string {
  const name = path.split("/").filter((part) => part !== "");
  return `${name.join("-") || "index"}.${extension}`;
}

/** Writes a file whole or not at all. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), {recursive: true});
  const temporary = `${path}.${process.pid}.part`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, {force: true});
  }
}
