/**
 * A script for every page's head that shows a failed cell as the theme has errors: its cause and the next step, in the
 * cell's own place, the page around it standing. Framework puts the bare words of the error there. Its element is kept,
 * and with it the class by which a build and a print find that a cell has failed; the console holds the whole error.
 * Of cells that fail for one cause, the first names the step and the others the cause alone.
 *
 * A browser says "Failed to fetch" of any file; which one it was is read from what the page asked for.
 */
export const cellErrors = `{
const shown = new WeakSet();
const isLoad = (words) => /^(Failed to fetch|NetworkError|Load failed|Unable to load file|error loading dynamically|Importing a module)/.test(words);
const nameOf = (url) => decodeURI(new URL(url).pathname).replace(/^.*?\\/_(?:file|import)\\/(?:loaders\\/)?/, "").replace(/\\.[0-9a-f]{8}(?=\\.\\w+$)/, "");
const lostFiles = () => [...new Set(performance.getEntriesByType("resource")
  .filter(({initiatorType, responseStatus}) => initiatorType === "fetch" && (responseStatus === 0 || responseStatus >= 400))
  .map(({name}) => nameOf(name)))];
const causeOf = (text) => {
  const words = text.trim().replace(/^[A-Z]?\\w*Error: /, "");
  const lost = isLoad(words) ? lostFiles() : [];
  return lost.length > 0 ? lost.join(", ") + " did not come: " + words : words;
};
const stepAfter = (words) => isLoad(words.replace(/^.* did not come: /, ""))
  ? "Check the connection and reload the page. If the file stays away, build the site again: npm run build."
  : "What else is on the page stands. Reload it; if this comes again, tell whoever keeps the page these words.";
const line = (name, text) => Object.assign(document.createElement("p"), {className: name, textContent: text});
const show = (cell) => {
  if (shown.has(cell)) return;
  shown.add(cell);
  const cause = causeOf(cell.textContent);
  const isFirst = ![...document.querySelectorAll(".state-error[data-cause]")].some((each) => each.dataset.cause === cause);
  cell.dataset.cause = cause;
  cell.classList.add("state", "state-error");
  cell.classList.toggle("state-repeat", !isFirst);
  cell.setAttribute("role", isFirst ? "alert" : "note");
  cell.replaceChildren(...(isFirst ? [line("cause", "\\u2715 " + cause), line("step", stepAfter(cause))] : [line("cause", "\\u2715 Not shown either: " + cause)]));
};
const look = () => document.querySelectorAll(".observablehq--error").forEach(show);
new MutationObserver(look).observe(document, {childList: true, subtree: true});
}`;
