/** Rows of a table that a snapshot holds; the rest are counted. */
const rowsShown = 6;

/**
 * A panel as a person reads it, one thing a line: headings, paragraphs, tiles, tables with their first rows, buttons,
 * and of a chart its name, how many marks of each kind it draws, and what is written in it.
 */
export function panelText(panel: Node): string {
  return `${joinButtons(linesOf(panel)).join("\n")}\n`;
}

/** Buttons one after another, as the days of a month, on one line. */
function joinButtons(lines: readonly string[]): string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const name = /^\(button: (.*)\)$/.exec(line)?.[1];
    const before = /^\(buttons?: (.*)\)$/.exec(joined.at(-1) ?? "")?.[1];
    if (name !== undefined && before !== undefined) joined[joined.length - 1] = `(buttons: ${before}, ${name})`;
    else joined.push(line);
  }
  return joined;
}

function linesOf(node: Node): string[] {
  if (node.nodeType === Node.TEXT_NODE) return plain(node).map((text) => text);
  if (!(node instanceof Element) || (node instanceof HTMLElement && node.hidden)) return [];
  if (node.matches("svg")) return [chartLine(node)];
  if (node.matches("table")) return tableLines(node);
  if (node.matches(".tile")) return [`[${[...node.children].flatMap((child) => said(child)).join(" | ")}]`];
  if (node.matches("dl")) return factLines(node);
  if (node.matches("h1, h2, h3, h4")) return said(node).map((text) => `## ${text}`);
  if (node.matches("button")) return said(node).map((text) => `(button: ${text})`);
  if (node.matches("select"))
    return [`(choice: ${[...node.querySelectorAll("option")].map(({text}) => text).join(" / ")})`];
  if (node.matches("input")) return [`(input: ${node.getAttribute("type")})`];
  if (node.matches("summary")) return said(node).map((text) => `> ${text}`);
  if (node.matches(".state"))
    return [
      `(${node.className.replace(/state-?/g, "").trim()}: ${[...node.children].flatMap((child) => said(child)).join(" ")})`
    ];
  const hasBlocks =
    node.querySelector("h1, h2, h3, h4, p, ul, table, svg, section, div, figure, button, dl, details, .tile") !== null;
  return hasBlocks ? [...node.childNodes].flatMap(linesOf) : said(node);
}

function tableLines(table: Element): string[] {
  const rows = [...table.querySelectorAll("tr")].map((row) =>
    [...row.children].map((cell) => said(cell).join(" ")).join(" | ")
  );
  const heads = table.querySelectorAll("thead tr").length;
  const left = rows.length - heads - rowsShown;
  return [...rows.slice(0, heads + rowsShown).map((row) => `| ${row} |`), ...(left > 0 ? [`| … ${left} more |`] : [])];
}

function factLines(list: Element): string[] {
  return [...list.querySelectorAll("dt")].map(
    (term) => `${said(term).join(" ")}: ${said(term.nextElementSibling!).join(" ")}`
  );
}

function chartLine(svg: Element): string {
  const counts = new Map<string, number>();
  for (const mark of svg.querySelectorAll("path, rect, circle, line"))
    counts.set(mark.tagName, (counts.get(mark.tagName) ?? 0) + 1);
  const marks = [...counts].sort().map(([name, n]) => `${n} ${name}`);
  const texts = [...svg.querySelectorAll("text")].flatMap((text) => said(text));
  return `(chart: ${svg.getAttribute("aria-label") ?? "no name"}; ${marks.join(", ")}; "${texts.join(", ")}")`;
}

/** What a node says, its pieces parted by single spaces; thin and hard spaces are spaces. */
function said(node: Node): string[] {
  const pieces: string[] = [];
  const walk = (each: Node) => {
    if (each.nodeType === Node.TEXT_NODE) pieces.push(...plain(each));
    else if (!(each instanceof HTMLElement && each.hidden)) for (const child of each.childNodes) walk(child);
  };
  walk(node);
  return pieces.length === 0 ? [] : [pieces.join(" ")];
}

function plain(node: Node): string[] {
  const text = (node.textContent ?? "").replace(/\s+/g, " ").trim();
  return text === "" ? [] : [text];
}
