import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {figure} from "../parts/figure.js";
import {html} from "../parts/html.js";
import {errorState, loadingState} from "../parts/states.js";
import {whenIdle} from "../parts/when-idle.js";
import {fetchTail} from "./fetch-tail.js";
import type {SqlFile} from "./open-database.js";
import {readSchema, type TableSchema} from "./table-schema.js";

/** A table that a page offers. */
export interface TableOffer {
  readonly file: SqlFile;
  /** What one row is. */
  readonly row: string;
  /** From how many data sets of the catalogue it was made. */
  readonly datasets: number;
}

/** What becomes of a chosen name, and how a table's columns are learnt. */
export interface SchemaBrowserOptions {
  readonly format: Formats;
  /** Takes a name that was chosen, quoted where SQL wants it. */
  readonly insert: (name: string) => void;
  /** Reads a file's columns; unless told, from the end of the file, where Parquet states them. */
  readonly load?: (file: SqlFile) => Promise<TableSchema>;
}

/** The tables with their rows, columns, types and units, as the files state them; a chosen name goes into the query. */
export function schemaBrowser(tables: Readonly<Record<string, TableOffer>>, options: SchemaBrowserOptions) {
  const {load = readWhenIdle} = options;
  const sections = Object.entries(tables).map(([name, table], i) => {
    const body = html`<div>${loadingState(`columns of ${name}`)}</div>`;
    const rows = html`<span class="remark"></span>`;
    load(table.file).then(
      (schema) => {
        rows.replaceChildren(figure(schema.rows, format(schema.rows)), schema.rows === 1 ? " row" : " rows");
        body.replaceChildren(columnList(schema, options));
      },
      (error: unknown) => body.replaceChildren(errorState(error, "Run: npm run snapshot, then build the site anew."))
    );
    return html`<details class="schema-table" open=${i === 0 && isWide()}>
      <summary><code>${name}</code> ${rows}</summary>
      <p class="remark">${nameButton(name, options)} One row is ${table.row}; from ${counted(table.datasets, "data set")}.</p>
      ${body}
    </details>`;
  });
  const format = (n: number) => options.format.count(n);
  return html`<section class="schema" aria-label="Tables and columns">${sections}</section>`;
}

/** A query that came with a link is waited for; the tables' ends can come a moment later. */
async function readWhenIdle(file: SqlFile): Promise<TableSchema> {
  await whenIdle();
  return readSchema(fetchTail(new URL(await file, location.href).href));
}

/** On a phone the tables stand above the editor, and stay closed until they are asked for. */
function isWide(): boolean {
  return typeof matchMedia === "undefined" || matchMedia("(min-width: 880px)").matches;
}

function columnList({columns}: TableSchema, options: SchemaBrowserOptions): HTMLElement {
  return html`<ul class="schema-columns">${columns.map(
    ({name, type, isOptional, unit}) => html`<li>${nameButton(name, options)}
      <span class="schema-type">${type}${isOptional ? ", may be NULL" : ""}</span>
      ${unit === "" ? null : html`<span class="unit">${shortUnit(unit, type)}</span>`}</li>`
  )}</ul>`;
}

/** A moment is a TIMESTAMP to a query, whatever number the file keeps it as. */
function shortUnit(unit: string, type: string): string {
  return type === "TIMESTAMP" ? "UTC" : unit;
}

function nameButton(name: string, {insert}: SchemaBrowserOptions): HTMLElement {
  const button = html`<button class="button button-quiet name" type="button" aria-label=${`Insert ${name}`} title="Insert into the query"><code>${name}</code></button>`;
  button.addEventListener("click", () => insert(quotedName(name)));
  return button;
}

/** A name as SQL wants it: in quotes unless it is plain. */
export function quotedName(name: string): string {
  return /^[a-z_]\w*$/i.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
