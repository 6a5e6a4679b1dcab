import {table} from "npm:arquero";

/** Rows with one key together, in order of first appearance. A key is compared as text. */
export function groupRows<Row>(rows: readonly Row[], keyOf: (row: Row) => string | number | undefined): Row[][] {
  if (rows.length === 0) return [];
  const groups = table({key: rows.map(keyOf)}).groupby("key");
  return groups.partitions().map((own) => Array.from(own, (i) => rows[i]!));
}
