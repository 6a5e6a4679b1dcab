import {html} from "../parts/html.js";
import {inTurn} from "../work/in-turn.js";

/** The room that a drawing keeps before it is drawn, and the width below which it scrolls instead of shrinking. */
export interface FittedOptions {
  /** Height that the drawing will have, kept from the start so that nothing jumps. */
  readonly height: number; // px
  /** Below this width the drawing keeps it and scrolls, its latest end in sight. */
  readonly minWidth?: number; // px; 0
}

/** A drawing that fits the width it is given, drawn anew when that changes; 640 px where nothing is laid out. */
export function fitted(draw: (width: number) => Node, {height, minWidth = 0}: FittedOptions): HTMLElement {
  const box = html`<div class="fitted"></div>`;
  box.style.setProperty("--room", `${height}px`);
  let [drawn, wanted] = [0, 0];
  const drawAt = (width: number) => {
    if (!(width > 0) || width === drawn) return;
    drawn = width;
    box.replaceChildren(asPicture(draw(Math.max(width, minWidth))));
    if (width >= minWidth) {
      box.removeAttribute("tabindex"); // all is in sight; to ask how wide it became would lay out the page at once
      return;
    }
    box.scrollLeft = box.scrollWidth;
    box.tabIndex = 0; // so that keys reach what is out of sight
  };
  if (typeof ResizeObserver === "undefined") drawAt(640);
  else
    new ResizeObserver(([entry]) => {
      wanted = Math.floor(entry!.contentRect.width);
      if (drawn > 0) drawAt(wanted);
      else void inTurn(() => drawAt(wanted)); // several that appear at once are drawn one at a time
    }).observe(box);
  return box;
}

/**
 * A drawing is one picture with a name, for those who hear the page: Plot names each of its groups (`line`, `rule`), which
 * says nothing and may not stand on a group. What it shows is in its title, its line and its table.
 */
function asPicture(drawing: Node): Node {
  if (!(drawing instanceof Element)) return drawing;
  const pictures = drawing.matches("svg") ? [drawing] : [...drawing.querySelectorAll("svg")];
  for (const svg of pictures) {
    svg.setAttribute("role", "img");
    for (const group of svg.querySelectorAll("g[aria-label]")) {
      group.setAttribute("data-mark", group.getAttribute("aria-label") ?? "");
      group.removeAttribute("aria-label");
    }
  }
  return drawing;
}
