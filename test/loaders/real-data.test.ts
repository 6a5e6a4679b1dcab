import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {beforeEach, describe, expect, it} from "vitest";
import {formatIso} from "../../services/domain/time.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import {readStatedFigures} from "../../services/snapshots/read-positions.js";
import {openStore} from "../../services/snapshots/store.js";
import {hasShared, sharedPath} from "../shared-data.js";
import {hashTree, useJobs} from "./job-kit.js";
import {runProgram} from "./run-program.js";

const newYork = "clock: {zone: America/New_York, offsetHours: 7}";
const yaml = `
title: Real
sources:
  exports: {kind: mt5-files, folder: "${sharedPath("mt5")}", ${newYork}}
  tester: {kind: mt5-files, folder: "${sharedPath("mt5/reports")}", reports: tester-usdjpy-h1.html, ${newYork}}
  nifty: {kind: csv, folder: "${sharedPath("india")}", zone: Asia/Kolkata, files: "nifty50_2019010*_1min.csv", columns: [timeOfDayMs, open, high, low, close, volume], header: false, date: "nifty50_(\\\\d{8})_1min"}
  daily: {kind: csv, folder: "${sharedPath("india")}", zone: UTC, files: "nifty50_{symbol}_daily.csv", columns: {time: timestamp, open: open, high: high, low: low, close: close, volume: volume}, header: true}
instruments:
  - {id: MT5:EURUSD, name: Euro, source: exports, assetClass: fx, currency: USD, tickSize: 0.00001, calendar: fx, timeframes: {1m: all}}
  - {id: NSE:NIFTY50, name: Nifty 50, source: nifty, symbol: nifty50, assetClass: index, currency: INR, tickSize: 0.05, calendar: nse, timeframes: {1m: all}}
  - {id: NSE:INFY, name: Infosys, source: daily, symbol: infy, assetClass: equity, currency: INR, tickSize: 0.05, calendar: nse, timeframes: {1d: all}}
accounts: [{id: tester, name: Tester, source: tester, currency: USD}]
`;

const {newRoot} = useJobs();
const isThere = [
  "mt5/EURUSD_M1_2018-06.tsv",
  "mt5/reports/tester-usdjpy-h1.html",
  "india/nifty50_20190102_1min.csv"
].every(hasShared);
let [root, args]: [string, string[]] = ["", []];

beforeEach(async () => {
  const folder = await newRoot();
  root = join(folder, "snapshots");
  writeFileSync(join(folder, "settings.yaml"), yaml);
  args = ["--settings", join(folder, "settings.yaml"), "--data-dir", root];
});

describe.skipIf(!isThere)("npm run snapshot on real data", () => {
  it("keeps every bar and deal of the files, once and for all", async () => {
    const first = runProgram("snapshot", args);
    expect(first.status, first.stdout + first.stderr).toBe(0);
    const store = openStore(root);

    const eurusd = await store.read("bars/MT5-EURUSD/1m");
    const bars = await readBars(eurusd.bytes);
    expect(bars.length).toBe(30_203);
    expect(bars.volume.reduce((a, b) => a + b)).toBe(2_339_635);
    expect([bars.time[0]!, bars.time.at(-1)!].map(formatIso)).toEqual([
      "2018-05-31T21:00:00.000Z",
      "2018-06-29T20:59:00.000Z"
    ]);
    const missing = eurusd.dataset.gaps.reduce((sum, gap) => sum + gap.missing, 0);
    expect([missing, eurusd.dataset.coverage.length, eurusd.dataset.warnings]).toEqual([21 * 1440 - 30_203, 21, []]);

    const nifty = await store.read("bars/NSE-NIFTY50/1m");
    expect(nifty.dataset.coverage).toContainEqual({date: "2019-01-02", found: 375, expected: 375});
    expect(nifty.dataset).toMatchObject({gaps: [], offSession: {preOpen: 4, postClose: 5, closedDay: 0}});

    const infy = await store.read("bars/NSE-INFY/1d");
    expect(infy.dataset).toMatchObject({rows: 876, offSession: {closedDay: 0}, gaps: []});

    const deals = await readDeals((await store.read("deals/tester")).bytes);
    expect(deals.length).toBe(305);
    expect(readStatedFigures((await store.read("positions/tester")).bytes)).toMatchObject({
      net: [1665.38],
      profitFactor: [1.55]
    });

    const before = await hashTree(root);
    const second = runProgram("snapshot", args);
    expect(second.status).toBe(0);
    expect(second.stdout).toMatch(/5 data sets: 5 unchanged, in /);
    expect(await hashTree(root)).toEqual(before);

    const doctor = runProgram("doctor", [...args, "--offline"]);
    expect(doctor.status).toBe(1);
    expect(doctor.stdout).toContain("5 data sets, 32,893 rows, each just as it was written");
    expect(doctor.stdout).toContain(
      "bars/MT5-EURUSD/1m: 37 bars missing in 11 gaps, the longest 15 from 2018-06-12T20:54:00.000Z"
    );
  }, 120_000);

  it("a wrong clock fails its own data set with the rule that would fit; the others stand; the exit code says so", async () => {
    writeFileSync(args[1]!, yaml.replace(newYork, "clock: {zone: UTC, offsetHours: 0}"));
    const {status, stdout} = runProgram("snapshot", args);
    expect(status).toBe(1);
    expect(stdout).toMatch(/bars\/MT5-EURUSD\/1m +failed: SOURCE_CLOCK: .*America\/New_York/);
    expect(stdout).toMatch(/5 data sets: 4 new, 1 failed, in /);
    expect((await openStore(root).catalog()).datasets.length).toBe(4);
    const doctor = runProgram("doctor", args, {SIDECAR_URL: "ws://127.0.0.1:9"});
    expect(doctor.status).toBe(2);
    expect(doctor.stdout).toMatch(
      /ERROR {4}exports: SOURCE_CLOCK: .*; correct the source's clock in settings: America\/New_York \+ 7 h would fit/
    );
    expect(doctor.stdout).toMatch(/ERROR {4}not yet taken: bars\/MT5-EURUSD\/1m\n +do: run: npm run snapshot/);
  });
});

describe("npm run snapshot", () => {
  it("with settings that cannot be used pulls nothing, and says all that is wrong", () => {
    writeFileSync(args[1]!, "instruments: [{id: EURUSD}]\nsources: {a: {kind: ftp}}\n");
    const {status, stderr} = runProgram("snapshot", args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/sources\.a\.kind: found "ftp"[\s\S]*instruments\[0\]\.id: found "EURUSD"/);
    const doctor = runProgram("doctor", [...args, "--offline"]);
    expect(doctor.status).toBe(2);
    expect(doctor.stdout).toMatch(/^settings {2}ERROR/);
  });

  it.each(["snapshot", "doctor"] as const)("%s --help says what it does and what its exit codes mean", (program) => {
    const {status, stdout} = runProgram(program, ["--help"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^npm run \w+ \[-- options\][\s\S]*Exit code: 0 /);
  });

  it("an option that is not one is refused", () => {
    expect(runProgram("snapshot", ["--anwe", "x"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("--anwe")
    });
  });
});
