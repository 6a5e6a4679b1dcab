/** A page beside this one, of the same kind and for another subject, as a link leads to it. */
export interface FollowedSibling {
  readonly slug: string;
  readonly href: string;
}

/**
 * Which page beside this one a click asks for here and now; `undefined` where it leads elsewhere, to a place within a
 * page, or into a window or file of its own.
 */
export function followedSibling(event: MouseEvent, slugs: readonly string[]): FollowedSibling | undefined {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return undefined;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
  if (link === null || link.hasAttribute("download") || !["", "_self"].includes(link.target) || link.hash !== "")
    return undefined;
  const slug = siblingSlug(new URL(link.href), slugs);
  return slug === undefined ? undefined : {slug, href: link.href};
}

/** The slug of this page's address, or of one beside it. */
export function siblingSlug(url: URL, slugs: readonly string[]): string | undefined {
  const [folder, name] = split(url);
  if (url.origin !== location.origin || folder !== split(location)[0]) return undefined;
  return slugs.find((slug) => slug === name || encodeURIComponent(slug) === name);
}

function split({pathname}: Pick<URL, "pathname">): [folder: string, name: string] {
  const end = pathname.lastIndexOf("/") + 1;
  return [pathname.slice(0, end), pathname.slice(end).replace(/\.html$/, "")];
}
