import type {InstrumentId} from "../../services/domain/instrument.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import {tickPrice} from "../../services/domain/tick.js";
import type {Formats} from "../format/create-formats.js";
import {downloadButton} from "../parts/download-button.js";
import {html} from "../parts/html.js";
import {setFigure, setText} from "../parts/set-text.js";
import type {Column} from "../parts/table-column.js";
import type {LiveDesk} from "./live-desk.js";
import {liveMark, liveWords} from "./live-words.js";
import {type ReferenceClose, referenceClose} from "./reference-close.js";
import {sparkPath} from "./spark-path.js";

/** Where an instrument stands. */
export interface LastPrice {
  /** The newest tick's price, else the newest bar's close. */
  readonly last: number | undefined;
  /** Change since the close before the running, or last, session, as a fraction. */
  readonly change: number | undefined;
}

/** One line of a watchlist, as numbers. */
export interface WatchRow extends LastPrice {
  /** How long ago the newest tick happened at the venue; `undefined` before the first. */
  readonly ageMs: number | undefined;
  /** Closes of the session, oldest first. */
  readonly closes: Float64Array;
  /** Lowest and highest price of the session; `undefined` where there is no bar. */
  readonly range: {readonly low: number; readonly high: number} | undefined;
}

/** An instrument's last price and its change. */
export function lastPrice(desk: LiveDesk, id: InstrumentId): LastPrice {
  const {bars} = desk.joined(id);
  return lastOf(desk, id, referenceClose(bars, desk.calendar(id)));
}

/** What a desk knows of one instrument now. */
export function watchRow(desk: LiveDesk, id: InstrumentId): WatchRow {
  const {bars} = desk.joined(id);
  const reference = referenceClose(bars, desk.calendar(id));
  const {last, change} = lastOf(desk, id, reference);
  const [tick] = desk.ticks(id);
  const ageMs = tick === undefined ? undefined : Math.max(0, desk.now() - tick.eventTime);
  let [low, high] = [last ?? Infinity, last ?? -Infinity];
  const first = reference?.firstRow ?? 0;
  for (let i = first; i < bars.length; ++i) {
    low = Math.min(low, bars.low[i]!);
    high = Math.max(high, bars.high[i]!);
  }
  return {last, change, ageMs, closes: bars.close.subarray(first), range: low <= high ? {low, high} : undefined};
}

function lastOf(desk: LiveDesk, id: InstrumentId, reference: ReferenceClose | undefined): LastPrice {
  const [tick] = desk.ticks(id);
  const last = tick ? tickPrice(tick) : desk.joined(id).bars.close.at(-1);
  return {last, change: last === undefined || reference === undefined ? undefined : last / reference.price - 1};
}

const SPARK = {width: 120, height: 24} as const;

/** A view that is drawn again and again in place. */
export interface LiveView {
  readonly node: HTMLElement;
  draw(): void;
}

/** What a watchlist does besides. */
export interface WatchlistOptions {
  /** Called with an instrument that the reader picks; without it, names are no buttons. */
  readonly onChoose?: (id: InstrumentId) => void;
}

/** All instruments of a desk, a line each: last price, change from the previous close, the session and its range, the tick's age, state. */
export function watchlist(desk: LiveDesk, format: Formats, {onChoose}: WatchlistOptions = {}): LiveView {
  const lines = desk.instruments.map((instrument) => watchLine(desk, instrument, format, onChoose));
  const download = downloadButton(() => desk.instruments, fileColumns(desk), "Watchlist");
  const node = html`<div class="table-frame"><div class="table-scroll" tabindex="0" role="region" aria-label="Watchlist">
    <table class="data-table watchlist">
      <thead><tr>
        <th>Instrument</th><th class="number">Last</th><th class="number">Change, %</th>
        <th>Session</th><th class="number">Low</th><th>Range</th><th class="number">High</th>
        <th class="number">Tick age</th><th>State</th>
      </tr></thead>
      <tbody>${lines.map((line) => line.node)}</tbody>
    </table>
  </div><p class="table-foot"><span>Change from the last close before the session; range of the session; age since the venue's time of the tick.</span> ${download}</p></div>`;
  return {node, draw: () => lines.forEach((line) => void line.draw())};
}

function fileColumns(desk: LiveDesk): readonly Column<InstrumentSettings>[] {
  const of = (value: (row: WatchRow) => number | undefined) => (instrument: InstrumentSettings) =>
    value(watchRow(desk, instrument.id));
  return [
    {label: "Instrument", value: ({id}) => id},
    {label: "As of", unit: "UTC", value: () => new Date(desk.now()).toISOString()},
    {label: "Last", value: of(({last}) => last)},
    {label: "Change", unit: "fraction", value: of(({change}) => change)},
    {label: "Low", value: of(({range}) => range?.low)},
    {label: "High", value: of(({range}) => range?.high)},
    {label: "Tick age", unit: "ms", value: of(({ageMs}) => ageMs)},
    {label: "State", value: ({id}) => desk.state(id).state}
  ];
}

function watchLine(
  desk: LiveDesk,
  {id, name, tickSize}: InstrumentSettings,
  format: Formats,
  onChoose: WatchlistOptions["onChoose"]
): LiveView {
  const last = html`<data></data>`;
  const change = html`<data></data>`;
  const age = html`<span class="figure"></span>`;
  const state = html`<span class="mark"></span>`;
  const [low, high] = [html`<data></data>`, html`<data></data>`];
  const at = html`<span class="day-range-at"></span>`;
  const spark = sparkline(name);
  const chosen = onChoose && html`<button class="link-button" type="button" title=${`Show ${name}`}>${id}</button>`;
  chosen?.addEventListener("click", () => onChoose?.(id));
  const node = html`<tr data-instrument=${id}>
    <th scope="row" title=${name}>${chosen ?? id}</th><td class="number">${last}</td><td class="number">${change}</td>
    <td>${spark.node}</td><td class="number">${low}</td><td><span class="day-range" aria-hidden="true">${at}</span></td>
    <td class="number">${high}</td><td class="number">${age}</td><td>${state}</td>
  </tr>`;
  function draw(): void {
    const row = watchRow(desk, id);
    setFigure(last, row.last, format.price(row.last, tickSize));
    setFigure(
      change,
      row.change,
      format.number(row.change === undefined ? undefined : 100 * row.change, {signed: true, decimals: 2})
    );
    change.className = row.change === undefined || row.change === 0 ? "" : row.change > 0 ? "gain" : "loss";
    setFigure(low, row.range?.low, format.price(row.range?.low, tickSize));
    setFigure(high, row.range?.high, format.price(row.range?.high, tickSize));
    at.hidden = row.range === undefined || row.last === undefined;
    if (row.range && row.last !== undefined) at.style.left = `${100 * placeIn(row.range, row.last)}%`;
    setText(age, format.duration(row.ageMs));
    const now = desk.state(id);
    setText(state, liveMark(now, format));
    state.className = `mark mark-${now.state}`;
    state.title = liveWords(now, format);
    spark.draw(row.closes);
  }
  return {node, draw};
}

/** Where a price stands between low and high, as a fraction; in the middle where they are one. */
function placeIn({low, high}: {readonly low: number; readonly high: number}, price: number): number {
  return high > low ? Math.max(0, Math.min(1, (price - low) / (high - low))) : 0.5;
}

function sparkline(name: string) {
  const {width, height} = SPARK;
  const node = html`<span class="spark"><svg width=${width} height=${height} viewBox=${`0 -1 ${width} ${height + 2}`} role="img" aria-label=${`${name}, closes of the session`}>
    <path fill="none" stroke="currentColor" stroke-width="1"></path>
  </svg></span>`;
  const path = node.querySelector("path")!;
  let drawn = "";
  function draw(closes: Float64Array): void {
    const d = sparkPath(closes, SPARK);
    if (d !== drawn) path.setAttribute("d", d);
    drawn = d;
  }
  return {node, draw};
}
