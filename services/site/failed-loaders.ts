import {dirname, join} from "node:path/posix";
import {stripVTControlCharacters} from "node:util";
import type {PageFault} from "./check-site.js";
import {type PageModule, pageTexts, writePageModules} from "./page-modules.js";

/** A loader that failed while a site was built: what it was to make, and what it said. */
export interface FailedLoader {
  readonly output: string;
  readonly message: string;
}

/**
 * The loaders that failed, from what Framework's build says: `load /loaders/a.json → [missing] loaders/a.json.ts: why`,
 * with any lines between, then `error in 9ms`.
 */
export function findFailedLoaders(said: string): FailedLoader[] {
  const plain = stripVTControlCharacters(said);
  const failed = /load \/(loaders\/\S+) → (?:\[[\w ]+\] )?((?:(?! → )[\s\S])*?)\s*error in \d+ms/g;
  return [...plain.matchAll(failed)].map(([, output = "", message = ""]) => ({output, message: message.trim()}));
}

/**
 * Names the pages, and the cells in them, that a failed loader's output is for.
 *
 * @param said what Framework's build said
 */
export async function blameFailedLoaders(said: string): Promise<PageFault[]> {
  const failed = findFailedLoaders(said);
  if (failed.length === 0) return [];
  const pages = await writePageModules(await pageTexts(), ".check");
  return failed.flatMap(({output, message}) => {
    const places = pages.flatMap((page) => cellsUsing(page, output).map((cell) => `${page.source}, cell ${cell}`));
    return (places.length > 0 ? places : [""]).map((page) => ({page, message: `${output}: ${message}`}));
  });
}

/** Numbers of the cells, counted from 1, that attach a file. */
function cellsUsing({source, code}: Pick<PageModule, "source" | "code">, output: string): number[] {
  return code.split(/^async function cell(?=\d+\()/m).flatMap((cell, i) => {
    const names = [...cell.matchAll(/FileAttachment\(\s*(["'`])(.*?)\1/g)].map(([, , name = ""]) => name);
    const isUsed = i > 0 && names.some((name) => patternOf(source, name).test(`src/${output}`));
    return isUsed ? [Number.parseInt(cell, 10) + 1] : [];
  });
}

/** `../loaders/bars/${observable.params.instrument}/1m.parquet` in a page, as the paths that it may mean. */
function patternOf(source: string, name: string): RegExp {
  const path = join(dirname(source.replaceAll("\\", "/")), name.replaceAll(/\$\{[^}]*\}/g, "\0"));
  return new RegExp(`^${path.replaceAll(/[\\^$*+?|[\](){}.]/g, "\\$&").replaceAll("\0", "[^/]+")}$`);
}
