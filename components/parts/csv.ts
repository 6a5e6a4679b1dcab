/** A column of a table as text for a file: its name, unit included, and each row's raw value. */
export interface CsvColumn<Row> {
  readonly name: string;
  readonly value: (row: Row) => number | string | undefined;
}

/**
 * Rows as CSV (RFC 4180): raw values, a point for decimals, empty where there is no value.
 * Text that a spreadsheet would run as a formula (`=`, `+`, `-`, `@` first) gets an apostrophe before it.
 */
export function formatCsv<Row>(rows: readonly Row[], columns: readonly CsvColumn<Row>[]): string {
  const head = columns.map(({name}) => escapeText(name));
  const lines = rows.map((row) => columns.map(({value}) => cellText(value(row))).join(","));
  return [head.join(","), ...lines, ""].join("\r\n");
}

function cellText(value: number | string | undefined): string {
  if (typeof value === "string") return escapeText(value);
  return value === undefined || Number.isNaN(value) ? "" : String(value);
}

function escapeText(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
