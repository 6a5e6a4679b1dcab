import type {SitePage} from "./site-pages.js";

/** A page as the menu names it. */
export interface MenuPage {
  readonly name: string;
  readonly path: string;
}

/** Pages under one heading; one that folds belongs to the heading above it that does not. */
export interface MenuSection {
  readonly name: string;
  readonly collapsible: boolean;
  readonly open: boolean;
  readonly pages: readonly MenuPage[];
}

/** What of the settings the menu names. */
export interface MenuSubjects {
  readonly instruments: readonly {
    readonly slug: string;
    readonly id: string;
    readonly timeframes?: readonly string[];
  }[];
  readonly accounts: readonly {readonly id: string; readonly name: string}[];
}

/** A purpose: its own pages, and templates that stand for one page per instrument or account, by the name they fold under. */
interface Group {
  readonly name: string;
  readonly pages: readonly MenuPage[];
  readonly folds: Readonly<Record<string, string>>;
}

/** Folds of up to so many pages are open from the start; the instruments, which most come for, a little longer. */
const openUpTo = (fold: string) => (fold === "Instruments" ? 12 : 4);

/**
 * The menu, by purpose: what happens now, what can be explored, the accounts, the studies, and what all of it stands
 * on. A page that lies in the source root and is named nowhere else is a study; one that does not lie there is left out.
 *
 * @param pages what lies in the source root
 * @param isShown whether a reader may see a path
 */
export function menuOf(
  subjects: MenuSubjects,
  pages: readonly SitePage[],
  isShown: (path: string) => boolean = () => true
): MenuSection[] {
  const held = new Set(pages.map(({path}) => path));
  const shown = (page: MenuPage, template = page.path) => held.has(template) && isShown(page.path);
  return groupsOf(pages).flatMap(({name, pages, folds}) => {
    const own = {name, collapsible: false, open: true, pages: pages.filter((page) => shown(page))};
    const folded = Object.entries(folds).map(([name, template]) => {
      const pages = pagesOf(template, subjects).filter((page) => shown(page, template));
      return {name, collapsible: true, open: pages.length <= openUpTo(name), pages};
    });
    const filled = folded.filter(({pages}) => pages.length > 0);
    return own.pages.length + filled.length > 0 ? [own, ...filled] : [];
  });
}

/** Every page of a menu, in its order. */
export function menuPages(menu: readonly MenuSection[]): MenuPage[] {
  return menu.flatMap(({pages}) => pages);
}

function groupsOf(pages: readonly SitePage[]): Group[] {
  const named = new Set(fixed.flatMap(({pages}) => pages.map(({path}) => path)));
  const own = pages.filter(({path}) => !path.includes("[") && !named.has(path));
  const studies = own.map(({path, title}) => ({name: title, path})).sort((a, b) => (a.name < b.name ? -1 : 1));
  return fixed.map((group) => (group.name === "Studies" ? {...group, pages: studies} : group));
}

const fixed: readonly Group[] = [
  {
    name: "Now",
    pages: [
      {name: "Today", path: "/"},
      {name: "Live", path: "/live"},
      {name: "Alerts", path: "/alerts"}
    ],
    folds: {}
  },
  {
    name: "Explore",
    pages: [
      {name: "Markets", path: "/markets/"},
      {name: "SQL", path: "/sql"}
    ],
    folds: {Instruments: "/markets/[instrument]", Structure: "/structure/[instrument]", Trends: "/trends/[instrument]"}
  },
  {
    name: "Accounts",
    pages: [],
    folds: {Trades: "/trades/[account]", Pulse: "/pulse/[account]", Risk: "/risk/[account]"}
  },
  {
    name: "Studies",
    pages: [],
    folds: {Volatility: "/studies/volatility/[instrument]", Sessions: "/studies/sessions/[instrument]"}
  },
  {name: "Sources", pages: [{name: "Data", path: "/data"}], folds: {}}
];

function pagesOf(template: string, {instruments, accounts}: MenuSubjects): MenuPage[] {
  const path = (name: string) => template.replace(/\[\w+\]/, name);
  if (template.endsWith("[account]")) return accounts.map(({id, name}) => ({name, path: path(id)}));
  const drawn = instruments.filter(({timeframes}) => timeframes?.length !== 0); // of the others there are ticks alone
  return drawn.map(({slug, id}) => ({name: id.replace(/^\w+:/, ""), path: path(slug)}));
}
