import type {EpochMs} from "../../services/domain/time.js";
import type {Timeframe} from "../../services/domain/timeframe.js";
import type {Formats} from "../format/create-formats.js";
import {downloadButton} from "../parts/download-button.js";
import {moment} from "../parts/figure.js";
import {html} from "../parts/html.js";
import type {Column} from "../parts/table-column.js";
import type {LiveDesk} from "./live-desk.js";
import type {BookedSignal} from "./signal-book.js";
import {ruleWords} from "./signal-words.js";
import type {LiveView} from "./watchlist.js";

const isoTime = (time: EpochMs) => new Date(time).toISOString();

const fileColumns: readonly Column<BookedSignal>[] = [
  {label: "Known at the close of", unit: "UTC", value: ({knownAt}) => isoTime(knownAt)},
  {label: "Instrument", value: ({instrument}) => instrument},
  {label: "Timeframe", value: ({timeframe}) => timeframe},
  {label: "Trend start", value: ({type}) => (type === "uptrend_start" ? "up" : "down")},
  {label: "Price", value: ({price}) => price},
  {label: "On the bar of", unit: "UTC", value: ({time}) => isoTime(time)},
  {label: "Rule", value: ({rule, ruleType}) => `${rule} ${ruleType}`},
  {label: "Found by", value: ({by}) => by},
  {label: "Stands", value: ({stands}) => (stands ? "yes" : "no")}
];

/** The newest trend starts of all instruments of a desk, the last known first: where each sits and what made it known. */
export function signalFeed(desk: LiveDesk, timeframe: Timeframe, format: Formats, {rows = 12} = {}): LiveView {
  const body = html`<tbody></tbody>`;
  const words = html`<span></span>`;
  const download = downloadButton(() => desk.signals(timeframe), fileColumns, `Signals ${timeframe}`);
  const foot = html`<p class="table-foot">${words} ${download}</p>`;
  const node = html`<div class="table-frame"><div class="table-scroll" tabindex="0" role="region" aria-label="Signals">
    <table class="data-table signals">
      <thead><tr>
        <th>Known at the close of</th><th>Instrument</th><th>Trend start</th><th class="number">Price</th>
        <th>On the bar of</th><th>Rule</th><th>Found by</th>
      </tr></thead>
      ${body}
    </table>
  </div>${foot}</div>`;
  const tickSizes = new Map(desk.instruments.map(({id, tickSize}) => [id, tickSize]));

  function row({instrument, type, time, knownAt, price, ruleType, by, stands}: BookedSignal): HTMLElement {
    const isUp = type === "uptrend_start";
    const note = stands ? "" : "; the bars as filled since no longer say so";
    return html`<tr>
      <th scope="row">${moment(knownAt, format.moment(knownAt))}</th><td>${instrument}</td>
      <td class=${isUp ? "gain" : "loss"}>${isUp ? "▲ up" : "▼ down"}</td>
      <td class="number">${format.price(price, tickSizes.get(instrument) ?? 0.01)}</td>
      <td>${moment(time, format.moment(time))}</td><td class="wrap">${ruleWords(ruleType)}</td><td class="wrap">${by}${note}</td>
    </tr>`;
  }

  let drawn = "";
  return {
    node,
    draw() {
      const all = desk.signals(timeframe);
      const shown = all.slice(0, rows);
      const text = JSON.stringify(shown);
      if (text === drawn) return;
      drawn = text;
      const empty = html`<tr><td colspan="7">No trend start in the ${timeframe} bars shown so far.</td></tr>`;
      body.replaceChildren(...(shown.length === 0 ? [empty] : shown.map(row)));
      words.textContent = `The newest ${format.count(shown.length)} of ${format.count(all.length)}, ${timeframe} bars; nobody could know one before the close named.`;
    }
  };
}
