import {Parser} from "htmlparser2";
import {SourceError} from "../../domain/source-error.js";

/** A row of a report's tables: the texts of its visible cells, and where in the file it stands. */
export interface ReportRow {
  readonly cells: readonly string[];
  /** What the cells say when pointed at: MT4 keeps a trade's comment there. */
  readonly titles: readonly string[];
  /** The line it begins on, counted from 1. */
  readonly line: number;
}

const MAX_DEPTH = 100;
const MAX_CELL = 4_096;
const MAX_CELLS = 64;

/**
 * The rows of all tables of an HTML report, in order. Only texts in cells are read: head, scripts and styles are not.
 *
 * @throws {SourceError} SOURCE_BAD_DATA if the file does not end as HTML does (it was cut short), or is nested too deep
 */
export function readReportRows(text: string, file: string): ReportRow[] {
  if (!/<\/html>\s*$/i.test(text.slice(-1_000)))
    throw new SourceError("SOURCE_BAD_DATA", `${file}: no </html> at its end: not a report, or cut short`);
  const reader = createReader(text, file);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.open(name, attributes, parser.startIndex),
      onclosetag: (name) => reader.close(name),
      ontext: (data) => reader.text(data)
    },
    {decodeEntities: true}
  );
  parser.end(text);
  return reader.finish();
}

function createReader(text: string, file: string) {
  const rows: ReportRow[] = [];
  const lineAt = createLineCounter(text);
  let row: {cells: string[]; titles: string[]; line: number} | undefined;
  let cell: string | undefined;
  let isHidden = false;
  let title = "";
  let depth = 0;
  const endCell = () => {
    if (cell !== undefined && row !== undefined && !isHidden && row.cells.length < MAX_CELLS) {
      row.cells.push(cell.replace(/\s+/g, " ").trim());
      row.titles.push(title);
    }
    cell = undefined;
  };
  const endRow = () => {
    endCell();
    if (row !== undefined) rows.push(row);
    row = undefined;
  };
  return {
    open(name: string, attributes: Readonly<Record<string, string>>, index: number) {
      if (++depth > MAX_DEPTH)
        throw new SourceError(
          "SOURCE_BAD_DATA",
          `${file}:${lineAt(index)}: nested deeper than ${MAX_DEPTH}: not a report`
        );
      if (name === "tr") {
        endRow();
        row = {cells: [], titles: [], line: lineAt(index)};
      } else if (name === "td" || name === "th") {
        endCell();
        cell = "";
        isHidden = /\bhidden\b/.test(attributes["class"] ?? "");
        title = (attributes["title"] ?? "").slice(0, MAX_CELL);
      }
    },
    close(name: string) {
      --depth;
      if (name === "td" || name === "th") endCell();
      else if (name === "tr" || name === "table") endRow();
    },
    text(data: string) {
      if (cell !== undefined && cell.length < MAX_CELL) cell += data.slice(0, MAX_CELL);
    },
    finish() {
      endRow();
      return rows;
    }
  };
}

/** Lines of rising positions, each part of the text counted once. */
function createLineCounter(text: string): (index: number) => number {
  let [line, from] = [1, 0];
  return (index) => {
    for (let next = text.indexOf("\n", from); next >= 0 && next < index; next = text.indexOf("\n", from)) {
      ++line;
      from = next + 1;
    }
    return line;
  };
}
