import type {FeedStatus, SignalStatus, SnapshotStatus, StoreStatus} from "../../services/domain/wire.js";
import type {Formats} from "../format/create-formats.js";
import {html} from "../parts/html.js";
import {setText} from "../parts/set-text.js";
import type {SidecarPlace} from "./find-sidecar.js";
import type {LiveDesk} from "./live-desk.js";
import {missingWords} from "./missing-words.js";
import type {LiveView} from "./watchlist.js";

/** What a page knows of its sidecar and every feed behind it: a line each, with what is wrong in words. */
export function statusStrip(desk: LiveDesk, place: SidecarPlace | undefined, format: Formats): LiveView {
  const lineNode = html`<dd></dd>`;
  const feeds = html`<div class="feeds"></div>`;
  const node = html`<div class="status-strip" role="status" aria-live="off">
    <dl class="facts"><dt>Sidecar</dt>${lineNode}</dl>
    ${feeds}
  </div>`;
  let drawn = "";
  function draw(): void {
    setText(lineNode, lineWords(desk, place, format));
    const line = desk.client?.state;
    const facts: (readonly [string, string])[] = (line?.feeds ?? []).map(
      (feed) => [`Feed ${feed.name}`, feedWords(feed, desk.now(), format)] as const
    );
    if (line?.store) facts.push(["Database", storeWords(line.store, format)]);
    if (line?.snapshots) facts.push(["Snapshots", snapshotWords(line.snapshots, format)]);
    if (line?.signals) facts.push(["Signals", searchWords(line.signals, format)]);
    const missing = line && missingWords(line, format);
    if (missing !== undefined) facts.push(["Missing", missing]);
    const text = JSON.stringify(facts);
    if (text === drawn) return;
    drawn = text;
    const rows = facts.flatMap(([name, words]) => [html`<dt>${name}</dt>`, html`<dd>${words}</dd>`]);
    feeds.replaceChildren(html`<dl class="facts">${rows}</dl>`);
  }
  return {node, draw};
}

/** The line to the sidecar in words: `ws://127.0.0.1:8765/; open; latency 2.0 ms; its clock is 0.3 s ahead`. */
function lineWords(desk: LiveDesk, place: SidecarPlace | undefined, format: Formats): string {
  const line = desk.client?.state;
  if (!line || !place) return "none was found for this page";
  const origin = place.chosenBy === "link" ? `named by this page's link, not by the site: ${place.url}` : place.url;
  if (line.connection !== "open") {
    const why = line.lastError === null ? "" : `: ${line.lastError}`;
    return `${origin}; ${line.attempts === 0 ? "connecting" : `not reached, attempt ${line.attempts}`}${why}`;
  }
  const latency = Number.isFinite(line.latencyMs) ? `; latency ${format.number(line.latencyMs, {decimals: 1})} ms` : "";
  const error = line.lastError === null ? "" : `; ${line.lastError}`;
  return `${origin}; open${latency}; ${clockWords(line.offsetMs, format)}${error}`;
}

function clockWords(offsetMs: number, format: Formats): string {
  if (!(Math.abs(offsetMs) >= 50)) return "clocks agree";
  return `its clock is ${format.duration(Math.abs(offsetMs))} ${offsetMs > 0 ? "ahead" : "behind"}`;
}

/** How the sidecar's database stands in words: `not connected; 214 bars wait, all on disk`. */
function storeWords(store: StoreStatus, format: Formats): string {
  const {connected, waiting, waitingSince, isJournaled, barsDropped, ticksDropped, lastError} = store;
  const count = (n: number, one: string, many: string) => `${format.count(n)} ${n === 1 ? one : many}`;
  const since = waitingSince === null ? "" : ` since ${format.zoned(waitingSince, "second")}`;
  const parts = [
    connected ? "connected" : "not connected",
    waiting === 0
      ? "no bar waits"
      : `${count(waiting, "bar waits", "bars wait")}${since}, ${isJournaled ? "all on disk" : "not all on disk"}`,
    barsDropped === 0 ? undefined : `${count(barsDropped, "bar", "bars")} given up, to be had from history`,
    ticksDropped === 0 ? undefined : `${count(ticksDropped, "tick", "ticks")} not notified`,
    lastError ?? undefined
  ];
  return parts.filter((part) => part !== undefined).join("; ");
}

/** How the sidecar's own snapshots stand in words: `last taken 2 Jan 10:02:30`. */
export function snapshotWords({takenTime, lastError}: SnapshotStatus, format: Formats): string {
  const taken = takenTime === null ? "none taken yet" : `last taken ${format.zoned(takenTime, "second")}`;
  return lastError === null ? taken : `${taken}; ${lastError}`;
}

/** How the search for signals stands in words: `looked for in 4 contracts and timeframes`. */
export function searchWords({targets, failing, lastError}: SignalStatus, format: Formats): string {
  const places = `${format.count(targets)} ${targets === 1 ? "contract and timeframe" : "contracts and timeframes"}`;
  return failing === 0
    ? `looked for in ${places}`
    : `not looked for in ${format.count(failing)} of ${places}; ${lastError}`;
}

/** A feed's health in words: `connected; last tick 0.4 s ago; 1 reconnect; no gap`. */
function feedWords(feed: FeedStatus, now: number, format: Formats): string {
  const {connected, lastReceivedTime, reconnects, gaps, late, corrected = 0, dropped = 0, rate, lastError} = feed;
  const count = (n: number, one: string, many: string) => `${format.count(n)} ${n === 1 ? one : many}`;
  const parts = [
    connected ? "connected" : "not connected",
    lastReceivedTime === null
      ? "no tick yet"
      : `last tick ${format.duration(Math.max(0, Math.round((now - lastReceivedTime) / 1_000) * 1_000))} ago`,
    rate === undefined ? undefined : `${format.number(rate, {decimals: 1})} ticks a second`,
    count(reconnects, "reconnect", "reconnects"),
    gaps === 0 ? "no gap" : `${count(gaps, "gap", "gaps")} not filled yet`,
    late === 0 ? undefined : count(late, "late tick", "late ticks"),
    dropped === 0 ? undefined : count(dropped, "tick dropped", "ticks dropped"),
    corrected === 0 ? undefined : count(corrected, "bar corrected", "bars corrected"),
    lastError ?? undefined
  ];
  return parts.filter((part) => part !== undefined).join("; ");
}
