import type {Formats} from "../format/create-formats.js";
import type {Column} from "../parts/data-table.js";
import {moment} from "../parts/figure.js";
import type {WhyRow} from "./why.js";

/** A column of words, under the name that its values have in the rows. */
export function textColumn(name: string): Column<WhyRow> {
  return {label: name, value: (row) => row[name]};
}

/** A column of figures; `text` shows one. */
export function numberColumn(
  name: string,
  text: (value: number) => string,
  {unit, isSigned = false}: {unit?: string; isSigned?: boolean} = {}
): Column<WhyRow> {
  return {
    label: name,
    ...(unit !== undefined && {unit}),
    kind: "number",
    isSigned,
    value: (row) => row[name],
    text: (row) => (typeof row[name] === "number" ? text(row[name]) : "–")
  };
}

/** A column of moments: in the rows as ISO 8601 in UTC, on the page in the display zone. */
export function timeColumn(name: string, format: Formats): Column<WhyRow> {
  return {
    label: name,
    unit: format.zone,
    value: (row) => row[name],
    node: (row) => {
      const time = typeof row[name] === "string" ? Date.parse(row[name]) : undefined;
      return moment(time, format.moment(time));
    }
  };
}
