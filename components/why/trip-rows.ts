import {compareTrips} from "../../services/domain/deal-order.js";
import {toAmount} from "../../services/domain/money.js";
import type {RoundTrip} from "../../services/domain/round-trip.js";
import {formatIso} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import type {Column} from "../parts/data-table.js";
import {numberColumn, textColumn, timeColumn} from "./columns.js";
import type {WhyRow} from "./why.js";

/** Round trips as rows, in order of closing. */
export function tripRows(trips: readonly RoundTrip[]): WhyRow[] {
  const ordered = trips.slice().sort(compareTrips);
  return ordered.map(({closeTime, id, instrument, side, net, r}) => ({
    Closed: formatIso(closeTime),
    "Round trip": id,
    Instrument: instrument.replace(/^\w+:/, ""),
    Side: side === "buy" ? "long" : "short",
    Net: toAmount(net),
    R: r
  }));
}

/** The columns of such rows; R where the rows have it. */
export function tripColumns(rows: readonly WhyRow[], currency: string, format: Formats): Column<WhyRow>[] {
  const hasR = rows.some(({R}) => R !== undefined);
  return [
    timeColumn("Closed", format),
    textColumn("Round trip"),
    textColumn("Instrument"),
    textColumn("Side"),
    numberColumn("Net", (value) => format.amount(value, currency, {signed: true}), {unit: currency, isSigned: true}),
    ...(hasR ? [numberColumn("R", (value) => format.number(value, {decimals: 2, signed: true}))] : [])
  ];
}
