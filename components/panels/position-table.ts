import {toAmount} from "../../services/domain/money.js";
import type {Position} from "../../services/domain/position.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import {formatIso} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import {dataTable} from "../parts/data-table.js";
import {moment} from "../parts/figure.js";

/** The account's currency, which results are in, and the instruments, for the decimals of their prices. */
export interface PositionTableOptions {
  readonly format: Formats;
  readonly currency: string;
  readonly instruments: readonly InstrumentSettings[];
}

/** Open positions as the broker states them. */
export function positionTable(positions: readonly Position[], {format, currency, instruments}: PositionTableOptions) {
  const tick = ({instrument}: Position) => instruments.find(({id}) => id === instrument)?.tickSize ?? 0.00001;
  const price = (label: string, of: (position: Position) => number | undefined) => ({
    label,
    kind: "number" as const,
    value: of,
    text: (position: Position) => format.price(of(position), tick(position))
  });
  return dataTable(
    positions,
    [
      {label: "Instrument", value: ({instrument}: Position) => instrument.replace(/^\w+:/, "")},
      {label: "Side", value: ({side}: Position) => (side === "buy" ? "▲ long" : "▼ short")},
      {
        label: "Volume",
        unit: "lots",
        kind: "number",
        value: ({volumeLots}: Position) => volumeLots,
        text: ({volumeLots}: Position) => format.number(volumeLots, {decimals: 2})
      },
      {
        label: "Opened",
        unit: format.zone,
        value: ({openTime}: Position) => formatIso(openTime),
        node: ({openTime}: Position) => moment(openTime, format.moment(openTime))
      },
      price("Open", ({openPrice}) => openPrice),
      price("Now", ({currentPrice}) => currentPrice),
      price("Stop", ({stopPrice}) => stopPrice),
      {
        label: "Profit",
        unit: currency,
        kind: "number",
        isSigned: true,
        value: ({profit}: Position) => toAmount(profit),
        text: ({profit}: Position) => format.money(profit, {signed: true})
      }
    ],
    {caption: "Open positions", emptyStep: "They appear while the account holds some."}
  );
}
