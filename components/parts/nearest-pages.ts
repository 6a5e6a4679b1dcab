/** A page as a menu names it. */
export interface NamedPage {
  /** Its name below the heading it stands under: `EURUSD, structure`. */
  readonly name: string;
  readonly path: string;
}

/**
 * The pages that an address without one most likely meant: those that share a part with it (of one kind, or of one
 * instrument or account), the most alike first, else the menu's first.
 *
 * @param path what was asked for, as `/markets/DOGE`; in upper or lower case
 * @param pages in the menu's order, which decides between equals
 * @returns at most *most* of them
 */
export function nearestPages(path: string, pages: readonly NamedPage[], {most = 6} = {}): NamedPage[] {
  const scored = pages.map((page) => ({page, score: likeness(path, page.path)}));
  const alike = scored.filter(({score}) => score >= 1).sort((a, b) => b.score - a.score);
  return (alike.length > 0 ? alike : scored).slice(0, most).map(({page}) => page);
}

/** How many parts two paths share; among as many, by how many letters their ends begin alike. */
function likeness(asked: string, path: string): number {
  const [a, b] = [partsOf(asked), partsOf(path)];
  const shared = b.filter((part) => a.includes(part)).length;
  const [end = "", other = ""] = [a.at(-1), b.at(-1)];
  const letters = [...end].findIndex((letter, i) => letter !== other[i]);
  return shared + (letters < 0 ? end.length : letters) / 1_000;
}

function partsOf(path: string): string[] {
  return path
    .toLowerCase()
    .replace(/\.html$/, "")
    .split("/")
    .filter((part) => part !== "");
}
