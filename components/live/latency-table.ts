import type {Formats} from "../format/create-formats.js";
import {downloadButton} from "../parts/download-button.js";
import {html} from "../parts/html.js";
import {setFigure, setText} from "../parts/set-text.js";
import type {Column} from "../parts/table-column.js";
import type {LatencyMeter, LatencyStage} from "./latency-meter.js";
import type {LiveDesk} from "./live-desk.js";
import type {LiveView} from "./watchlist.js";

const fileColumns: readonly Column<LatencyStage>[] = [
  {label: "Stretch", value: ({name}) => name},
  {label: "n", value: ({n}) => n},
  {label: "Median", unit: "ms", value: ({medianMs}) => medianMs},
  {label: "95 %", unit: "ms", value: ({p95Ms}) => p95Ms},
  {label: "Worst", unit: "ms", value: ({worstMs}) => worstMs}
];

/** How long ticks take from the venue to the screen, by stretches: median, 95 of 100, worst, and how many were timed. */
export function latencyTable(desk: LiveDesk, meter: LatencyMeter, format: Formats): LiveView {
  const body = html`<tbody></tbody>`;
  const words = html`<span></span>`;
  const foot = html`<p class="table-foot">${words} ${downloadButton(meter.stages, fileColumns, "Latency")}</p>`;
  const rows = meter.stages().map(({name}) => {
    const cells = Array.from({length: 3}, () => html`<data></data>`);
    body.append(
      html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td class="number">${cell}</td>`)}</tr>`
    );
    return cells;
  });
  const node = html`<div class="table-frame"><div class="table-scroll" tabindex="0" role="region" aria-label="Latency">
    <table class="data-table latency">
      <thead><tr><th>Latency, ms</th><th class="number">Median</th><th class="number">95 %</th><th class="number">Worst</th></tr></thead>
      ${body}
    </table>
  </div>${foot}</div>`;

  function draw(): void {
    const stages = meter.stages();
    stages.forEach(({medianMs, p95Ms, worstMs}, i) => {
      [medianMs, p95Ms, worstMs].forEach((value, j) => {
        setFigure(rows[i]![j]!, Number.isFinite(value) ? value : undefined, format.number(value, {decimals: 0}));
      });
    });
    setText(words, footOf(stages[0]!.n, desk.client?.state.latencyMs ?? NaN, format));
  }
  return {node, draw};
}

function footOf(n: number, errorMs: number, format: Formats): string {
  const clocks = Number.isFinite(errorMs)
    ? `; the sidecar's clock is known to ±${format.number(errorMs, {decimals: 1})} ms, the venue's is taken at its word`
    : "";
  return n === 0 ? "No tick was timed yet." : `n = ${format.count(n)}, the newest ticks drawn${clocks}.`;
}
