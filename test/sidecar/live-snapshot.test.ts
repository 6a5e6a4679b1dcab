import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {createJoin} from "../../components/live/join-series.js";
import {type Bar, toBarSeries, toBars} from "../../services/domain/bar.js";
import {openSnapshotDesk} from "../../services/sidecar/snapshots/snapshot-desk.js";
import {barTopic} from "../../services/sidecar/topics/bar-topic.js";
import {createHub, type Hub} from "../../services/sidecar/topics/hub.js";
import {encodeBars} from "../../services/snapshots/encode-bars.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {openStore, openStoreForWriting} from "../../services/snapshots/store.js";
import {parseSettings} from "../../services/sources/settings/load-settings.js";
import {roundTheClock} from "./tape.js";
import {createVirtualTime} from "./virtual-time.js";

const NINE = Date.UTC(2024, 0, 2, 9);
const MINUTE = 60_000;
const id = "bars/X-A/1m";
const settings = parseSettings(
  `sources: {bridge: {kind: mt5-bridge, url: "http://localhost:1", clock: {zone: UTC, offsetHours: 0}}}
instruments:
  - {id: X:A, name: A, source: bridge, assetClass: crypto, currency: USD, tickSize: 0.01, calendar: crypto, live: true, timeframes: {1m: all}}`,
  "settings.yaml",
  {crypto: roundTheClock}
);
const bar = (minute: number, price = 100): Bar => {
  return {time: NINE + minute * MINUTE, open: price, high: price + 1, low: price - 1, close: price, volume: minute};
};

describe("openSnapshotDesk", () => {
  let root: string;
  let hub: Hub;
  let settledTo: number;
  let time: ReturnType<typeof createVirtualTime>;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "live-snapshots-"));
    hub = createHub();
    hub.open(barTopic("X:A", "1m"), 100);
    time = createVirtualTime(NINE + 30 * MINUTE);
    settledTo = NINE + 10 * MINUTE;
  });
  afterEach(() => rmSync(root, {recursive: true, force: true}));

  const say = (one: Bar, more: {final?: boolean; corrects?: Bar} = {}) =>
    hub.publish(barTopic("X:A", "1m"), [{type: "bar", bar: one, final: true, ...more}]);
  const open = () => {
    const instruments = [{id: "X:A", calendar: roundTheClock, origin: NINE, pull: async () => []}] as const;
    return openSnapshotDesk(
      {root, settings, instruments, hub, boot: "boot-1", settledTo: () => settledTo},
      time.effects
    );
  };
  const held = async () => {
    const {bytes, dataset} = await openStore(root).read(id);
    return {bars: toBars(await readBars(bytes)), dataset};
  };

  it("takes the minutes that are settled, corrected where they were, and says with which number they end", async () => {
    hub.coverFrom(barTopic("X:A", "1m"), Infinity);
    for (const minute of [5, 6, 7]) say(bar(minute)); // those before are healed after them
    say(bar(12, 110));
    for (const minute of [1, 2, 3]) say(bar(minute));
    say(bar(6, 105), {corrects: bar(6)});
    say(bar(13, 111), {final: false}); // a hole is open, and a bar is forming
    const desk = open();
    expect(await desk.take()).toEqual([{instrument: "X:A", rows: 6}]);
    const {bars, dataset} = await held();
    expect(bars).toEqual([bar(1), bar(2), bar(3), bar(5), bar(6, 105), bar(7)]);
    expect(dataset).toMatchObject({source: "bridge", sourceKind: "mt5-bridge", live: {boot: "boot-1", lastSeq: 3}});
    const page = createJoin(toBarSeries(bars), {timeframe: "1m"});
    page.apply(hub.replay(barTopic("X:A", "1m"), dataset.live!.lastSeq).events);
    settledTo = NINE + 13 * MINUTE;
    say(bar(13, 111));
    page.apply(hub.replay(barTopic("X:A", "1m"), dataset.live!.lastSeq).events);
    expect(toBars(page.series().bars)).toEqual([...bars, bar(12, 110), bar(13, 111)]);
  });

  it("joins what stands: what was shown first stays, what differs is recorded, and nothing is left out between", async () => {
    const writer = await openStoreForWriting(root);
    const first = [bar(0), bar(1), bar(2, 90)];
    const lineage = {
      ...({id, kind: "bars", instrument: "X:A", timeframe: "1m", source: "bridge", sourceKind: "mt5-bridge"} as const),
      ...{simulated: false, firstTime: NINE, lastTime: NINE + 2 * MINUTE, rows: 3, coverage: [], gaps: []},
      ...{offSession: {preOpen: 0, postClose: 0, closedDay: 0}, duplicatesDropped: 0, restatements: [], warnings: []},
      ...{loaderVersion: "x", durationMs: 1, askedFrom: 5, checkedTime: 1, takenTime: 1}
    };
    await writer.write(id, encodeBars(toBarSeries(first), {id, lineage, currency: "USD"}));
    await writer.close();
    for (const minute of [1, 2, 3, 4]) say(bar(minute));
    const desk = open();
    expect(await desk.take()).toEqual([{instrument: "X:A", rows: 5}]);
    const {bars, dataset} = await held();
    expect(bars).toEqual([...first, bar(3), bar(4)]);
    expect(dataset.askedFrom).toBe(5);
    expect(dataset.restatements[0]).toMatchObject({time: NINE + 2 * MINUTE, was: 90, is: 100});
    const later = createHub();
    later.open(barTopic("X:A", "1m"), 100);
    hub = later;
    say(bar(7));
    const [result] = await open().take();
    expect(result!.error).toMatch(
      /ends at 2024-01-02T09:04:00.000Z, live bars begin at 2024-01-02T09:07:00.000Z: run npm run snapshot/
    );
    expect((await held()).bars).toHaveLength(5);
  });

  it("answers whoever asks for one too early, and calls nothing wrong that was not due", async () => {
    const desk = open();
    expect(await desk.take()).toEqual([{instrument: "X:A", error: "no settled minutes yet"}]);
    expect(desk.status()).toEqual({takenTime: null, failures: 0, lastError: null});
    await desk.stop();
  });

  it("takes one by itself when a session has ended and all its minutes are there", async () => {
    const day = Date.UTC(2024, 0, 3);
    for (let minute = 0; minute < 5; ++minute) say(bar(minute));
    const desk = open();
    settledTo = NINE - 10 * 60 * MINUTE; // before the last session's end
    await time.runUntil(day + 5 * MINUTE);
    await desk.stop();
    expect((await openStore(root).catalog()).datasets).toEqual([]);
    const again = open();
    settledTo = day + 24 * 60 * MINUTE;
    await time.runUntil(day + 24 * 60 * MINUTE + 3 * MINUTE);
    await expect.poll(async () => (await openStore(root).catalog()).datasets.length).toBe(1);
    await again.stop();
    expect(again.status()).toEqual({takenTime: expect.any(Number), failures: 0, lastError: null});
  });

  it("takes the session's that had ended before it was opened, and not what the snapshot holds already", async () => {
    const day = Date.UTC(2024, 0, 3);
    for (const minute of [1, 2, 899]) say(bar(minute));
    settledTo = day + 60 * MINUTE;
    await time.runUntil(day + 50 * MINUTE);
    const late = open();
    await time.runUntil(day + 52 * MINUTE);
    await late.stop();
    expect((await held()).bars).toEqual([bar(1), bar(2), bar(899)]);
    expect(late.status().takenTime).toBeGreaterThan(day + 50 * MINUTE);
    const again = open();
    await time.runUntil(day + 60 * MINUTE);
    await again.stop();
    expect(again.status()).toEqual({takenTime: null, failures: 0, lastError: null});
  });

  it("says what keeps one from being taken, and tries again until it is", async () => {
    const day = Date.UTC(2024, 0, 3);
    for (const minute of [1, 2]) say(bar(minute));
    settledTo = day + 60 * MINUTE;
    const other = await openStoreForWriting(root);
    await time.runUntil(day + MINUTE);
    const desk = open();
    const quiet = async (until: number) => {
      await time.runUntil(until);
      await expect.poll(() => desk.status().failures + (desk.status().takenTime ?? 0)).toBeGreaterThan(0);
    };
    await quiet(day + 2 * MINUTE);
    expect(desk.status()).toMatchObject({
      ...{takenTime: null, failures: 1},
      lastError: expect.stringMatching(/^snapshot of X:A: another job is writing to /)
    });
    await other.close();
    await time.runUntil(day + 5 * MINUTE);
    await expect.poll(() => desk.status().lastError).toBe(null);
    expect(desk.status()).toMatchObject({failures: 1, takenTime: expect.any(Number)});
    expect((await held()).bars).toEqual([bar(1), bar(2)]);
    await desk.stop();
  });
});
