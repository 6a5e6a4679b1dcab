/**
 * Brings a node into sight once it stands in the page, as little as it takes: what a reader has opened may stand far from
 * where they asked for it. Nothing moves where it is in sight already.
 *
 * @returns the same node
 */
export function intoView<T extends HTMLElement>(node: T): T {
  const show = () => {
    if (node.isConnected) node.scrollIntoView({block: "nearest"});
  };
  if (typeof requestAnimationFrame !== "undefined") requestAnimationFrame(() => setTimeout(show));
  return node;
}
