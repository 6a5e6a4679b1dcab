import {runAlerts} from "../../components/alerts/alert-engine.js";
import {openAlertStore} from "../../components/alerts/alert-store.js";
import {createFormats} from "../../components/format/create-formats.js";
import {chartGrid} from "../../components/live/chart-grid.js";
import {createClient} from "../../components/live/client.js";
import {createGate} from "../../components/live/gate.js";
import {keepDrawn} from "../../components/live/keep-drawn.js";
import {createLatencyMeter} from "../../components/live/latency-meter.js";
import {latencyTable} from "../../components/live/latency-table.js";
import {createLiveDesk} from "../../components/live/live-desk.js";
import {observeOverall} from "../../components/live/overall-state.js";
import {signalFeed} from "../../components/live/signal-feed.js";
import {statusStrip} from "../../components/live/status-strip.js";
import {tapeList} from "../../components/live/tape-list.js";
import {trackLatency} from "../../components/live/track-latency.js";
import {transport} from "../../components/live/transport.js";
import {watchlist} from "../../components/live/watchlist.js";
import {pageHead} from "../../components/parts/page-head.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import type {Timeframe} from "../../services/domain/timeframe.js";

const roundTheClock = {
  ...{name: "always", zone: "UTC", openMinute: 0, closeMinute: 1_440, weekdays: [0, 1, 2, 3, 4, 5, 6]},
  ...{holidays: [], special: {}}
};
const timeframes: readonly Timeframe[] = ["1m", "3m", "5m", "15m", "1h", "1d"];
const format = createFormats({zone: "Asia/Kolkata", locale: "en-IN"});

/** Draws all that moves on the Live page, of a sidecar's instruments side by side, with an alert on each. */
export function start(url: string, symbols: readonly string[]): void {
  const {desk, watch} = openDesks(url, symbols);
  const gate = desk.client!;
  const [first] = desk.instruments;
  const meter = createLatencyMeter();
  const timing = trackLatency(gate, meter, () => true);
  const [head, alerts] = [document.createElement("div"), document.createElement("p")];
  const grid = chartGrid(desk, {timeframe: "1m", bars: 60, onChoose() {}, onDrawn: timing.drawn}, format);
  const transports = transport(gate, {instrument: () => first!.id, format});
  const list = watchlist(desk, format, {onChoose() {}});
  const feed = signalFeed(desk, "1m", format);
  const tape = tapeList(desk, first!, format);
  const strip = statusStrip(desk, {url, chosenBy: "link"}, format);
  const latency = latencyTable(desk, meter, format);
  const views = [transports, grid, list, feed, tape, strip, latency].map(({node}) => node);
  document.body.append(head, ...views, alerts);

  observeOverall(desk)((state) => {
    head.replaceChildren(pageHead({title: "Live", deck: "What trades now", ...state, simulated: true}, format));
  });
  const drawings = {
    100: () => [transports, grid].forEach((view) => void view.draw()),
    250: () => [list, tape].forEach((view) => void view.draw()),
    1000: () => [feed, strip, latency].forEach((view) => void view.draw())
  };
  for (const [ms, draw] of Object.entries(drawings)) keepDrawn({listen: desk.listen, draw, atLeastMs: Number(ms)});
  const ids = desk.instruments.map(({id}) => id);
  const store = openAlertStore(ids);
  for (const id of ids) store.add({kind: "price", instrument: id, side: "above", level: 1e9}, desk.now());
  runAlerts({desk: watch, store, onFiring: ({rule}) => alerts.append(rule)});
}

/** The page's desk behind its gate, and the one that alerts are held against beside it. */
function openDesks(url: string, symbols: readonly string[]) {
  const followed = {
    instruments: symbols.map(instrumentOf),
    calendars: {always: roundTheClock},
    snapshots: new Map(),
    signals: timeframes,
    now: () => Date.now()
  };
  const desk = createLiveDesk({...followed, connect: (wanted) => createGate(createClient({url, ...wanted}))});
  return {desk, watch: createLiveDesk({...followed, connect: () => desk.client?.line})};
}

function instrumentOf(symbol: string): InstrumentSettings {
  return {
    ...{id: `X:${symbol}`, name: symbol, slug: symbol, assetClass: "crypto", currency: "USD", tickSize: 0.01},
    ...{contractSize: 1, calendar: "always", timeframes: ["1m"], live: true}
  };
}

/** Milliseconds from frame to frame over so long. */
export function frames(durationMs: number): Promise<number[]> {
  const all: number[] = [];
  return new Promise((resolve) => {
    const begun = performance.now();
    let before = begun;
    const next = (now: number) => {
      all.push(now - before);
      before = now;
      if (now - begun < durationMs) requestAnimationFrame(next);
      else resolve(all.slice(1));
    };
    requestAnimationFrame(next);
  });
}

let cleared = 0;

/** Canvases cleared so far: each drawing of a chart begins with that. */
export function drawings(): number {
  return cleared;
}

const clearRect = CanvasRenderingContext2D.prototype.clearRect;
CanvasRenderingContext2D.prototype.clearRect = function (...rect) {
  ++cleared;
  clearRect.apply(this, rect);
};

/** Makes the page believe that it is hidden, or seen again. */
export function hide(isHidden: boolean): void {
  Object.defineProperty(document, "hidden", {configurable: true, get: () => isHidden});
  document.dispatchEvent(new Event("visibilitychange"));
}
