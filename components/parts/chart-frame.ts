import {html} from "./html.js";
import {type TableLink, tableLink} from "./table-link.js";

/** The parts of a framed chart; without a table it cannot be turned into its data, without a source it states none. */
export interface ChartFrameOptions {
  /** The finding, where the data support one; with a link in it where it leads on. */
  readonly title: string | Node;
  /** What, unit, n and period. */
  readonly subtitle: string;
  readonly chart: Node;
  /** The same data as a table, made when it is asked for. */
  readonly table?: () => Node;
  /** By which the page's address says that it stands as its table. */
  readonly name?: string; // that of its source's figure; a chart without either stays out of the address
  /** From `evidenceLine`. */
  readonly source?: Node | null; // null
}

/** A chart in its frame: finding, what it shows, the chart, the source. "Table" or the key `t` turns it into its data, and so does a link. */
export function chartFrame({
  title,
  subtitle,
  chart,
  table,
  source = null,
  name = figureOf(source)
}: ChartFrameOptions): HTMLElement {
  const body = html`<div class="chart-body">${chart}</div>`;
  const button =
    table === undefined ? null : tableButton(body, chart, table, name === undefined ? undefined : tableLink(name));
  const frame = html`<figure class="chart-frame">
    <header><h3>${title}</h3>${button}<p>${subtitle}</p></header>
    ${body}
    ${source}
  </figure>`;
  if (button) frame.addEventListener("keydown", (event) => toggleByKey(event, button));
  return frame;
}

function figureOf(source: Node | null): string | undefined {
  if (!(source instanceof Element)) return undefined;
  const marked = source.matches("[data-figure]") ? source : source.querySelector("[data-figure]");
  return marked?.getAttribute("data-figure") || undefined;
}

function tableButton(
  body: HTMLElement,
  chart: Node,
  table: () => Node,
  link: TableLink | undefined
): HTMLButtonElement {
  const button = html`<button class="button button-quiet" type="button" aria-pressed="false" aria-keyshortcuts="t" title="Show the data as a table (t)">Table</button>`;
  let made: Node | undefined;
  let isTable = false;
  const show = (next: boolean) => {
    if (next === isTable) return;
    isTable = next;
    button.setAttribute("aria-pressed", String(isTable));
    if (isTable) made ??= table();
    body.replaceChildren(isTable ? made! : chart);
  };
  button.addEventListener("click", () => {
    show(!isTable);
    link?.set(isTable);
  });
  link?.listen(() => button.isConnected && show(link.isTable), button);
  show(link?.isTable ?? false);
  return button as HTMLButtonElement;
}

function toggleByKey(event: KeyboardEvent, button: HTMLButtonElement): void {
  const isTyping = event.target instanceof HTMLElement && event.target.matches("input, select, textarea");
  if (event.key !== "t" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
  event.preventDefault();
  button.click();
}
