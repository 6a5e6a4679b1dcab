import {afterEach, describe, expect, it, vi} from "vitest";
import {forAudience} from "../../loaders/shared/for-audience.js";
import {loadAllDays, loadAllTicks, loadKeptBars} from "../../loaders/shared/load-sql.js";
import {loadAllDeals, loadAllPositions} from "../../loaders/shared/load-sql-accounts.js";
import type {Loaded} from "../../loaders/shared/run-loader.js";
import type {Position} from "../../services/domain/position.js";
import {encodeBars} from "../../services/snapshots/encode-bars.js";
import {encodeDeals} from "../../services/snapshots/encode-deals.js";
import {encodePositions} from "../../services/snapshots/encode-positions.js";
import {encodeTicks} from "../../services/snapshots/encode-ticks.js";
import {readAllBars} from "../../services/snapshots/read-all-bars.js";
import {readColumns} from "../../services/snapshots/read-columns.js";
import {openStoreForWriting} from "../../services/snapshots/store.js";
import type {Settings} from "../../services/sources/settings/settings.js";
import {sampleDeals} from "../components/sample-deals.js";
import {askFile} from "../snapshots/duckdb.js";
import {sampleBars, sampleDataset, usd} from "../snapshots/samples.js";
import {sampleTicks} from "../snapshots/tick-samples.js";
import {settingsOf, useJobs} from "./job-kit.js";

const jobs = useJobs();
afterEach(() => vi.unstubAllEnvs());

const settings = settingsOf(`
sources:
  files: {kind: mt5-files, folder: x, clock: {zone: UTC, offsetHours: 0}}
  more: {kind: mt5-files, folder: y, clock: {zone: UTC, offsetHours: 0}}
instruments:
  - {id: MT5:EURUSD, name: Euro, source: files, assetClass: fx, currency: USD, tickSize: 0.00001, calendar: crypto, timeframes: {1m: 2, 15m: 9, 1h: 9, 1d: 9}, ticks: all}
  - {id: MT5:XAUUSD, name: Gold, source: files, assetClass: metal, currency: USD, tickSize: 0.01, calendar: crypto, timeframes: {1h: 9}, ticks: all}
accounts:
  - {id: alpha, name: Alpha, source: files, currency: USD}
  - {id: beta, name: Beta, source: more, currency: USD}
`);

const open: Position = {
  ticket: "canary-ticket",
  instrument: "MT5:EURUSD",
  side: "buy",
  volumeLots: 0.3,
  openTime: Date.UTC(2024, 0, 2),
  openPrice: 1.1,
  currentPrice: 1.2,
  stopPrice: 1.05,
  profit: usd(1_200)
};

/** A store that holds all that the settings ask for. */
async function filled(): Promise<Settings> {
  const root = await jobs.newRoot();
  vi.stubEnv("TAPEBOOK_DATA_DIR", root);
  const store = await openStoreForWriting(root);
  const options = (id: string) => ({id, lineage: sampleDataset({id})});
  for (const [name, minutes, length] of [
    ["MT5-EURUSD/1m", 1, 4000],
    ["MT5-EURUSD/15m", 15, 600],
    ["MT5-EURUSD/1h", 60, 200],
    ["MT5-EURUSD/1d", 1440, 9],
    ["MT5-XAUUSD/1h", 60, 72]
  ] as const) {
    const id = `bars/${name}`;
    await store.write(id, encodeBars(sampleBars(length, {stepMs: minutes * 60_000}), options(id)));
  }
  const whole = async () => undefined;
  for (const [id, n] of [["ticks/MT5-EURUSD", 300] as const, ["ticks/MT5-XAUUSD", 20] as const])
    await store.write(id, await encodeTicks(sampleTicks(n), options(id)), whole);
  for (const account of ["alpha", "beta"]) {
    await store.write(`deals/${account}`, encodeDeals(sampleDeals(3), options(`deals/${account}`)));
    const positions = account === "alpha" ? [open] : [];
    await store.write(`positions/${account}`, encodePositions({positions}, options(`positions/${account}`)));
  }
  await store.close();
  return settings;
}

const buffer = ({content}: Loaded) => (content as Uint8Array).slice().buffer as ArrayBuffer;
const counts = (loaded: Loaded, by: string) =>
  askFile(buffer(loaded), `select ${by}, count(*)::int as n from 'asked.parquet' group by all order by all`);

describe("tables of bars", () => {
  it("hold every series that is kept, each in one table and under its timeframe", async () => {
    await filled();
    expect(await counts(await loadKeptBars("finest", settings), "instrument, timeframe")).toEqual([
      {instrument: "MT5:EURUSD", timeframe: "1m", n: 4000},
      {instrument: "MT5:XAUUSD", timeframe: "1h", n: 72}
    ]);
    expect(await counts(await loadKeptBars("coarser", settings), "instrument, timeframe")).toEqual([
      {instrument: "MT5:EURUSD", timeframe: "15m", n: 600},
      {instrument: "MT5:EURUSD", timeframe: "1h", n: 200}
    ]);
    const days = await readAllBars(buffer(await loadAllDays(settings)));
    expect([...days].map(([id, {length}]) => [id, length])).toEqual([
      ["MT5:EURUSD", 9],
      ["MT5:XAUUSD", 3] // made of its hours
    ]);
  });

  it("are made anew when any file they were made of changes", async () => {
    await filled();
    const {inputs} = await loadKeptBars("coarser", settings);
    const endings = [".yaml", "bars/MT5-EURUSD/15m.parquet", "bars/MT5-EURUSD/1h.parquet"];
    expect(inputs).toHaveLength(3);
    expect(inputs.every((path, i) => path.endsWith(endings[i]!))).toBe(true);
  });
});

describe("the table of ticks", () => {
  it("holds the last ticks of each instrument, as many as it may", async () => {
    await filled();
    const by = "instrument, typeof(time) as type";
    expect(await counts(await loadAllTicks(settings, 50), by)).toEqual([
      {instrument: "MT5:EURUSD", type: "TIMESTAMP", n: 50},
      {instrument: "MT5:XAUUSD", type: "TIMESTAMP", n: 20}
    ]);
  });

  it("holds none of an instrument that an audience has no page of", async () => {
    const {site} = await filled();
    const narrowed = {...settings, site: {...site, instruments: site.instruments.slice(1)}};
    expect(await counts(await loadAllTicks(narrowed), "instrument")).toEqual([{instrument: "MT5:XAUUSD", n: 20}]);
  });

  it("has its columns where no ticks are kept", async () => {
    expect(await counts(await loadAllTicks({...settings, ticks: []}), "bid")).toEqual([]);
  });
});

describe("tables of accounts", () => {
  it("hold every account's rows by alias, money as it is owed", async () => {
    await filled();
    const deals = await readColumns(buffer(await loadAllDeals(settings)));
    expect([...new Set(deals.columns["account"] as readonly string[])]).toEqual(["alpha", "beta"]);
    expect([deals.length, deals.columns["profitMinor"]![0]]).toEqual([14, 1_000_000]);
    const positions = await readColumns(buffer(await loadAllPositions(settings)));
    expect(positions.columns).toMatchObject({account: ["alpha"], instrument: ["MT5:EURUSD"], side: ["buy"]});
    expect([positions.columns["volumeLots"]![0], positions.columns["profitMinor"]![0]]).toEqual([0.3, 120_000]);
  });

  it("are without the columns that an audience may not see", async () => {
    await filled();
    const audience = {name: "x", pages: ["**"], leaveOut: ["positions.ticket", "positions.stopPrice"], instruments: []};
    const loaded = await forAudience(await loadAllPositions(settings), {...settings, audience});
    const {columns} = await readColumns(buffer(loaded));
    expect(columns).toMatchObject({account: ["alpha"], ticket: ["0000001"]});
    expect(columns["stopPrice"]![0]).toBeNaN();
    expect(Buffer.from(loaded.content as Uint8Array).includes("canary")).toBe(false);
  });
});
