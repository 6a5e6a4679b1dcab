import {type FollowedSibling, followedSibling, siblingSlug} from "./followed-sibling.js";
import {pageShell} from "./page-shell.js";
import {type PageFiles, readSibling, type SiblingPage, subjectFiles} from "./sibling-page.js";

/** Whom a page is about. */
export interface PageSubject<T> {
  /** As the page's address names it. */
  readonly slug: string;
  /** How the reader came here: the page was opened for it, a link on the page was followed, or a step taken back. */
  readonly arrival: "opened" | "followed" | "returned";
  /** Its data, from `hold`. */
  readonly held: T;
}

/** What a page that can be about several subjects is made of. */
export interface PageSubjectsOptions<K extends string, T> {
  /** The subject that the page was opened for. */
  readonly slug: string;
  /** Those that have a page of the same kind beside this one. */
  readonly slugs: readonly string[];
  /** The subject's own files, each in a folder that is named as the subject is. */
  readonly files: PageFiles<K>;
  /** What is kept of a subject. */
  readonly hold: (files: PageFiles<K>, slug: string) => T;
  /** Resolves once there is what the page draws first. */
  readonly ready: (held: T) => Promise<unknown>;
}

/** The subjects of one page. */
export interface PageSubjects<T> {
  /** For `Generators.observe`. */
  observe(change: (subject: PageSubject<T>) => void): () => void;
  end(): void;
}

/** One subject's page and data, all there. */
type Visit<T> = Pick<SiblingPage, "neighbours"> & {readonly held: T};

/** So many subjects are held, those last shown. */
const mostHeld = 8;

/**
 * Lets a page show another subject in place, where a reader follows a link to its page or steps back to it: only data
 * differ, and they are fetched first, so that the page changes at once and as a whole. Where they do not come, or the
 * site was built anew since, the browser opens that page as it would any other.
 */
export function pageSubjects<K extends string, T>(options: PageSubjectsOptions<K, T>): PageSubjects<T> {
  const {slugs, files, hold, ready} = options;
  const ending = new AbortController();
  const shell = pageShell();
  const loading = new Map<string, Promise<Visit<T>>>();
  const visits = new Map<string, Visit<T>>();
  let tell = (_: PageSubject<T>) => {};
  let shown: PageSubject<T> = {slug: options.slug, arrival: "opened", held: hold(files, options.slug)};
  let turn = 0;
  keep(shown.slug, {neighbours: shell.neighbours(), held: shown.held});

  function keep(slug: string, visit: Visit<T>): void {
    visits.delete(slug);
    visits.set(slug, visit);
    for (const old of [...visits.keys()].slice(0, -mostHeld)) visits.delete(old);
  }

  function load({slug, href}: FollowedSibling): Promise<Visit<T>> {
    const open = async () => {
      const page = await readSibling(href);
      const held = hold(subjectFiles(page, slug, Object.keys(files) as K[]), slug);
      await ready(held);
      return {neighbours: page.neighbours, held};
    };
    const visit = loading.get(slug) ?? open().finally(() => loading.delete(slug));
    loading.set(slug, visit);
    return visit;
  }

  /** Shows a subject as soon as all of it is there: now, where it is held. The latest wish counts. */
  function visit(link: FollowedSibling, arrive: (visit: Visit<T>) => void, leave: () => void): void {
    const mine = ++turn;
    const held = visits.get(link.slug);
    shell.wait(held === undefined);
    if (held !== undefined) {
      arrive(held);
      return;
    }
    const latest = (act: () => void) => {
      if (mine !== turn || ending.signal.aborted) return;
      shell.wait(false);
      act();
    };
    load(link).then(
      (visit) => latest(() => arrive(visit)),
      () => latest(leave)
    );
  }

  function show(slug: string, visit: Visit<T>, arrival: PageSubject<T>["arrival"]): void {
    keep(slug, visit);
    shown = {slug, arrival, held: visit.held};
    shell.show(visit.neighbours, arrival === "followed");
    tell(shown);
  }

  function follow(event: MouseEvent): void {
    const link = followedSibling(event, slugs);
    if (link === undefined || link.slug === shown.slug) return;
    event.preventDefault();
    const arrive = (visit: Visit<T>) => {
      history.pushState(null, "", link.href);
      show(link.slug, visit, "followed");
    };
    visit(link, arrive, () => location.assign(link.href));
  }

  /** The first of the page's listeners: parts that are about to go do not take another subject's address. */
  function goBack(event: Event): void {
    const {href} = location;
    const slug = siblingSlug(new URL(href), slugs);
    if (slug === undefined || slug === shown.slug) {
      stay();
      return;
    }
    event.stopImmediatePropagation();
    const arrive = (visit: Visit<T>) => show(slug, visit, "returned");
    visit({slug, href}, arrive, () => location.reload());
  }

  function stay(): void {
    ++turn;
    shell.wait(false);
  }

  /** A button is pressed about a tenth of a second before it is let go. */
  function foresee(event: MouseEvent): void {
    const link = followedSibling(event, slugs);
    if (link !== undefined && !visits.has(link.slug)) load(link).catch(() => {});
  }

  const {signal} = ending;
  if (location.protocol.startsWith("http")) {
    document.addEventListener("click", follow, {signal});
    document.addEventListener("mousedown", foresee, {signal});
    window.addEventListener("popstate", goBack, {signal});
  }
  return {
    observe(change) {
      tell = change;
      change(shown);
      return () => (tell = () => {});
    },
    end() {
      ending.abort();
      shell.end();
    }
  };
}
