import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {pageFiles} from "./page-files.js";
import {missingPageFile} from "./site-pages.js";

/**
 * A source root of an audience's own: only the pages it may see lie in it, so that neither the build nor the search
 * index can meet another; and its cache is its own, so that nothing made for somebody else is served from it.
 *
 * @param root the whole source root
 * @param name the audience
 * @param paths pages it may see, as `/risk/alpha`, those of `[account].md` included
 * @returns the audience's root
 */
export function audienceRoot(
  root: string,
  name: string,
  isShown: (path: string) => boolean,
  paths: readonly string[]
): string {
  const own = join(".tapebook", "audiences", name, "src");
  const pages = pageFiles(root);
  const isOpen = (page: string) => page === missingPageFile || isShown(pathOf(page));
  const shown = pages.filter((page) => (page.includes("[") ? paths.some(matches(page)) : isOpen(page)));
  for (const page of pageFiles(own)) if (!shown.includes(page)) rmSync(join(own, page));
  for (const page of shown) copyPage(join(root, page), join(own, page));
  mkdirSync(own, {recursive: true});
  return own;
}

function pathOf(page: string): string {
  return `/${page.replace(/\.md$/, "").replace(/(^|\/)index$/, "$1")}`;
}

/** Whether a path is one of a page with parameters, as `/risk/alpha` of `risk/[account].md`. */
function matches(page: string): (path: string) => boolean {
  const pattern = new RegExp(`^${pathOf(page).replace(/\[\w+\]/g, "[^/]+")}$`);
  return (path) => pattern.test(path);
}

/** Several processes of one build read the folder: a page is replaced whole, and only when it differs. */
function copyPage(from: string, to: string): void {
  const text = readFileSync(from);
  if (existsSync(to) && readFileSync(to).equals(text)) return;
  mkdirSync(dirname(to), {recursive: true});
  writeFileSync(`${to}.${process.pid}`, text);
  renameSync(`${to}.${process.pid}`, to);
}
