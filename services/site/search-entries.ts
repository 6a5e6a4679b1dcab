import type {MenuSection} from "./menu.js";
import type {SitePage} from "./site-pages.js";

/** A page as a search finds and names it. */
export interface SearchEntry {
  readonly path: string;
  readonly title: string;
  readonly text: string;
  readonly keywords: string;
}

/**
 * Pages of one subject each, as `/markets/EURUSD`, under names of their own: Framework would call all of a template's
 * pages by the template's title. The template itself says `index: false`; one that does not is left to Framework.
 *
 * @param names more words for a subject by what ends its path, as the instrument's full name
 */
export function searchEntries(
  menu: readonly MenuSection[],
  pages: readonly SitePage[],
  names: ReadonlyMap<string, string>
): SearchEntry[] {
  const held = new Map(pages.map((page) => [page.path, page]));
  return menu.flatMap(({name: section, pages}) =>
    pages.flatMap(({name, path}) => {
      const template = templateOf(path, held);
      if (template === undefined || template.isIndexed) return [];
      const keywords = [section, names.get(path.split("/").at(-1)!)].filter((each) => each !== undefined).join(" ");
      return [{path, title: `${name}: ${template.title.toLowerCase()}`, text: template.text, keywords}];
    })
  );
}

/** The page with a parameter that a path is one of; none where it is a page of its own. */
function templateOf(path: string, held: ReadonlyMap<string, SitePage>): SitePage | undefined {
  if (held.has(path)) return undefined;
  const folder = path.slice(0, path.lastIndexOf("/"));
  const isOfFolder = ({path: own}: SitePage) =>
    own.startsWith(`${folder}/`) && /^\[\w+\]$/.test(own.slice(folder.length + 1));
  return [...held.values()].find(isOfFolder);
}
