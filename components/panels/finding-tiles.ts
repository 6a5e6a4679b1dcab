import type {Finding, Unit} from "../../services/analytics/behaviour/finding.js";
import type {Formats} from "../format/create-formats.js";
import {estimateTile, tileRow} from "../parts/stat-tile.js";

/** What a finding's effect is called and measured in; *currency* counts where its figures are money. */
export interface FindingTilesOptions {
  /** What the effect is called on its tile. */
  readonly label: string;
  /** What the effect's unit is called, as `min sooner or later`. */
  readonly unit: string;
  readonly format: Formats;
  readonly currency: string;
  /** The name of the effect's figure; its rows are that with `-1`, `-2` … */
  readonly figure?: string;
}

/** A finding as tiles: the effect with its grade, then the rows it was made from. */
export function findingTiles({estimate, unit: kind, grade, rows}: Finding, options: FindingTilesOptions): HTMLElement {
  const {label, unit, format, currency, figure} = options;
  const {locale} = format;
  const effect = estimateTile({
    ...(figure !== undefined && {figure}),
    label,
    estimate,
    unit,
    grade,
    locale,
    format: effectFormat(kind, format, currency)
  });
  const parts = rows.map((row, i) =>
    estimateTile({
      ...(figure !== undefined && {figure: `${figure}-${i + 1}`}),
      label: row.label,
      estimate: row.estimate,
      locale,
      ...(row.unit === "minutes" && {unit: "min"}),
      format: plainFormat(row.unit, format, currency)
    })
  );
  return tileRow([effect, ...parts].slice(0, 6));
}

/** An effect is a difference: signed, and of fractions in points. */
function effectFormat(unit: Unit, format: Formats, currency: string): (value: number) => string {
  if (unit === "fraction") return (value) => format.number(value * 100, {decimals: 1, signed: true});
  if (unit === "minutes") return (value) => format.number(value, {decimals: 1, signed: true});
  return plainFormat(unit, format, currency);
}

function plainFormat(unit: Unit, format: Formats, currency: string): (value: number) => string {
  if (unit === "fraction") return (value) => format.fraction(value);
  if (unit === "minutes") return (value) => format.number(value, {decimals: 1});
  if (unit === "money") return (value) => format.amount(value, currency, {signed: true});
  return (value) => format.count(value);
}
