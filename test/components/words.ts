/** The text of an element as it reads, a space between its pieces. */
export function words(element: Node): string {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const pieces: string[] = [];
  while (walker.nextNode()) pieces.push(walker.currentNode.textContent!.replace(/\s+/g, " ").trim());
  return pieces.filter((piece) => piece !== "").join(" ");
}

/** The machine's values of a part's figures, in order. */
export function values(element: Node): string[] {
  return [...(element as Element).querySelectorAll("data")].map(({value}) => value);
}
