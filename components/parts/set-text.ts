/**
 * Puts text into an element if it is not there already: what does not change is not touched. A text that stands alone is
 * written to rather than replaced, since another child has a browser look for `:has` and lay out the page around it.
 */
export function setText(element: Element, text: string): void {
  const {firstChild} = element;
  if (element.textContent === text) return;
  if (firstChild !== null && isText(firstChild) && firstChild === element.lastChild) firstChild.data = text;
  else element.textContent = text;
}

function isText(node: Node): node is Text {
  return node.nodeType === 3;
}

/** Puts a figure into a `<data>` element, with the number itself for machines. */
export function setFigure(element: Element, value: number | undefined, text: string): void {
  setText(element, text);
  const raw = value === undefined ? "" : String(value);
  if (element.getAttribute("value") !== raw) element.setAttribute("value", raw);
}
