import type {OpeningRange, OpeningRangeSummary} from "../../services/analytics/sessions/opening-range.js";
import {formatIso} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import {formatSessionDate} from "../format/moment.js";
import {dataTable} from "../parts/data-table.js";
import {estimateTile, tileRow} from "../parts/stat-tile.js";

/** How prices and the times of breaks are written: to the tick, and on the venue's clock. */
export interface OpeningRangeOptions {
  readonly format: Formats;
  readonly tickSize: number; // in price, > 0
  /** The venue's zone, in which a break's time is shown. */
  readonly zone: string; // IANA
  /** A time of that zone as text, from milliseconds since the epoch. */
  readonly moment: (time: number) => string;
}

/** What opening ranges came to, as tiles. */
export function openingRangeTiles(summary: OpeningRangeSummary, format: Formats): HTMLElement {
  const share = (value: number) => format.fraction(value, {decimals: 0});
  const move = (value: number) => format.fraction(value, {decimals: 2, signed: true});
  const {locale} = format;
  return tileRow([
    estimateTile({
      figure: "range-kept",
      label: "Range never left",
      estimate: summary.unbroken,
      format: share,
      counted: "sessions",
      locale
    }),
    estimateTile({
      figure: "both-sides",
      label: "Both sides left, of those left",
      estimate: summary.bothSides,
      format: share,
      counted: "sessions",
      locale
    }),
    estimateTile({
      figure: "closed-beyond",
      label: "Closed beyond the side left first",
      estimate: summary.followed,
      format: share,
      counted: "breaks",
      locale
    }),
    estimateTile({
      figure: "break-move",
      label: "From that side to the close",
      estimate: summary.move,
      format: move,
      counted: "breaks",
      locale,
      isSigned: true
    })
  ]);
}

/** Each session's opening range and what became of it, latest first. */
export function openingRangeTable(
  ranges: readonly OpeningRange[],
  {format, tickSize, zone, moment}: OpeningRangeOptions
) {
  const price = (label: string, of: (range: OpeningRange) => number) => ({
    label,
    kind: "number" as const,
    value: of,
    text: (range: OpeningRange) => format.price(of(range), tickSize)
  });
  return dataTable(
    [...ranges].reverse(),
    [
      {label: "Session", value: ({date}) => date, text: ({date}) => formatSessionDate(date, format)},
      price("Low", ({low}) => low),
      price("High", ({high}) => high),
      {label: "Left first", value: ({first}) => first, text: ({first}) => firstNames[first]},
      {
        label: "At",
        unit: zone,
        value: ({breakTime}) => (breakTime === undefined ? undefined : formatIso(breakTime)),
        text: ({breakTime}) => (breakTime === undefined ? "–" : moment(breakTime))
      },
      {label: "Other side too", value: ({isBothSides}) => (isBothSides ? "yes" : "no")},
      {
        label: "To the close",
        kind: "number",
        isSigned: true,
        value: ({move}) => move,
        text: ({move}) => (move === undefined ? "–" : format.fraction(move, {decimals: 2, signed: true}))
      }
    ],
    {caption: "Opening ranges", limit: 30}
  );
}

const firstNames = {up: "▲ above", down: "▼ below", both: "one bar, both", none: "neither"} as const;
