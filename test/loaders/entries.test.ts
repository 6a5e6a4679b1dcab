import {spawnSync} from "node:child_process";
import {readFileSync, symlinkSync, writeFileSync} from "node:fs";
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {sliceBars} from "../../services/domain/bar.js";
import {DAY_MS, HOUR_MS} from "../../services/domain/time.js";
import {mountRooms} from "../../services/site/mount.js";
import {encodeBars} from "../../services/snapshots/encode-bars.js";
import {encodeDeals} from "../../services/snapshots/encode-deals.js";
import {encodePositions} from "../../services/snapshots/encode-positions.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {readCloses} from "../../services/snapshots/read-closes.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import {openStoreForWriting} from "../../services/snapshots/store.js";
import {sha256} from "../../services/snapshots/store-files.js";
import {sampleBars, sampleDataset, sampleDeals, tuesday} from "../snapshots/samples.js";

const project = resolve(".");
let folder = "";

const settings = `
title: Entries
sources: {csv: {kind: csv, folder: x, files: "{symbol}.csv", zone: UTC, header: false, columns: [time, open, high, low, close, volume]}, reports: {kind: mt5-files, folder: x, clock: {zone: UTC, offsetHours: 0}}}
instruments:
  - {id: MT5:EURUSD, name: Euro, source: csv, assetClass: fx, currency: USD, tickSize: 0.00001, calendar: crypto, timeframes: {1h: all, 1d: all}}
  - {id: "NSE:M&M", name: Mahindra, source: csv, symbol: MM, assetClass: equity, currency: INR, tickSize: 0.05, calendar: crypto, timeframes: {1h: all}}
accounts: [{id: alpha, name: Alpha, source: reports, currency: USD}]
`;
const daily = sampleBars(5, {stepMs: DAY_MS});
const hourly = sampleBars(60, {stepMs: HOUR_MS});

/** Runs an entry as Framework does, parameters as `--name=value`, in a folder that looks like the project's. */
function runEntry(
  path: string,
  params: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {}
) {
  const args = Object.entries(params).map(([name, value]) => `--${name}=${value}`);
  const tsx = join(project, "node_modules/tsx/dist/loader.mjs");
  const {status, stdout, stderr} = spawnSync(process.execPath, ["--import", tsx, join(project, path), ...args], {
    cwd: folder,
    env: {
      ...process.env,
      TAPEBOOK_SETTINGS: join(folder, "settings.yaml"),
      TAPEBOOK_DATA_DIR: join(folder, "snapshots"),
      DEBUG: "",
      ...env
    },
    maxBuffer: 1 << 26
  });
  return {status, stdout: new Uint8Array(stdout).buffer, stderr: stderr.toString().trim(), text: stdout.toString()};
}

beforeAll(async () => {
  mountRooms("src"); // in a fresh copy nothing has yet
  folder = await mkdtemp(join(tmpdir(), "tapebook-entries-"));
  symlinkSync(join(project, "data"), join(folder, "data"), "junction");
  writeFileSync(join(folder, "settings.yaml"), settings);
  const store = await openStoreForWriting(join(folder, "snapshots"));
  const bars = (id: string, series = daily) => store.write(id, encodeBars(series, {id, lineage: sampleDataset({id})}));
  await bars("bars/MT5-EURUSD/1h", hourly);
  await bars("bars/MT5-EURUSD/1d");
  await bars("bars/NSE-M-M/1h", hourly);
  const positions = [
    {
      ticket: "9",
      instrument: "NSE:M&M",
      side: "buy",
      volumeLots: 1,
      openTime: tuesday,
      openPrice: 100,
      currentPrice: 100,
      profit: {minor: 0, currency: "INR"}
    }
  ] as const;
  const lineage = (id: string, kind: "deals" | "positions") => ({id, lineage: sampleDataset({id, kind})});
  await store.write("deals/alpha", encodeDeals(sampleDeals, lineage("deals/alpha", "deals")));
  await store.write("positions/alpha", encodePositions({positions}, lineage("positions/alpha", "positions")));
  await store.close();
});

afterAll(() => rm(folder, {recursive: true, force: true}));

describe("entry loaders", () => {
  it("hand over settings without an address or a secret", () => {
    const {status, text} = runEntry("loaders/settings.json.ts");
    expect(status).toBe(0);
    expect(JSON.parse(text)).toMatchObject({
      title: "Entries",
      instruments: [{slug: "EURUSD"}, {slug: "M-M"}],
      calendars: {nse: {}}
    });
    expect(text).not.toMatch(/folder|sources|reports/);
  });

  it("hand over the catalogue, and record that they read it", () => {
    const {status, text} = runEntry("loaders/catalog.json.ts");
    expect(status).toBe(0);
    expect(JSON.parse(text).datasets.map(({id}: {id: string}) => id)).toEqual([
      "bars/MT5-EURUSD/1d",
      "bars/MT5-EURUSD/1h",
      "bars/NSE-M-M/1h",
      "deals/alpha",
      "positions/alpha"
    ]);
    const inputs = JSON.parse(readFileSync(join(folder, ".tapebook/inputs/loaders/catalog.json.json"), "utf8"));
    expect(Object.values(inputs)).toEqual([sha256(readFileSync(join(folder, "snapshots/catalog.json")))]);
  });

  it("hand over bars just as the store holds them, by slug, through the mounted room too", async () => {
    const {status, stdout} = runEntry("src/loaders/bars/[instrument]/[timeframe].parquet.ts", {
      instrument: "M-M",
      timeframe: "1h"
    });
    expect(status).toBe(0);
    expect(new Uint8Array(stdout)).toEqual(
      new Uint8Array(readFileSync(join(folder, "snapshots/bars/NSE-M-M/1h.parquet")))
    );
    expect(await readBars(stdout)).toEqual(hourly);
    const inputs = JSON.parse(readFileSync(join(folder, ".tapebook/inputs/loaders/bars/M-M/1h.parquet.json"), "utf8"));
    expect(Object.keys(inputs).map((path) => path.split("/").at(-1))).toEqual([
      "settings.yaml",
      "calendars.yaml",
      "1h.parquet"
    ]);
  });

  it("hand over deals and positions by account", async () => {
    expect(await readDeals(runEntry("loaders/deals/[account].parquet.ts", {account: "alpha"}).stdout)).toEqual(
      sampleDeals
    );
    expect(runEntry("loaders/positions/[account].parquet.ts", {account: "alpha"}).status).toBe(0);
  });

  it("hand over the daily closes of what an account dealt in and holds, at the moment each was known", async () => {
    const closes = await readCloses(runEntry("loaders/closes/[account].parquet.ts", {account: "alpha"}).stdout);
    expect([...closes.keys()]).toEqual(["MT5:EURUSD", "NSE:M&M"]);
    expect(closes.get("MT5:EURUSD")).toEqual({
      length: 5,
      time: daily.time.map((time) => time + DAY_MS),
      close: daily.close
    });
    const whole = sliceBars(hourly, 0, 48); // the third day is half there: it has not closed
    expect(closes.get("NSE:M&M")).toEqual({
      length: 2,
      time: Float64Array.of(tuesday + DAY_MS, tuesday + 2 * DAY_MS),
      close: Float64Array.of(whole.close[23]!, whole.close[47]!)
    });
  });

  it.each([
    [
      "an instrument that settings do not have",
      "bars/[instrument]/[timeframe].parquet",
      {instrument: "GBPUSD", timeframe: "1h"},
      {},
      "unknown instrument: GBPUSD"
    ],
    [
      "a timeframe that is not kept",
      "bars/[instrument]/[timeframe].parquet",
      {instrument: "EURUSD", timeframe: "5m"},
      {},
      "no 5m bars of MT5:EURUSD are kept: settings keep 1h, 1d"
    ],
    ["an account that settings do not have", "deals/[account].parquet", {account: "../x"}, {}, "unknown account: ../x"],
    ["a parameter that is missing", "deals/[account].parquet", {}, {}, "missing parameter: --account=…"],
    [
      "a store that is not there",
      "catalog.json",
      {},
      {TAPEBOOK_DATA_DIR: "/nowhere"},
      "SNAPSHOT_MISSING: no snapshots in /nowhere: run: npm run snapshot"
    ],
    [
      "a data set that was never pulled",
      "deals/[account].parquet",
      {account: "alpha"},
      {TAPEBOOK_DATA_DIR: "/nowhere"},
      "SNAPSHOT_MISSING: no snapshot of deals/alpha in /nowhere: run: npm run snapshot"
    ]
  ])("fail in one plain line and hand over nothing: %s", (_, path, params, env, message) => {
    const {status, stderr, text} = runEntry(`loaders/${path}.ts`, params, env);
    expect({status, stderr, text}).toEqual({status: 1, stderr: `loaders/${path}.ts: ${message}`, text: ""});
  });
});
