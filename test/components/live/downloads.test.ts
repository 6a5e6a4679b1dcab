// @vitest-environment jsdom
import {Blob} from "node:buffer";
import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {ruleList} from "../../../components/alerts/alert-lists.js";
import {openAlertStore} from "../../../components/alerts/alert-store.js";
import {createFormats} from "../../../components/format/create-formats.js";
import {chartGrid} from "../../../components/live/chart-grid.js";
import {createLatencyMeter} from "../../../components/live/latency-meter.js";
import {latencyTable} from "../../../components/live/latency-table.js";
import {createLiveDesk} from "../../../components/live/live-desk.js";
import {signalFeed} from "../../../components/live/signal-feed.js";
import {tapeList} from "../../../components/live/tape-list.js";
import {watchlist} from "../../../components/live/watchlist.js";
import {toBarSeries} from "../../../services/domain/bar.js";
import {roundTheClock} from "../../sidecar/tape.js";
import {memoryBrowser} from "../alerts/memory-browser.js";
import {type HandDesk, handDesk, infy, minuteBar, NINE} from "./hand-desk.js";

const format = createFormats({zone: "UTC", locale: "en-GB"});
let hand: HandDesk;
let files: Blob[];

beforeEach(() => {
  vi.useFakeTimers({now: NINE + 10_000});
  hand = handDesk(toBarSeries([minuteBar(-600, 1_500), minuteBar(-1, 1_520)]));
  files = [];
  vi.stubGlobal("Blob", Blob);
  vi.stubGlobal(
    "URL",
    Object.assign(URL, {createObjectURL: (file: Blob) => `#${files.push(file)}`, revokeObjectURL() {}})
  );
});
afterEach(() => {
  hand.desk.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function download(node: HTMLElement): Promise<string[]> {
  [...node.querySelectorAll("button")].find((button) => button.textContent === "Download CSV")!.click();
  return (await files.at(-1)!.text()).trim().split("\r\n");
}

it("hands the tape over as a file: every tick that is kept, as the venue sent it", async () => {
  const tape = tapeList(hand.desk, infy, format, {rows: 1});
  hand.tick(1_529.95, NINE + 9_000, NINE + 9_400);
  hand.tick(1_530.05, NINE + 9_500);
  expect(await download(tape.node)).toEqual([
    "Venue time (UTC),Received (UTC),Price or bid,Ask,Volume,To the sidecar (ms)",
    "2024-01-02T09:00:09.500Z,2024-01-02T09:00:09.500Z,1530.05,,7,0",
    "2024-01-02T09:00:09.000Z,2024-01-02T09:00:09.400Z,1529.95,,7,400"
  ]);
});

it("hands the watchlist over as it stands when the button is pressed", async () => {
  const list = watchlist(hand.desk, format);
  hand.tick(1_530, NINE + 8_000);
  expect(await download(list.node)).toEqual([
    "Instrument,As of (UTC),Last,Change (fraction),Low,High,Tick age (ms),State",
    `NSE:INFY,2024-01-02T09:00:10.000Z,1530,${1_530 / 1_500 - 1},1520,1530,2000,live`
  ]);
});

it("hands signals, latency and alerts over as files", async () => {
  const signal = {
    ...({instrument: "NSE:INFY", timeframe: "1m", type: "uptrend_start", time: NINE, knownAt: NINE + 60_000} as const),
    ...{price: 1_500, rule: "trend-start@1", ruleType: "EXHAUSTION_REVERSAL", analyzer: "trend"}
  };
  hand.say({type: "signal", topic: "signal:NSE:INFY:1m", seq: 1, signal});
  hand.say({type: "hello", version: 1, serverTime: NINE, simulated: true, topics: ["signal:NSE:INFY:1m"], boot: "a"});
  hand.say({type: "signal", topic: "signal:NSE:INFY:1m", seq: 1, signal});
  expect((await download(signalFeed(hand.desk, "1m", format).node)).at(-1)).toBe(
    "2024-01-02T09:01:00.000Z,NSE:INFY,1m,up,1500,2024-01-02T09:00:00.000Z,trend-start@1 EXHAUSTION_REVERSAL,trend,yes"
  );
  expect(await download(latencyTable(hand.desk, createLatencyMeter(), format).node)).toHaveLength(5);
  const store = openAlertStore([infy.id], memoryBrowser().open());
  store.add({kind: "price", instrument: infy.id, side: "above", level: 1_650}, NINE);
  const rules = ruleList(store, {instruments: [infy], format, now: hand.desk.now});
  expect((await download(rules)).at(-1)).toBe("price NSE:INFY above 1650,armed,2024-01-02T09:00:00.000Z,");
});

it("leads from each chart of a grid to its table and source, and tells of each that is drawn", () => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    }
  );
  vi.stubGlobal("matchMedia", () => ({addEventListener() {}}));
  const chosen: string[] = [];
  const grid = chartGrid(hand.desk, {timeframe: "1m", bars: 60, onChoose: (id) => chosen.push(id)}, format);
  grid.node.querySelector<HTMLButtonElement>("[aria-label='Table and source of NSE:INFY']")!.click();
  expect(chosen).toEqual(["NSE:INFY"]);
  grid.end();

  const two = [infy, {...infy, id: "NSE:TCS"}] as const;
  const calendars = {crypto: roundTheClock};
  const now = () => NINE;
  const desk = createLiveDesk({instruments: two, calendars, snapshots: new Map(), connect: () => undefined, now});
  let drawn = 0;
  const timed = chartGrid(desk, {timeframe: "1m", bars: 60, onDrawn: () => ++drawn}, format);
  timed.draw();
  vi.advanceTimersByTime(20);
  expect(drawn).toBe(2); // a tick of either is on the screen when its own chart is
  timed.end();
});
