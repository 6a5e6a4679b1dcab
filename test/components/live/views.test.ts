// @vitest-environment jsdom
import {afterEach, beforeEach, describe, expect, it, vi} from "vitest";
import {createFormats} from "../../../components/format/create-formats.js";
import {chartWords} from "../../../components/live/chart-words.js";
import {createClient} from "../../../components/live/client.js";
import {defaultClientEffects, type Socket} from "../../../components/live/client-effects.js";
import {createLiveDesk, type LiveDesk} from "../../../components/live/live-desk.js";
import {observeOverall, overallState} from "../../../components/live/overall-state.js";
import {statusStrip} from "../../../components/live/status-strip.js";
import {tapeList} from "../../../components/live/tape-list.js";
import {watchlist, watchRow} from "../../../components/live/watchlist.js";
import {type Bar, toBarSeries} from "../../../services/domain/bar.js";
import type {InstrumentSettings} from "../../../services/domain/settings.js";
import type {FeedStatus, ServerMessage} from "../../../services/domain/wire.js";
import {roundTheClock} from "../../sidecar/tape.js";

const MIDNIGHT = Date.UTC(2024, 0, 2);
const NINE = MIDNIGHT + 9 * 3_600_000;
const format = createFormats({zone: "UTC", locale: "en-GB"});
const infy: InstrumentSettings = {
  id: "NSE:INFY",
  name: "Infosys",
  slug: "INFY",
  assetClass: "equity",
  currency: "INR",
  tickSize: 0.05,
  contractSize: 1,
  calendar: "crypto",
  timeframes: ["1m"],
  live: true
};
const bar = (time: number, price: number): Bar => ({
  time,
  open: price,
  high: price,
  low: price,
  close: price,
  volume: 1
});
const snapshot = toBarSeries([bar(MIDNIGHT - 60_000, 1_500), bar(NINE - 120_000, 1_510), bar(NINE - 60_000, 1_520)]);
const feed: FeedStatus = {
  name: "kite",
  instruments: ["NSE:INFY"],
  connected: true,
  lastEventTime: NINE + 9_500,
  lastReceivedTime: NINE + 9_900,
  reconnects: 1,
  gaps: 0,
  late: 0,
  lastError: null
};

describe("the views of a live page", () => {
  let desk: LiveDesk;
  let socket: Socket;
  const say = (message: ServerMessage) => socket.onmessage!({data: JSON.stringify(message)});
  const tick = (seq: number, price: number, eventTime: number) => {
    const trade = {
      type: "trade",
      instrument: "NSE:INFY",
      eventTime,
      receivedTime: eventTime + 400,
      price,
      volume: 7
    } as const;
    say({type: "tick", topic: "tick:NSE:INFY", seq, tick: trade});
  };

  beforeEach(() => {
    vi.useFakeTimers({now: NINE + 10_000});
    const open = () => {
      socket = {onmessage: null, onclose: null, onerror: null, send() {}, close() {}};
      return socket;
    };
    desk = createLiveDesk({
      instruments: [infy],
      calendars: {crypto: roundTheClock},
      snapshots: new Map([[infy.id, snapshot]]),
      connect: (wanted) => createClient({url: "ws://memory", ...wanted, effects: {...defaultClientEffects, open}}),
      now: () => Date.now()
    });
    say({type: "hello", version: 1, serverTime: NINE + 10_000, simulated: true, topics: [], boot: "a"});
    say({type: "status", topic: "status", seq: 1, feeds: [feed], serverTime: NINE + 10_000});
  });
  afterEach(() => {
    desk.close();
    vi.useRealTimers();
  });

  it("shows the tick that was sent: price, venue time, volume, and how long it took", () => {
    tick(1, 1_530.05, NINE + 9_123);
    const tape = tapeList(desk, infy, format);
    tape.draw();
    const cells = [...tape.node.querySelectorAll("tbody tr:first-child td")].map(
      (cell) => cell.firstElementChild ?? cell
    );
    expect(cells[0]!.getAttribute("datetime")).toBe("2024-01-02T09:00:09.123Z");
    expect(cells.map((cell) => cell.getAttribute("value"))).toEqual([null, "1530.05", null, "7", "400"]);
    expect(cells.map((cell) => cell.textContent)).toEqual(["09:00:09.123", "1\u202f530.05", "–", "7", "400"]);
  });

  it("adds the newest ticks above those that are shown, and lets the oldest go", () => {
    const tape = tapeList(desk, infy, format, {rows: 3});
    const shown = () =>
      [...tape.node.querySelectorAll("tbody td:nth-child(2)")].map((cell) => cell.textContent!.replace("\u202f", ""));
    tape.draw();
    tick(1, 1_530, NINE + 1_000);
    tick(2, 1_531, NINE + 2_000);
    tape.draw();
    const before = tape.node.querySelector("tbody tr");
    tick(3, 1_532, NINE + 3_000);
    tick(4, 1_533, NINE + 4_000);
    tape.draw();
    expect(shown()).toEqual(["1533.00", "1532.00", "1531.00"]);
    expect(tape.node.querySelector("tbody tr:last-child")).toBe(before);
    for (let seq = 5; seq < 12; ++seq) tick(seq, 1_500 + seq, NINE + 1_000 * seq);
    tape.draw();
    expect(shown()).toEqual(["1511.00", "1510.00", "1509.00"]);
  });

  it("lists price, change from the previous session's close, and the age of the tick by the sidecar's clock", () => {
    expect(watchRow(desk, infy.id)).toMatchObject({last: 1_520, ageMs: undefined});
    tick(1, 1_530, NINE + 8_000);
    const {last, change, ageMs, closes} = watchRow(desk, infy.id);
    expect([last, change, ageMs, [...closes]]).toEqual([1_530, 1_530 / 1_500 - 1, 2_000, [1_510, 1_520]]);
    const list = watchlist(desk, format);
    list.draw();
    const cells = [...list.node.querySelectorAll("tbody tr > *")].map((cell) => cell.textContent!.trim());
    expect(cells).toEqual([
      "NSE:INFY",
      "1\u202f530.00",
      "+2.00",
      "",
      "1\u202f510.00",
      "",
      "1\u202f530.00",
      "2.0\u202fs",
      "● Live"
    ]);
  });

  it("says what is live and what is wrong, and takes it back", () => {
    expect(overallState(desk)).toEqual({state: "live", note: "1 live", asOf: NINE});
    say({
      type: "status",
      topic: "status",
      seq: 2,
      feeds: [{...feed, connected: false, lastError: "token refused"}],
      serverTime: NINE
    });
    expect(overallState(desk)).toMatchObject({state: "stale", note: "1 stale"});
    const words = chartWords(desk, infy, format);
    words.draw();
    expect(words.node.textContent).toContain("Token refused since 2 Jan 2024, 09:00:09");
    socket.onclose!({code: 1006, reason: ""});
    words.draw();
    expect(words.node.textContent).toContain("No sidecar: showing bars to 2 Jan 2024, 08:59");
    expect(overallState(desk)).toMatchObject({state: "snapshot", note: "1 offline"});
  });

  it("names a sidecar that a link chose, and each feed's health", () => {
    const strip = statusStrip(desk, {url: "wss://elsewhere.example/", chosenBy: "link"}, format);
    strip.draw();
    expect(strip.node.textContent).toContain("named by this page's link, not by the site: wss://elsewhere.example/");
    expect(strip.node.textContent).toContain("connected; last tick 0.0\u202fs ago; 1 reconnect; no gap");
  });

  it("names what is missing, and says nothing of it where nothing is", () => {
    const strip = statusStrip(desk, undefined, format);
    strip.draw();
    expect(strip.node.textContent).not.toContain("Missing");
    tick(1, 1_530, NINE + 9_000);
    say({type: "replay", topic: "bar:NSE:INFY:1m", events: [], lastSeq: 4, complete: false});
    const quote = {type: "quote", instrument: "NSE:INFY", eventTime: NINE, receivedTime: NINE, bid: 1, ask: 2} as const;
    say({type: "tick", topic: "tick:NSE:INFY", seq: 9, conflated: 7, tick: quote});
    strip.draw();
    expect(strip.node.textContent).toContain(
      "Missingbars of NSE:INFY may be missing and are asked for again; 7 ticks left out: this page read too slowly"
    );
  });

  it("tells a hidden page nothing of its state, and all of it when it is seen again", () => {
    let isHidden = true;
    vi.spyOn(document, "hidden", "get").mockImplementation(() => isHidden);
    const notes: string[] = [];
    const end = observeOverall(desk)(({note}) => notes.push(note));
    socket.onclose!({code: 1006, reason: ""});
    vi.advanceTimersByTime(10_000);
    expect(notes).toEqual(["1 live"]);
    isHidden = false;
    document.dispatchEvent(new Event("visibilitychange"));
    expect(notes).toEqual(["1 live", "1 offline"]);
    end();
    vi.restoreAllMocks();
  });

  it("says how the database stands, and what a feed corrected and dropped", () => {
    const store = {connected: false, waiting: 214, waitingSince: NINE, journalBytes: 9_000, isJournaled: true};
    say({
      ...{type: "status", topic: "status", seq: 2, serverTime: NINE},
      feeds: [{...feed, corrected: 1, dropped: 2, rate: 3.25}],
      store: {...store, barsDropped: 0, ticksDropped: 5, lastError: "connection refused"}
    });
    const strip = statusStrip(desk, undefined, format);
    strip.draw();
    expect(strip.node.textContent).toContain(
      "not connected; 214 bars wait since 2 Jan 2024, 09:00:00\u00a0UTC, all on disk; 5 ticks not notified; connection refused"
    );
    expect(strip.node.textContent).toMatch(
      /3\.[23] ticks a second; 1 reconnect; no gap; 2 ticks dropped; 1 bar corrected/
    );
  });

  it("writes what a venue says as text, never as markup", () => {
    const evil = {...feed, lastError: "<img src=x onerror=alert(1)>"};
    say({type: "status", topic: "status", seq: 2, feeds: [evil], serverTime: NINE});
    const strip = statusStrip(desk, undefined, format);
    strip.draw();
    expect(strip.node.querySelector("img")).toBeNull();
    expect(strip.node.textContent).toContain("<img src=x");
  });
});
