import {type ChildProcess, spawn} from "node:child_process";
import {once} from "node:events";
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {ticksToBars} from "../../services/analytics/bars/ticks-to-bars.js";
import {createTape} from "../../services/demo/tape/tape.js";
import {type BarSeries, barColumns, toBars} from "../../services/domain/bar.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import {DAY_MS} from "../../services/domain/time.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import {readAccountState} from "../../services/snapshots/read-positions.js";
import {readTicks} from "../../services/snapshots/read-ticks.js";
import {openStore, openStoreForWriting, type SnapshotStore} from "../../services/snapshots/store.js";
import {calendars} from "../snapshots/calendars.js";
import {killProgram, runProgram} from "./run-program.js";

const yaml = `
title: Venues
simulated: true
sources:
  mt5-a: {kind: mt5-bridge, url: {env: MT5_API_URL}, token: {env: MT5_BRIDGE_TOKEN}, clock: {zone: America/New_York, offsetHours: 7}}
  kite: {kind: kite, url: {env: KITE_API_URL}, socketUrl: {env: KITE_WS_URL}, apiKey: {env: KITE_API_KEY}, accessToken: {env: KITE_ACCESS_TOKEN}}
  store: {kind: postgres, url: {env: DATABASE_URL}}
instruments:
  - {id: MT5:EURUSD, name: Euro, source: mt5-a, assetClass: fx, currency: USD, tickSize: 0.00001, contractSize: 100000, calendar: fx, timeframes: {1m: 4}, ticks: 1}
  - {id: NSE:INFY, name: Infosys, source: kite, assetClass: equity, currency: INR, tickSize: 0.05, calendar: nse, timeframes: {1m: 4}}
  - {id: CFD:US500, name: US 500, source: store, symbol: US500, assetClass: index, currency: USD, tickSize: 0.1, calendar: fx, timeframes: {1m: 4}}
accounts: [{id: alpha, name: Alpha, source: mt5-a, currency: USD, historyDays: 730}]
`;
const ids: readonly InstrumentId[] = ["MT5:EURUSD", "NSE:INFY", "CFD:US500"];
const fileOf = (id: InstrumentId) => `bars/${id.replace(":", "-")}/1m`;
const kills = process.env["TAPEBOOK_VERIFY"] ? 50 : 2;
let [folder, env, demo]: [string, Record<string, string>, ChildProcess | undefined] = ["", {}, undefined];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tapebook-venues-"));
  await writeFile(join(folder, "settings.yaml"), yaml);
  const args = [
    "services/site/run-ts.js",
    "services/demo/main.ts",
    "--now",
    "2026-11-18T06:00:00Z",
    "--seed",
    "1",
    "--state-dir",
    join(folder, "state")
  ];
  demo = spawn(process.execPath, args, {stdio: ["ignore", "pipe", "inherit"]});
  const [line] = (await once(createInterface({input: demo.stdout!}), "line")) as [string];
  env = (JSON.parse(line) as {env: Record<string, string>}).env;
}, 120_000);

afterAll(async () => {
  const ended = demo && once(demo, "exit");
  demo?.kill("SIGTERM");
  await ended;
  await rm(folder, {recursive: true, force: true});
}, 60_000);

/** The tape's closed minutes of the range that a snapshot holds. */
function tapeOf(id: InstrumentId, {time}: BarSeries): BarSeries {
  const now = Date.now() + Number(env["TAPEBOOK_NOW_SHIFT_MS"]);
  return createTape({seed: 1, calendars})
    .of(id)
    .minuteBars(time[0]!, time.at(-1)! + 1, now);
}

/** The bridge keeps the ticks of some hours only: of those minutes that they hold whole, ticks must make the bars. */
async function expectTicksMakeBars(store: SnapshotStore): Promise<void> {
  const {bytes, dataset} = await store.read("ticks/MT5-EURUSD");
  expect(dataset).toMatchObject({kind: "ticks", duplicatesDropped: 0, gaps: [], restatements: []});
  expect(dataset.warnings).toEqual([
    expect.stringMatching(/^source: ticks of EURUSD reach back to .* only, asked from/)
  ]);
  const ticks = await readTicks(bytes);
  expect(ticks.length).toBeGreaterThan(5_000);
  const made = ticksToBars({time: ticks.time, price: ticks.bid}, "1m", calendars.fx);
  const bars = await readBars((await store.read(fileOf("MT5:EURUSD"))).bytes);
  const common = (series: BarSeries) => {
    const [from, to] = [made.time[1]!, Math.min(made.time.at(-1)!, bars.time.at(-1)!)];
    return toBars(series).filter(({time}) => time >= from && time < to);
  };
  expect(common(made).length).toBeGreaterThan(60);
  expect(common(made)).toEqual(common(bars));
}

describe("through the simulated venues, over real sockets", () => {
  it("a pull holds just what the tape says, in UTC, from bridge, exchange and database", async () => {
    const args = ["--settings", join(folder, "settings.yaml"), "--data-dir", join(folder, "snapshots")];
    const {status, stdout, stderr} = runProgram("snapshot", args, env);
    expect(status, stdout + stderr).toBe(0);
    const store = openStore(join(folder, "snapshots"));
    for (const id of ids) {
      const {bytes, dataset} = await store.read(fileOf(id));
      const bars = await readBars(bytes);
      expect(bars.time.at(-1)! - bars.time[0]!, id).toBeGreaterThan(DAY_MS);
      for (const name of barColumns) expect(bars[name], `${id} ${name}`).toEqual(tapeOf(id, bars)[name]);
      expect(dataset).toMatchObject({simulated: true, gaps: [], restatements: [], warnings: []});
    }
    await expectTicksMakeBars(store);
    expect((await readDeals((await store.read("deals/alpha")).bytes)).length).toBeGreaterThan(500);
    expect(readAccountState((await store.read("positions/alpha")).bytes)).toMatchObject({currency: "USD"});
    const doctor = runProgram("doctor", args, {...env, SIDECAR_URL: "ws://127.0.0.1:9"});
    expect(doctor.stdout).toMatch(/alpha: \d+ deals add up to the balance its broker states/);
    expect(doctor.status, doctor.stdout).toBe(0);
  }, 120_000);

  it(
    `a job killed ${kills} times at random never leaves a broken or lost file`,
    async () => {
      const root = join(folder, "killed");
      const args = ["--settings", join(folder, "settings.yaml"), "--data-dir", root];
      const held = new Map<string, number>();
      let seed = 5;
      for (let kill = 0; kill < kills; ++kill) {
        seed = (seed * 48271) % 2147483647;
        await killProgram(args, 500 + (seed / 2147483647) * 3_500, env);
        const writer = await openStoreForWriting(root);
        expect([...writer.damaged]).toEqual([]);
        await writer.close();
        for (const {id, rows} of (await openStore(root).catalog()).datasets) {
          expect(rows, id).toBeGreaterThanOrEqual(held.get(id) ?? 0);
          held.set(id, id.startsWith("positions/") ? 0 : rows);
        }
      }
      const last = runProgram("snapshot", args, env);
      expect(last.status, last.stdout + last.stderr).toBe(0);
      for (const id of ids) {
        const bars = await readBars((await openStore(root).read(fileOf(id))).bytes);
        for (const name of barColumns) expect(bars[name], `${id} ${name}`).toEqual(tapeOf(id, bars)[name]);
      }
    },
    60_000 + kills * 8_000
  );
});
