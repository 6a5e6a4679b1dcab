import {readFile, stat} from "node:fs/promises";
import {basename, join} from "node:path";
import {escapePath, glob} from "tinyglobby";
import {SourceError} from "../../domain/source-error.js";
import {decodeText} from "./decode-text.js";

const MAX_BYTES = 256 * 2 ** 20;
const tailCharacters = 16_384;
const fewestRows = 5;

/** A text file of a source's folder; `name` is relative to the folder. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** Puts what is asked in the place of `{symbol}` and `{timeframe}`, as plain text and not as a pattern. */
export function fillPattern(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replace(/\{(symbol|timeframe)\}/g, (whole, key: string) => {
    const value = values[key];
    return value === undefined ? whole : escapePath(value);
  });
}

/**
 * Files below a folder that match any pattern, in order of name.
 *
 * @throws {SourceError} SOURCE_UNAVAILABLE if there is no such folder, or no file matches
 */
export async function findFiles(folder: string, patterns: readonly string[]): Promise<string[]> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false
  );
  if (!isFolder)
    throw new SourceError("SOURCE_UNAVAILABLE", `no such folder: ${folder}; correct \`folder\` in settings`);
  const outside = patterns.find(
    (pattern) => pattern.split(/[\\/]/).includes("..") || /^([\\/]|[A-Za-z]:)/.test(pattern)
  );
  if (outside !== undefined) throw new SourceError("SOURCE_REFUSED", `pattern leaves its folder: ${outside}`);
  const found = await glob([...patterns], {cwd: folder, onlyFiles: true, caseSensitiveMatch: false});
  if (found.length > 0) return found.sort();
  throw new SourceError("SOURCE_UNAVAILABLE", `no file in ${basename(folder)} matches ${patterns.join(" or ")}`);
}

/**
 * A file's text, whatever its encoding.
 *
 * @throws {SourceError} SOURCE_UNAVAILABLE if it cannot be read, SOURCE_BAD_DATA if it is no text or too large
 */
export async function readTextFile(folder: string, name: string): Promise<TextFile> {
  try {
    const {size} = await stat(join(folder, name));
    if (!(size <= MAX_BYTES))
      throw new SourceError("SOURCE_BAD_DATA", `${name}: ${size} bytes; split it into files below ${MAX_BYTES}`);
    return {name, text: decodeText(await readFile(join(folder, name)), name)};
  } catch (cause) {
    if (cause instanceof SourceError) throw cause;
    const {code = "unknown"} = cause as NodeJS.ErrnoException;
    throw new SourceError("SOURCE_UNAVAILABLE", `${name}: cannot be read: ${code}`, {cause});
  }
}

/**
 * A word about a file that may have been cut within its last number, where nothing else can show it: no line end, and the
 * last row shorter than all of those before it (at least five, up to a hundred). A row cut earlier lacks a field, and is refused.
 */
export function cutShortWarning(file: string, text: string): string[] {
  if (/[\r\n]$/.test(text)) return [];
  const [last = "", ...before] = text
    .slice(-tailCharacters)
    .split(/[\r\n]+/)
    .reverse();
  const rows = before.slice(0, 100).filter((line) => /^\d/.test(line));
  if (text.length > tailCharacters) rows.pop(); // perhaps a part of one
  const isShort = rows.length >= fewestRows && rows.every((line) => line.length > last.length);
  return isShort
    ? [`${file}: the last row is shorter than the others and has no line end; was the file copied whole?`]
    : [];
}
