/**
 * A script for a page's head that makes text of links to pages that an audience does not have; it knows those that it
 * has, and names no other.
 *
 * @param paths the site's pages, as `/risk/alpha`
 * @param base where the site lives, as `/reports/`
 */
export function audienceLinks(paths: readonly string[], base: string): string {
  const known = JSON.stringify([...paths].sort()).replaceAll("<", "\\u003c");
  return `<script>{
const known = new Set(${known}), base = ${JSON.stringify(base)};
const isGone = ({href, origin, pathname}) => origin === location.origin && !href.startsWith("blob:") && pathname.startsWith(base)
  && !known.has(("/" + pathname.slice(base.length)).replace(/\\.html$/, "").replace(/\\/index$/, "/")) && pathname !== location.pathname;
const tidy = () => {
  for (const link of document.querySelectorAll("main a[href]")) if (isGone(link) && !link.hasAttribute("download")) link.replaceWith(...link.childNodes);
};
new MutationObserver(tidy).observe(document, {childList: true, subtree: true});
}</script>`;
}
