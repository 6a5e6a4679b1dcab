import {cpSync, readdirSync, rmSync, symlinkSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Bar} from "../../services/domain/bar.js";
import {systemEffects} from "../../services/sidecar/effects.js";
import {openBarDatabase} from "../../services/sidecar/store/bar-database.js";
import {type BarStore, createBarStore} from "../../services/sidecar/store/bar-store.js";
import {openJournal} from "../../services/sidecar/store/journal.js";
import {parseRow} from "../../services/sidecar/store/parse-row.js";
import {barPayload, MOST_PAYLOAD_BYTES, tickPayload} from "../../services/sources/postgres/payloads.js";
import {type StoppableDatabase, startStoppable} from "./store-kit.js";

const NINE = Date.UTC(2024, 0, 2, 9);
const bar = (minute: number, price = 100): Bar => {
  return {time: NINE + minute * 60_000, open: price, high: price + 1, low: price - 1, close: price + 0.5, volume: 7};
};
const row = (contractId: string, minute: number, price?: number, isCorrection = false) => {
  return {contractId, timeframe: "1m", bar: bar(minute, price), isCorrection} as const;
};

let db: StoppableDatabase;
const closings: (() => Promise<void>)[] = [];
beforeAll(async () => {
  db = await startStoppable();
}, 60_000);
afterAll(async () => {
  for (const close of closings) await close();
  await db.close();
});

async function open(name: string, now: () => number = () => 0): Promise<BarStore> {
  const journal = await openJournal({folder: join(db.folder, name), parse: parseRow, now});
  const database = openBarDatabase(db.url, journal.id);
  const store = createBarStore({journal, database}, systemEffects());
  closings.push(() => database.close());
  return store;
}

const settled = (store: BarStore) =>
  expect.poll(() => store.status(), {timeout: 20_000}).toMatchObject({connected: true, waiting: 0, lastError: null});

it("no payload is longer than PostgreSQL takes, whatever an instrument's name", () => {
  const contractId = `X:${"Ü".repeat(78)}`; // settings allow 80 letters
  const odd = 1.7976931348623157e308;
  const payloads = [
    barPayload({
      contractId,
      timeframe: "15m",
      bar: {...bar(0), open: odd, high: odd, low: odd, close: odd, volume: odd}
    }),
    tickPayload(contractId, {
      ...{type: "trade", instrument: "X:A", eventTime: NINE, receivedTime: NINE},
      ...{price: odd, volume: odd, dayVolume: odd}
    })
  ];
  for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(MOST_PAYLOAD_BYTES / 10);
});

describe("createBarStore", () => {
  it("stores bars and notifies each once, in the words of the contract, under PostgreSQL's limit", async () => {
    const store = await open("first");
    await settled(store);
    const heard = await db.listen("ohlc_update");
    for (let minute = 0; minute < 50; ++minute) store.take(row("X:A", minute));
    await settled(store);
    expect(await db.bars("X:A")).toEqual(Array.from({length: 50}, (_, minute) => bar(minute)));
    await expect.poll(() => heard.length).toBe(50);
    expect(heard[0]).toBe(
      '{"type":"ohlc","contract_id":"X:A","timestamp":"2024-01-02T09:00:00.000Z","open":100,"high":101,"low":99,"close":100.5,"volume":7,"timeframe_unit":2,"timeframe_value":1}'
    );
    await store.stop();
  });

  it("keeps a bar as it was first stored, and replaces it only by a correction, which is notified", async () => {
    const store = await open("second");
    await settled(store);
    const heard = await db.listen("ohlc_update");
    store.take(row("X:B", 0, 100));
    await settled(store);
    store.take(row("X:B", 0, 200));
    await settled(store);
    expect(await db.bars("X:B")).toEqual([bar(0, 100)]);
    store.take(row("X:B", 0, 101, true));
    await settled(store);
    expect(await db.bars("X:B")).toEqual([bar(0, 101)]);
    expect(heard.map((payload) => (JSON.parse(payload) as Bar).open)).toEqual([100, 101]);
    await store.stop();
  });

  it("holds on to bars while the database is away, and stores and notifies each once when it is back", async () => {
    const store = await open("third");
    await settled(store);
    await db.stop();
    for (let minute = 0; minute < 300; ++minute) {
      store.take(row("X:C", minute));
      store.tell("{}");
    }
    await expect.poll(() => store.status().lastError, {timeout: 20_000}).toMatch(/^database: /);
    expect(store.status().lastError).not.toMatch(/postgres:\/\/|:[^ ]*@/);
    await expect.poll(() => store.status()).toMatchObject({connected: false, waiting: 300, isJournaled: true});
    expect(store.status().ticksDropped).toBeGreaterThan(0);
    let heard: string[] = [];
    await db.start(async () => {
      heard = await db.listen("ohlc_update");
    });
    await settled(store);
    expect(await db.bars("X:C")).toEqual(Array.from({length: 300}, (_, minute) => bar(minute)));
    await expect.poll(() => heard.length).toBe(300);
    await store.stop();
  }, 60_000);

  it("replays what a killed run left, what had been stored without being let go of not again", async () => {
    const first = await open("fourth");
    await settled(first);
    const heard = await db.listen("ohlc_update");
    for (let minute = 0; minute < 10; ++minute) first.take(row("X:D", minute));
    first.take(row("X:D", 3, 150, true));
    await settled(first);
    // As a kill leaves it: the records are on disk still, and the database holds them.
    cpSync(join(db.folder, "fourth"), join(db.folder, "killed"), {recursive: true});
    await db.query("delete from ohlc_bars where contract_id = 'X:D' and timestamp > to_timestamp($1)", [
      bar(8).time / 1000
    ]);
    const journal = await openJournal({folder: join(db.folder, "killed"), parse: parseRow});
    expect(journal.left.length).toBe(11);
    await journal.append([{seq: journal.nextSeq(), value: row("X:D", 10)}]);
    await journal.close();
    const second = await open("killed");
    await settled(second);
    expect((await db.bars("X:D")).map(({time}) => (time - NINE) / 60_000)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 10]);
    expect((await db.bars("X:D"))[3]).toEqual(bar(3, 150));
    await expect.poll(() => heard.length).toBe(11);
    await Promise.all([first.stop(), second.stop()]);
  });

  it("leaves in its journal, when it is stopped, all that its database could not be given", async () => {
    const store = await open("stopped");
    await settled(store);
    await db.stop();
    store.take(row("X:F", 0));
    await expect.poll(() => store.status(), {timeout: 20_000}).toMatchObject({connected: false, isJournaled: true});
    for (let minute = 1; minute < 50; ++minute) {
      store.take(row("X:F", minute));
      await Promise.resolve();
    }
    await store.stop();
    const journal = await openJournal({folder: join(db.folder, "stopped"), parse: parseRow});
    expect(journal.left.map(({value}) => value.bar)).toEqual(Array.from({length: 50}, (_, minute) => bar(minute)));
    await journal.close();
    await db.start();
  }, 40_000);

  it("stores what comes after a run that had stored more than it could write down", async () => {
    const first = await open("unwritten", Date.now);
    await settled(first);
    first.take(row("X:G", 0));
    await settled(first);
    await first.stop();
    for (const name of readdirSync(join(db.folder, "unwritten")).filter((each) => each.endsWith(".log")))
      rmSync(join(db.folder, "unwritten", name)); // as if the disk had been full
    const second = await open("unwritten", Date.now);
    second.take(row("X:G", 1));
    await settled(second);
    expect(await db.bars("X:G")).toEqual([bar(0), bar(1)]);
    await second.stop();
  });

  it("loses no bar to a clock that was set back since numbers the database alone knows", async () => {
    const first = await open("set-back", () => 10_000);
    await settled(first);
    for (let minute = 0; minute < 3; ++minute) first.take(row("X:H", minute));
    await settled(first);
    await first.stop();
    const folder = join(db.folder, "set-back");
    for (const name of readdirSync(folder).filter((each) => each.endsWith(".log"))) rmSync(join(folder, name));
    const journal = await openJournal({folder, parse: parseRow, now: () => 1_000});
    const database = openBarDatabase(db.url, journal.id);
    closings.push(() => database.close());
    const killed = createBarStore(
      {journal, database: {...database, store: () => Promise.reject(new Error("killed before it was stored"))}},
      systemEffects()
    );
    for (let minute = 3; minute < 6; ++minute) killed.take(row("X:H", minute));
    await expect.poll(() => killed.status().lastError, {timeout: 10_000}).toMatch(/killed/);
    await expect.poll(() => killed.status()).toMatchObject({waiting: 3, isJournaled: true});
    cpSync(folder, join(db.folder, "set-back-killed"), {recursive: true});
    await killed.stop();
    const second = await open("set-back-killed", () => 2_000);
    await settled(second);
    expect(await db.bars("X:H")).toEqual([0, 1, 2, 3, 4, 5].map((minute) => bar(minute)));
    await second.stop();
  }, 30_000);

  it("goes on without a journal while its disk is full, says so, and is well again when there is room", async () => {
    let now = 0;
    const store = await open("fifth", () => now);
    await settled(store);
    symlinkSync("/dev/full", join(db.folder, "fifth", "0000000000000001-0.log"));
    store.take(row("X:E", 0));
    await expect.poll(() => store.status().journalError).toMatch(/journal: ENOSPC/);
    now = 1; // the next file has another name
    await expect.poll(() => store.status().waiting).toBe(0);
    expect(await db.bars("X:E")).toEqual([bar(0)]);
    store.take(row("X:E", 1));
    await expect.poll(() => store.status(), {timeout: 10_000}).toMatchObject({lastError: null, isJournaled: true});
    await store.stop();
  }, 20_000);
});
