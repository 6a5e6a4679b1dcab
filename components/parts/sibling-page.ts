/** How to read a subject's own files, by their names without folders: `base.parquet`. */
export type PageFiles<K extends string> = Readonly<Record<K, () => Promise<ArrayBuffer>>>;

/** What another page of the site says of itself, read and not opened. */
export interface SiblingPage {
  /** Where its files are, by the names under which its cells attach them: `../loaders/bars/GBPUSD/base.parquet`. */
  readonly files: ReadonlyMap<string, string>;
  /** The pages before and after it, as its foot names them. */
  readonly neighbours: Element | null;
}

/**
 * Reads another page of this site, of the same build as this one: what this page holds of the catalogue, and its code,
 * then hold for that one's files too.
 *
 * @throws {Error} if it does not come, or is of another build
 */
export async function readSibling(url: string): Promise<SiblingPage> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const theirs = new DOMParser().parseFromString(await response.text(), "text/html");
  if (buildOf(theirs) !== buildOf(document)) throw new Error(`${url} is of another build: ${buildOf(theirs)}`);
  return {files: registeredFiles(theirs, url), neighbours: theirs.querySelector("#observablehq-footer nav")};
}

/**
 * A page's files that are called as this page's are, each in a folder named as its subject is.
 *
 * @throws {Error} if the page attaches no such file
 */
export function subjectFiles<K extends string>({files}: SiblingPage, slug: string, names: readonly K[]): PageFiles<K> {
  const entries = names.map((name) => {
    const [, href] = [...files].find(([path]) => path.endsWith(`/${slug}/${name}`)) ?? [];
    if (href === undefined) throw new Error(`the page of ${slug} attaches no ${slug}/${name}`);
    return [name, () => readFile(href, name)];
  });
  return Object.fromEntries(entries) as PageFiles<K>;
}

async function readFile(href: string, name: string): Promise<ArrayBuffer> {
  const response = await fetch(href);
  if (!response.ok) throw new Error(`Unable to load file: ${name}`); // as Framework says it
  return response.arrayBuffer();
}

/** As the foot of every page states it: version, pages and code, data. */
function buildOf(page: Document): string {
  return page.querySelector("#observablehq-footer .build")?.textContent ?? "none stated";
}

/** Framework registers each file that a page's cells attach, in the page's script. */
function registeredFiles(page: Document, url: string): Map<string, string> {
  const script = [...page.querySelectorAll("script[type=module]")].map(({textContent}) => textContent).join("\n");
  const registered = [...script.matchAll(/^registerFile\(("[^"]*"), (\{.*\})\);$/gm)];
  return new Map(
    registered.map(([, name = "", file = ""]) => {
      const {path} = JSON.parse(file) as {readonly path: string};
      return [JSON.parse(name) as string, new URL(path, url).href];
    })
  );
}
