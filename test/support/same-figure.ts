import {expect} from "vitest";
import {formatCsv} from "../../components/parts/csv.js";
import type {Why} from "../../components/why/why.js";
import {readRows} from "./file-rows.js";
import {recomputed} from "./recomputed.js";

/** The figure is there, and its rows give it again: by its own words, and from its file by other code. */
export function expectSame(figure: string, {name, value, rows, recompute}: Why): void {
  expect(value, name).toBeTypeOf("number");
  expect(rows.rows.length, name).toBeGreaterThan(0);
  expect(recompute.of(rows.rows), name).toBeCloseTo(value!, 9);
  const columns = rows.columns.map(({label, unit, value}) => ({name: unit ? `${label} (${unit})` : label, value}));
  const found = recomputed[figure]!(readRows(formatCsv(rows.rows, columns)));
  expect(Math.abs(found - value!), `${name}: ${found} for ${value}`).toBeLessThanOrEqual(
    1e-8 * Math.max(1, Math.abs(value!))
  );
}
