import {barClose} from "../../services/domain/bar-close.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import type {Timeframe} from "../../services/domain/timeframe.js";
import type {Formats} from "../format/create-formats.js";
import {html} from "../parts/html.js";
import {setText} from "../parts/set-text.js";
import type {LiveDesk} from "./live-desk.js";
import {liveWords} from "./live-words.js";
import type {LiveView} from "./watchlist.js";

/**
 * What stands under a live chart: state, seam, bars healed, corrected or told otherwise, gaps, and how long the bar
 * still forms.
 */
export function chartWords(
  desk: LiveDesk,
  {id}: InstrumentSettings,
  format: Formats,
  timeframe: Timeframe = "1m"
): LiveView {
  const node = html`<p class="live-foot" role="status" aria-live="off"></p>`;
  return {node, draw: () => setText(node, describe(desk, id, timeframe, format))};
}

function describe(desk: LiveDesk, id: InstrumentSettings["id"], timeframe: Timeframe, format: Formats): string {
  const {seam, healed, gaps, differences, corrections} = desk.joined(id);
  const {forming, isPartial} = desk.series(id, timeframe);
  const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
  const leftMs = forming && Math.max(0, barClose(forming.time, timeframe, desk.calendar(id)) - desk.now());
  const count = (n: number, one: string, many: string) => `${format.count(n)} ${n === 1 ? one : many}`;
  const left =
    leftMs === undefined
      ? ""
      : leftMs < 60_000
        ? `${format.count(Math.ceil(leftMs / 1_000))} s`
        : format.duration(leftMs);
  const parts = [
    liveWords(desk.state(id), format),
    seam === undefined ? "all bars are the snapshot's" : `snapshot to ${format.moment(seam, "time")}, then live`,
    healed.size === 0 ? undefined : `${count(healed.size, "minute", "minutes")} filled from the source's history`,
    seam === undefined
      ? undefined
      : missing === 0
        ? "no gap since"
        : `${count(missing, "minute", "minutes")} without a bar since`,
    corrections.size === 0 ? undefined : `${count(corrections.size, "minute", "minutes")} corrected by the sidecar`,
    differences.length === 0
      ? undefined
      : `${count(differences.length, "bar is", "bars are")} told otherwise now and shown as at first`,
    leftMs === undefined ? undefined : `this bar ${isPartial ? "(something of it was not seen) " : ""}closes in ${left}`
  ];
  return `${capitalised(parts.filter((part) => part !== undefined).join("; "))}.`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
