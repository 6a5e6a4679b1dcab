import type {EpochMs} from "../../../services/domain/time.js";
import {zoneOffsetMs} from "../../../services/domain/zone.js";
import {formatCsv} from "../../parts/csv.js";
import type {IndicatorColumn} from "./chart-indicators.js";
import type {MarketData} from "./market-data.js";
import type {RowRange} from "./place-range.js";

/** What names the columns of a file of bars. */
export interface BarsCsvOptions {
  readonly zone: string;
  readonly currency: string;
  readonly columns: readonly IndicatorColumn[];
}

/**
 * The bars in sight as CSV, raw values: when each opened, on the zone's clock with its offset, prices with their
 * currency in the head, and every indicator, empty while it warms up.
 */
export function barsCsv({layout: {bars, dates}}: MarketData, {first, end}: RowRange, options: BarsCsvOptions): string {
  const {zone, currency, columns} = options;
  const rows = Array.from({length: end - first}, (_, i) => first + i);
  const of = (values: Float64Array) => (row: number) => values[row]!;
  const session = dates && {name: "Session", value: (row: number) => new Date(dates[row]!).toISOString().slice(0, 10)};
  return formatCsv(rows, [
    ...(session ? [session] : []),
    {name: `Opened (${zone})`, value: (row) => zonedText(bars.time[row]!, zone)},
    {name: `Open (${currency})`, value: of(bars.open)},
    {name: `High (${currency})`, value: of(bars.high)},
    {name: `Low (${currency})`, value: of(bars.low)},
    {name: `Close (${currency})`, value: of(bars.close)},
    {name: "Volume", value: of(bars.volume)},
    ...columns.map(({label, values}) => ({name: label, value: of(values)}))
  ]);
}

/** A moment on a zone's wall clock with its offset: `2019-01-02T09:15:00+05:30`. */
export function zonedText(time: EpochMs, zone: string): string {
  const offsetMs = zoneOffsetMs(zone, time);
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  const two = (value: number) => String(value).padStart(2, "0");
  const offset = `${offsetMs < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return new Date(time + offsetMs).toISOString().slice(0, 19) + offset;
}
