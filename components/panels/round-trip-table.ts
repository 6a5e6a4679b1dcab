import {toAmount} from "../../services/domain/money.js";
import type {RoundTrip} from "../../services/domain/round-trip.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import {formatIso} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import type {QueryChoice} from "../inputs/query-choice.js";
import {type Column, dataTable} from "../parts/data-table.js";
import {moment} from "../parts/figure.js";

/** The account's currency, how prices are written, and whether a reader can open a row. */
export interface RoundTripTableOptions {
  readonly format: Formats;
  readonly currency: string;
  /** For the decimals of their prices. */
  readonly instruments: readonly InstrumentSettings[];
  /** Chooses one of them; without it none can be. */
  readonly choice?: QueryChoice;
}

/** Round trips, latest close first unless the reader sorts them, with what each made and what it cost. */
export function roundTripTable(
  trips: readonly RoundTrip[],
  {format, currency, instruments, choice}: RoundTripTableOptions
) {
  const tick = ({instrument}: RoundTrip) => instruments.find(({id}) => id === instrument)?.tickSize ?? 0.00001;
  const time = (label: string, of: (trip: RoundTrip) => number): Column<RoundTrip> => ({
    label,
    unit: format.zone,
    value: (trip) => formatIso(of(trip)),
    node: (trip) => moment(of(trip), format.moment(of(trip)))
  });
  const price = (label: string, of: (trip: RoundTrip) => number): Column<RoundTrip> => ({
    label,
    kind: "number",
    value: of,
    text: (trip) => format.price(of(trip), tick(trip))
  });
  const money = (label: string, of: (trip: RoundTrip) => number, isSigned: boolean): Column<RoundTrip> => ({
    label,
    unit: currency,
    kind: "number",
    isSigned,
    value: of,
    text: (trip) => format.amount(of(trip), currency, {signed: isSigned})
  });
  const costs = ({commission, swap, fee}: RoundTrip) => toAmount(commission) + toAmount(swap) + toAmount(fee);
  return dataTable(
    [...trips].reverse(),
    [
      time("Closed", ({closeTime}) => closeTime),
      {...time("Opened", ({openTime}) => openTime), isFileOnly: true},
      {label: "Instrument", value: ({instrument}) => instrument.replace(/^\w+:/, "")},
      {label: "Side", value: ({side}) => (side === "buy" ? "▲ long" : "▼ short")},
      {
        label: "Volume",
        unit: "lots",
        kind: "number",
        value: ({volumeLots}) => volumeLots,
        text: ({volumeLots}) => format.number(volumeLots, {decimals: 2})
      },
      price("Open", ({openPrice}) => openPrice),
      price("Close", ({closePrice}) => closePrice),
      {
        label: "Held",
        kind: "number",
        value: ({openTime, closeTime}) => closeTime - openTime,
        text: ({openTime, closeTime}) => format.duration(closeTime - openTime)
      },
      money("Profit", ({profit}) => toAmount(profit), false),
      money("Costs", costs, false),
      money("Net", ({net}) => toAmount(net), true),
      ...(["commission", "swap", "fee"] as const).map((part) => ({
        ...money(part.charAt(0).toUpperCase() + part.slice(1), (trip) => toAmount(trip[part]), false),
        isFileOnly: true
      })),
      {label: "Id", value: ({id}) => id, isFileOnly: true},
      {label: "Deals", value: ({tickets}) => tickets.join(" "), isFileOnly: true},
      {label: "R", kind: "number", value: ({r}) => r, text: ({r}) => format.number(r, {decimals: 2, signed: true})}
    ],
    {
      caption: "Round trips",
      emptyStep: "Choose a longer period, or another instrument.",
      sort: {name: "sort"},
      limit: 60,
      ...(choice && {choice: {choice, keyOf: ({id}: RoundTrip) => id, label: "Show the round trip on its chart"}})
    }
  );
}
