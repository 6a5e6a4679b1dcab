import type {Dataset} from "../../services/domain/dataset.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import {formatIso} from "../../services/domain/time.js";
import type {InstrumentToday, SessionClose} from "../../services/domain/today.js";
import {fitted} from "../charts/fitted.js";
import {timeChart} from "../charts/time-chart.js";
import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {formatSessionDate} from "../format/moment.js";
import {chartFrame} from "../parts/chart-frame.js";
import {dataTable} from "../parts/data-table.js";
import {evidenceLine} from "../parts/evidence.js";
import {moment} from "../parts/figure.js";
import {html} from "../parts/html.js";
import {emptyState} from "../parts/states.js";

/** The instrument that is drawn, those it shares its scale with, and the data sets its closes are from. */
export interface SessionChartOptions {
  readonly instrument: InstrumentSettings;
  /** All instruments of the page, which share one scale. */
  readonly all: readonly InstrumentToday[];
  /** Of the sessions drawn; none where nothing is kept. */
  readonly datasets: readonly Dataset[];
  readonly format: Formats;
}

/** A session as it is drawn: its close and the change since the first one. */
interface Change extends SessionClose {
  readonly change: number;
}

const height = 160;

/** One small multiple: an instrument's change since its first close drawn, on the scale of all of them. */
export function sessionChart(
  today: InstrumentToday | undefined,
  {instrument, all, datasets, format}: SessionChartOptions
): HTMLElement {
  const changes = changesOf(today);
  const every = all.flatMap(changesOf).map(({change}) => change);
  const [first, last] = [changes[0], changes.at(-1)];
  const name = html`<a href=${`./${instrument.slug}`}>${instrument.name}</a>`;
  if (first === undefined || last === undefined || changes.length < 2)
    return html`<div class="span-3">${chartFrame({title: name, subtitle: `n = ${counted(changes.length, "session", format)}`, chart: emptyState("Too few sessions.", "Run: npm run snapshot")})}</div>`;
  const moved = `${last.change < 0 ? "fell" : "rose"} ${format.fraction(Math.abs(last.change), {decimals: 2})}`;
  const date = (session: SessionClose) => formatSessionDate(session.date, format);
  const frame = chartFrame({
    title: html`<span>${name} ${moved}</span>`,
    subtitle: `Change of the close since ${date(first)}, n = ${counted(changes.length, "session", format)} to ${date(last)}`,
    chart: fitted((width) => timeChart(seriesOf(changes), {...chartOptions(every, instrument, format), width}), {
      height
    }),
    table: () => changesTable(changes, instrument, format),
    name: instrument.slug,
    source: evidenceLine(
      {
        summary: `Source: ${datasets.map(({id}) => id).join(", ")}`,
        datasets,
        facts: [["Change", "close ÷ first close drawn − 1"]],
        knownAt: "each close at the end of its session"
      },
      format
    )
  });
  return html`<div class="span-3">${frame}</div>`;
}

function seriesOf(changes: readonly Change[]) {
  return {time: changes.map(({closeTime}) => closeTime), value: changes.map(({change}) => change)};
}

function chartOptions(every: readonly number[], {name}: InstrumentSettings, format: Formats) {
  const domain = [Math.min(...every), Math.max(...every)] as const;
  const decimals = domain[1] - domain[0] < 0.04 ? 1 : 0; // or two ticks would read the same
  const tickFormat = (value: number) => format.fraction(value, {signed: true, decimals});
  return {format, tickFormat, height, domain, label: name, levels: [{value: 0, label: ""}]};
}

function changesTable(changes: readonly Change[], {name, currency, tickSize}: InstrumentSettings, format: Formats) {
  return dataTable(
    [...changes].reverse(),
    [
      {
        label: "Session",
        unit: "date at the venue",
        value: ({date}) => date,
        text: ({date}) => formatSessionDate(date, format)
      },
      {
        label: "Closed",
        unit: format.zone,
        value: ({closeTime}) => formatIso(closeTime),
        node: ({closeTime}) => moment(closeTime, format.moment(closeTime))
      },
      {
        label: "Close",
        unit: currency,
        kind: "number",
        value: ({close}) => close,
        text: ({close}) => format.price(close, tickSize)
      },
      {
        label: "Since the first",
        kind: "number",
        isSigned: true,
        value: ({change}) => change,
        text: ({change}) => format.fraction(change, {decimals: 2, signed: true})
      }
    ],
    {caption: `${name}, sessions drawn`}
  );
}

function changesOf(today: InstrumentToday | undefined): Change[] {
  const first = today?.sessions[0]?.close;
  return first === undefined ? [] : today!.sessions.map((session) => ({...session, change: session.close / first - 1}));
}
