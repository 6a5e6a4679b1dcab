import type {Exposure, ExposureSum} from "../../services/analytics/risk/exposure.js";
import type {Position} from "../../services/domain/position.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import {exposureBars, exposureBarsHeight} from "../charts/exposure-bars.js";
import {fitted} from "../charts/fitted.js";
import type {Formats} from "../format/create-formats.js";
import {chartFrame} from "../parts/chart-frame.js";
import {type Column, dataTable} from "../parts/data-table.js";
import {html} from "../parts/html.js";
import {positionTable} from "./position-table.js";

/** The positions that the exposure was summed from, and the instruments that give their prices' decimals. */
export interface ExposurePanelOptions {
  readonly format: Formats;
  readonly positions: readonly Position[];
  readonly instruments: readonly InstrumentSettings[];
  readonly source: Node; // from `evidenceLine`
}

/** What is held, by instrument and by currency, from one zero line each; what cannot be valued is named, not left out. */
export function exposurePanel(
  open: Exposure,
  {format, positions, instruments, source}: ExposurePanelOptions
): HTMLElement {
  const {currency, byInstrument, byCurrency, holes, gross} = open;
  const text = (value: number) => format.amount(value, currency, {decimals: 0, signed: true});
  const bars = (rows: {label: string; value: number | undefined}[], label: string) => {
    const known = rows.flatMap(({label, value}) => (value === undefined ? [] : [{label, value}]));
    return fitted((width) => exposureBars(known, {width, text, label}), {height: exposureBarsHeight(known.length)});
  };
  const [largest] = byInstrument;
  const title =
    largest === undefined
      ? "Nothing is open"
      : `The largest holding is ${largest.instrument.replace(/^\w+:/, "")}, ${format.fraction(share(largest.gross, gross.value), {decimals: 0})} of all that is open`;
  return chartFrame({
    title,
    subtitle: `Market value in ${currency}, long above zero; n = ${format.count(positions.length)} positions${holes.length > 0 ? `; not valued: ${holes.join("; ")}` : ""}`,
    chart: html`<div class="panels">
      <div class="span-6"><h4>By instrument</h4>${bars(
        byInstrument.map(({instrument, value}) => ({label: instrument.replace(/^\w+:/, ""), value})),
        "Exposure by instrument"
      )}</div>
      <div class="span-6"><h4>By currency</h4>${bars(
        byCurrency.map(({currency: label, value}) => ({label, value})),
        "Exposure by currency"
      )}</div>
    </div>`,
    table: () =>
      html`<div><h4>By instrument</h4>${instrumentTable(open, format)}<h4>By currency</h4>${currencyTable(open, format)}<h4>Positions</h4>${positionTable(positions, {format, currency, instruments})}</div>`,
    source
  });
}

/** The bars by instrument, with what they are made of; an empty value is one that could not be had. */
function instrumentTable({byInstrument, currency}: Exposure, format: Formats): HTMLElement {
  return dataTable(
    byInstrument,
    [
      {label: "Instrument", value: ({instrument}) => instrument.replace(/^\w+:/, "")},
      lots("Net", ({netLots}) => netLots, format),
      lots("Gross", ({grossLots}) => grossLots, format),
      marketValue(currency, format)
    ],
    {caption: "Exposure by instrument", emptyStep: "Exposure appears while the account holds a position."}
  );
}

/** The bars by currency, and what each stands for in itself. */
function currencyTable({byCurrency, currency}: Exposure, format: Formats): HTMLElement {
  return dataTable(
    byCurrency,
    [
      {label: "Currency", value: (row) => row.currency},
      {
        label: "Amount",
        unit: "in itself",
        kind: "number",
        isSigned: true,
        value: ({amount}) => amount,
        text: ({amount}) => format.number(amount, {decimals: 2})
      },
      marketValue(currency, format)
    ],
    {caption: "Exposure by currency", emptyStep: "Exposure appears while the account holds a position."}
  );
}

function lots<Row>(label: string, value: (row: Row) => number, format: Formats): Column<Row> {
  return {label, unit: "lots", kind: "number", value, text: (row) => format.number(value(row), {decimals: 2})};
}

function marketValue(currency: string, format: Formats): Column<ExposureSum> {
  return {
    label: "Market value",
    unit: currency,
    kind: "number",
    isSigned: true,
    value: ({value}) => value,
    text: ({value}) => (value === undefined ? "–" : format.amount(value, currency, {signed: true}))
  };
}

function share(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || whole === undefined || whole === 0 ? undefined : part / whole;
}
