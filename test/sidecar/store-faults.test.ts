import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {toBars} from "../../services/domain/bar.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import {historyOrigin} from "../../services/sidecar/market.js";
import {type SidecarProcess, startLiveVenues, storeSettings} from "./live-venues.js";
import {said} from "./said.js";
import {openSocketClient, type SocketClient} from "./socket-client.js";
import {type StoppableDatabase, startStoppable} from "./store-kit.js";

const MINUTE = 60_000;
// Eight seconds before a minute ends, in a session of both venues.
const END = Date.UTC(2026, 10, 18, 6, 30);
const instruments: readonly InstrumentId[] = ["MT5:EURUSD", "NSE:INFY"];
/** No file may grow: every write to the disk fails, as on one that is full, and the process lives on. */
const noRoom = 'trap "" XFSZ; ulimit -f 0';

describe("a sidecar process whose journal has no room, and whose database goes away", () => {
  let venues: Awaited<ReturnType<typeof startLiveVenues>>;
  let db: StoppableDatabase;
  let sidecar: SidecarProcess;
  let client: SocketClient;

  beforeAll(async () => {
    db = await startStoppable();
    venues = await startLiveVenues(END - 8_000, {settings: storeSettings, env: {DATABASE_URL: db.url}});
    mkdirSync(join(venues.folder, "journal"));
    writeFileSync(join(venues.folder, "journal/id"), "a-journal-of-its-own");
    sidecar = await venues.startSidecar(0, noRoom);
    client = await openSocketClient(sidecar.url);
    client.say({op: "subscribe", topics: ["status"]});
  }, 90_000);
  afterAll(async () => {
    client?.socket.terminate();
    await venues?.stop();
    await db?.close();
  });

  const becomes = (state: object) =>
    expect.poll(() => said(sidecar.url, client), {timeout: 30_000, interval: 200}).toMatchObject(state);

  it("says that the journal cannot be written, while its bars reach the database all the same", async () => {
    await becomes({
      figures: {tapebook_journal_failing: 1, tapebook_store_connected: 1},
      status: {store: {connected: true, journalError: expect.stringMatching(/^journal: EFBIG/)}},
      doctor: expect.stringMatching(/^warning: store: journal: EFBIG.* make room on the disk of the journal/m)
    });
    for (const id of instruments) {
      const origin = historyOrigin(venues.calendars[id === "NSE:INFY" ? "nse" : "fx"]!, END - MINUTE);
      const bars = () =>
        toBars(venues.tape.of(id).minuteBars(origin, END, venues.now())).filter(({time}) => time < END);
      const stored = async () => (await db.bars(id)).filter(({time}) => time < END);
      await expect.poll(async () => (await stored()).at(-1)?.time, {timeout: 60_000}).toBe(END - MINUTE);
      expect(await stored()).toEqual(bars());
    }
  }, 120_000);

  it("says that the database is away and that what waits is on no disk, and of its return that it is there", async () => {
    await db.stop();
    await becomes({
      figures: {tapebook_store_connected: 0, tapebook_journal_failing: 1},
      status: {store: {connected: false, lastError: expect.stringMatching(/^database: /)}},
      doctor: expect.stringMatching(/^warning: store: database: [^\n]*journal: EFBIG/m)
    });
    await db.start();
    await becomes({figures: {tapebook_store_connected: 1, tapebook_store_waiting_bars: 0}});
  }, 90_000);
});
