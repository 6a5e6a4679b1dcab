import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, afterEach, beforeEach, describe, expect, it, vi} from "vitest";
import {checkSettings} from "../../loaders/shared/doctor/check-settings.js";
import {loadCatalog} from "../../loaders/shared/load-catalog.js";
import {loadDailyBars, loadFinestBars} from "../../loaders/shared/load-chart-bars.js";
import {loadLiveBars} from "../../loaders/shared/load-live-bars.js";
import {loadLiveContext} from "../../loaders/shared/load-live-context.js";
import {loadAllDays, loadKeptBars} from "../../loaders/shared/load-sql.js";
import {loadAllDeals, loadAllPositions} from "../../loaders/shared/load-sql-accounts.js";
import {loadToday} from "../../loaders/shared/load-today.js";
import {readAllBars} from "../../services/snapshots/read-all-bars.js";
import {readColumns} from "../../services/snapshots/read-columns.js";
import {settingsOf} from "./job-kit.js";

const folder = mkdtempSync(join(tmpdir(), "tapebook-little-"));
beforeEach(() => void vi.stubEnv("TAPEBOOK_DATA_DIR", join(folder, "none")));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const nothing = settingsOf("sources: {}\ninstruments: []\n");
const ticksAlone = settingsOf(`
sources: {q: {kind: csv, folder: ./x, files: "{symbol}.csv", zone: UTC, header: false, columns: [time, bid, ask]}}
instruments:
  - {id: MT5:EURUSD, name: Euro, source: q, assetClass: fx, currency: USD, tickSize: 0.00001, calendar: crypto, timeframes: {}, ticks: all}
`);
const buffer = (content: Uint8Array | string) => (content as Uint8Array).slice().buffer as ArrayBuffer;

describe.each([
  ["settings that ask for nothing", nothing],
  ["settings that ask for ticks alone", ticksAlone]
] as const)("%s", (_, settings) => {
  it("are told of by every loader of all as none, not by a failure", async () => {
    expect(JSON.parse((await loadToday(settings)).content as string)).toEqual({instruments: [], accounts: []});
    for (const load of [loadAllDays, loadAllDeals, loadAllPositions])
      expect((await readColumns(buffer((await load(settings)).content))).length).toBe(0);
    for (const which of ["finest", "coarser"] as const)
      expect((await loadKeptBars(which, settings)).content.length).toBeGreaterThan(0);
    for (const load of [loadLiveBars, loadLiveContext])
      expect((await readAllBars(buffer((await load(settings)).content))).size).toBe(0);
  });
});

it("an empty catalogue is handed over where nothing is asked for, and is missing where ticks are", async () => {
  const {content, inputs} = await loadCatalog(join(folder, "none"), nothing);
  expect(JSON.parse(content as string)).toMatchObject({datasets: []});
  expect(inputs).toEqual(nothing.files); // made anew when they ask for something
  await expect(loadCatalog(join(folder, "none"), ticksAlone)).rejects.toMatchObject({code: "SNAPSHOT_MISSING"});
});

it("bars of an instrument of which none are kept are refused with what to add", async () => {
  for (const load of [loadFinestBars, loadDailyBars])
    await expect(load("EURUSD", ticksAlone)).rejects.toThrow(/no bars of MT5:EURUSD are kept: add `timeframes: /);
});

it("the doctor says that settings ask for nothing", () => {
  const path = join(folder, "empty.yaml");
  writeFileSync(path, "sources: {}\ninstruments: []\n");
  expect(checkSettings(path).findings.at(-1)).toMatchObject({
    severity: "warning",
    what: expect.stringContaining("nothing to pull"),
    remedy: expect.stringContaining("settings.example.yaml")
  });
});
