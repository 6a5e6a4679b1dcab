import {dsvFormat} from "d3-dsv";
import {SourceError} from "../../domain/source-error.js";

/** A row of a delimited file, with the line it stands on, counted from 1. */
export interface TableRow {
  readonly line: number;
  readonly fields: readonly string[];
}

/** The rows of delimited text; blank lines are passed over, quotes and line ends of every kind understood. */
export function parseRows(text: string, separator: string): TableRow[] {
  const rows: TableRow[] = [];
  let line = 1;
  dsvFormat(separator).parseRows(text, (fields) => {
    if (fields.length > 1 || fields[0]?.trim()) rows.push({line, fields: fields.map((field) => field.trim())});
    line += 1 + fields.reduce((sum, field) => sum + countBreaks(field), 0);
    return null;
  });
  return rows;
}

function countBreaks(field: string): number {
  return field.includes("\n") || field.includes("\r") ? (field.match(/\r\n|\r|\n/g)?.length ?? 0) : 0;
}

/** The separator of a table's first line: a tab if there is one, else the commoner of comma and semicolon. */
export function separatorOf(text: string): string {
  const [first = ""] = text.slice(0, 4_096).split(/[\r\n]+/, 1);
  if (first.includes("\t")) return "\t";
  return first.split(";").length > first.split(",").length ? ";" : ",";
}

/** An error that names file, line, field and what stands there. */
export function badField(file: string, line: number, field: string, found: string | undefined): SourceError {
  const value = found === undefined ? "nothing" : JSON.stringify(found.slice(0, 60));
  return new SourceError("SOURCE_BAD_DATA", `${file}:${line}: invalid ${field}: ${value}`);
}
