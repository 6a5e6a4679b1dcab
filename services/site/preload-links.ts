import {readFileSync} from "node:fs";
import {dirname, posix, resolve} from "node:path";

const staticImport = /(?:\bfrom|\bimport)\s*"(\.{1,2}\/[^"]*\.js)"/g;
const registeredFile = /^registerFile\(.*"path":"([^"]*\.json)"/gm;

/**
 * Links by which a browser fetches at once what a built page would otherwise ask for one after another: its bundle, the
 * modules of Framework that it imports and what these import, and the JSON files that its first cells read. Files of
 * other kinds may be large, or wanted only when somebody asks, and are left to the cells.
 *
 * @param html the page, its imports as it will have them
 * @param file where it lies; Framework's modules are read from beside it
 * @param bundle the page's bundle, as the page names it
 */
export function preloadLinks(html: string, file: string, bundle: string): string {
  const script = html.slice(html.indexOf('<script type="module">'));
  const modules = [...frameworkModules(script, dirname(file)), bundle];
  const files = new Set([...script.matchAll(registeredFile)].map(([, path]) => path));
  return [
    ...modules.map((href) => `<link rel="modulepreload" href="${href}">`),
    ...[...files].map((href) => `<link rel="preload" as="fetch" crossorigin href="${href}">`)
  ].join("\n");
}

/** Modules that a page imports by a statement, and theirs in turn, as the page would name them. */
function frameworkModules(script: string, folder: string): string[] {
  const found = new Set<string>();
  const visit = (code: string, from: string) => {
    for (const [, specifier = ""] of code.matchAll(staticImport)) {
      const path = posix.join(from, specifier);
      const href = path.startsWith(".") ? path : `./${path}`;
      if (found.has(href)) continue;
      found.add(href);
      visit(readFileSync(resolve(folder, href), "utf8"), posix.dirname(href));
    }
  };
  visit(script, "");
  return [...found];
}
