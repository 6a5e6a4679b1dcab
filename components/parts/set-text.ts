/** Puts text into an element if it is not there already: what does not change is not touched. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Puts a figure into a `<data>` element, with the number itself for machines. */
export function setFigure(element: Element, value: number | undefined, text: string): void {
  setText(element, text);
  const raw = value === undefined ? "" : String(value);
  if (element.getAttribute("value") !== raw) element.setAttribute("value", raw);
}
