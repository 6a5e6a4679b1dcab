import type {InstrumentSettings} from "../../services/domain/settings.js";
import type {Tick} from "../../services/domain/tick.js";
import type {EpochMs} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import {zoneName} from "../format/moment.js";
import {downloadButton} from "../parts/download-button.js";
import {figure, moment} from "../parts/figure.js";
import {html} from "../parts/html.js";
import type {Column} from "../parts/table-column.js";
import {type LiveDesk, TICKS_KEPT} from "./live-desk.js";
import type {LiveView} from "./watchlist.js";

const isoTime = (time: EpochMs) => new Date(time).toISOString();

const fileColumns: readonly Column<Tick>[] = [
  {label: "Venue time", unit: "UTC", value: ({eventTime}) => isoTime(eventTime)},
  {label: "Received", unit: "UTC", value: ({receivedTime}) => isoTime(receivedTime)},
  {label: "Price or bid", value: (tick) => (tick.type === "quote" ? tick.bid : tick.price)},
  {label: "Ask", value: (tick) => (tick.type === "quote" ? tick.ask : undefined)},
  {label: "Volume", value: (tick) => (tick.type === "trade" ? tick.volume : undefined)},
  {label: "To the sidecar", unit: "ms", value: ({eventTime, receivedTime}) => receivedTime - eventTime}
];

/** The newest ticks of one instrument, newest first, each as the venue sent it: its time, prices, volume, and how long it took. */
export function tapeList(
  desk: LiveDesk,
  {id, tickSize}: InstrumentSettings,
  format: Formats,
  {rows = 15} = {}
): LiveView {
  const body = html`<tbody></tbody>`;
  const clock = new Intl.DateTimeFormat(format.locale, {
    timeZone: format.zone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    hourCycle: "h23"
  });
  const price = (value: number) => figure(value, format.price(value, tickSize));
  const download = downloadButton(() => desk.ticks(id), fileColumns, `Tape of ${id}`);
  const node = html`<div class="table-frame"><div class="table-scroll" tabindex="0" role="region" aria-label=${`Tape of ${id}`}>
    <table class="data-table tape">
      <thead><tr>
        <th>Venue time, ${zoneName(desk.now(), format)}</th><th class="number">Price or bid</th><th class="number">Ask</th>
        <th class="number">Volume</th><th class="number">To the sidecar, ms</th>
      </tr></thead>
      ${body}
    </table>
  </div><p class="table-foot"><span>The newest ${rows}; the file holds up to ${TICKS_KEPT}.</span> ${download}</p></div>`;

  function row(tick: Tick): HTMLElement {
    const tookMs = tick.receivedTime - tick.eventTime;
    return html`<tr>
      <td>${moment(tick.eventTime, clock.format(tick.eventTime))}</td>
      <td class="number">${price(tick.type === "quote" ? tick.bid : tick.price)}</td>
      <td class="number">${tick.type === "quote" ? price(tick.ask) : "–"}</td>
      <td class="number">${tick.type === "trade" ? figure(tick.volume, format.count(tick.volume)) : "–"}</td>
      <td class="number">${figure(tookMs, format.count(tookMs))}</td>
    </tr>`;
  }

  const emptyRow = () => html`<tr><td colspan="5">No tick yet.</td></tr>`;
  let shown: readonly Tick[] | undefined;
  return {
    node,
    draw() {
      const ticks = desk.ticks(id).slice(0, rows);
      if (shown !== undefined && ticks[0] === shown[0]) return;
      const known = shown?.[0] === undefined ? -1 : ticks.indexOf(shown[0]);
      shown = ticks;
      if (ticks.length === 0) body.replaceChildren(emptyRow());
      else if (known < 0) body.replaceChildren(...ticks.map(row));
      else {
        body.prepend(...ticks.slice(0, known).map(row)); // those below stay as they are
        while (body.childElementCount > rows) body.lastElementChild!.remove();
      }
    }
  };
}
