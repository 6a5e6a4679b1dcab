import {existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, watch, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {globSync} from "tinyglobby";
import {areInputsFresh, findLoaders, loaderDigests} from "./loader-inputs.js";
import {loaderOrigin} from "./programs.js";

/** What becomes of an output that is no longer fresh. */
export interface FreshenOptions {
  /**
   * Leave it, but older than its loader: a preview makes it anew when next asked, and a request under way still
   * finds a file. Otherwise it is removed, as a build needs.
   */
  readonly isPreview?: boolean;
}

/**
 * Puts aside the cached output of every loader whose code, or whose recorded input files, have moved; and all of them
 * when other settings or another folder of snapshots stand where those stood, as one's own after the demo's.
 *
 * Framework re-runs a loader when *its own file* is newer than its output (preview), or when there is no output
 * (build, however stale the output). It never looks at what a loader imports or reads; this does. The loader's file is
 * touched, which makes an open page of a preview reload.
 *
 * @returns the outputs that will be made anew, as `loaders/catalog.json`
 */
export async function freshenLoaders(root: string, {isPreview = false}: FreshenOptions = {}): Promise<string[]> {
  const cache = join(root, ".observablehq", "cache");
  const stampFile = join(cache, "loaders.json");
  const stamps = existsSync(stampFile) ? (JSON.parse(readFileSync(stampFile, "utf8")) as Record<string, string>) : {};
  const digests = await loaderDigests(findLoaders());
  const origin = loaderOrigin();
  const outputs = globSync("loaders/**/*", {cwd: cache, dot: false}).sort();
  const dropped = outputs.filter((output) => {
    const loader = [...digests.keys()].find((path) => outputPattern(path).test(output));
    const wasAged = isAged(join(cache, output));
    const isCodeSame = loader !== undefined && stamps[loader] === digests.get(loader);
    const isCurrent = isCodeSame && stamps["origin"] === origin && areInputsFresh(output);
    if (wasAged ? isPreview : isCurrent) return false;
    if (isPreview) utimesSync(join(cache, output), agedTime, agedTime);
    else rmSync(join(cache, output));
    if (loader !== undefined) touch(loader);
    return true;
  });
  mkdirSync(dirname(stampFile), {recursive: true});
  writeFileSync(stampFile, JSON.stringify({origin, ...Object.fromEntries(digests)}, null, 1));
  return dropped;
}

/** The time of an output that is to be made anew: before any loader's. */
const agedTime = new Date(0);

function isAged(path: string): boolean {
  return statSync(path).mtimeMs === agedTime.getTime();
}

/** What a loader may write: `loaders/bars/[instrument]/1m.parquet.ts` makes `loaders/bars/<anything>/1m.parquet`. */
export function outputPattern(loader: string): RegExp {
  const escaped = loader.replace(/\.ts$/, "").replace(/[\\^$*+?|[\](){}.]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/\\\[\w+\\\]/g, "[^/]+")}$`);
}

function touch(path: string): void {
  const now = new Date();
  utimesSync(path, now, now);
}

/** In preview: freshens again whenever code or snapshots change. Ends with the process. */
export function watchLoaders(root: string, folders: readonly string[], onError = console.error): void {
  let timer: NodeJS.Timeout | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => freshenLoaders(root, {isPreview: true}).catch(onError), 100);
  };
  for (const folder of folders) if (existsSync(folder)) watch(folder, {recursive: true}, later).unref();
}
