import type {Row} from "./measure.js";

/** Rows as a table on standard output. */
export function printRows(rows: readonly Row[]): void {
  const cells = rows.map(({path, ours, unit, peer, theirs, ratio, goal, isMet}) => [
    path,
    `${digits(ours)} ${unit}`,
    `${peer}: ${digits(theirs)} ${unit}`,
    digits(ratio),
    goal,
    goal === "–" ? "" : isMet ? "met" : "NOT MET"
  ]);
  const table = [["path", "ours", "beside", "ratio", "goal", ""], ...cells];
  const widths = table[0]!.map((_, i) => Math.max(...table.map((row) => row[i]!.length)));
  for (const row of table) console.log(alignRow(row, widths));
}

function alignRow(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, i) => cell.padEnd(widths[i]!))
    .join("  ")
    .trimEnd();
}

function digits(value: number): string {
  return value >= 1_000 ? value.toFixed(0) : value.toPrecision(3).replace(/e\+?/, "e");
}
