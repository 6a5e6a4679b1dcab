import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {DemoTruth} from "../../services/demo/truth.js";
import {DAY_MS, formatIso, MINUTE_MS, parseIso} from "../../services/domain/time.js";
import {openStore} from "../../services/snapshots/store.js";
import {hashTree} from "../loaders/job-kit.js";
import {runProgram} from "../loaders/run-program.js";
import {type RunningDemo, startDemo} from "./running-demo.js";

// The demo's own settings in a long run; in a short one only what its defects are in.
const isVerify = Boolean(process.env["TAPEBOOK_VERIFY"]);
const instrument = (
  id: string,
  source: string,
  timeframes: string,
  terms = "tickSize: 0.00001, contractSize: 100000"
) =>
  `  - {id: ${id}, name: ${id}, source: ${source}, assetClass: fx, currency: USD, ${terms}, calendar: fx, timeframes: {${timeframes}}}\n`;
const yaml = `
simulated: true
sources:
  mt5-a: {kind: mt5-bridge, url: {env: MT5_API_URL}, token: {env: MT5_BRIDGE_TOKEN}, clock: {zone: America/New_York, offsetHours: 7}}
  mt5-b: {kind: mt5-bridge, url: {env: MT5_B_API_URL}, token: {env: MT5_B_BRIDGE_TOKEN}, clock: {zone: Europe/Athens, offsetHours: 0}}
  store: {kind: postgres, url: {env: DATABASE_URL}}
instruments:
${instrument("MT5:XAUUSD", "mt5-a", "1m: 30", "tickSize: 0.01, contractSize: 100")}${instrument("MT5:GBPUSD", "mt5-a", "1m: 5")}${instrument("CFD:US500", "store", "1m: 40, 1d: 700").replace("source: store", "source: store, symbol: US500")}${instrument("MT5:EURUSD", "mt5-b", "1d: 700")}`;
const folder = mkdtempSync(join(tmpdir(), "tapebook-defects-"));
const settings = isVerify ? "data/demo.yaml" : join(folder, "settings.yaml");
// The pound's minute of 05:20 is restated at 05:36: one pull before, one after.
const [first, second] = ["2026-11-18T05:30:00Z", "2026-11-18T05:40:00Z"];
let demo: RunningDemo;

async function begin(now: string, ...options: string[]): Promise<RunningDemo> {
  await demo?.stop();
  demo = await startDemo(folder, now, ...options);
  return demo;
}
const run = (program: "snapshot" | "doctor", name: string, ...more: string[]) =>
  runProgram(program, ["--settings", settings, "--data-dir", join(folder, name), ...more], demo.env);
const dataset = async (name: string, id: string) => (await openStore(join(folder, name)).read(id)).dataset;
const plantedIn = ({defects}: DemoTruth, kind: string, from: number) =>
  defects.filter((defect) => defect.kind === kind && defect.start >= from);

beforeAll(() => writeFileSync(join(folder, "settings.yaml"), yaml));
afterAll(async () => {
  await demo.stop();
  rmSync(folder, {recursive: true, force: true});
}, 60_000);

describe("the demo with its defects", () => {
  let truth: DemoTruth;
  let report = "";

  beforeAll(async () => {
    await begin(first);
    const before = run("snapshot", "flawed");
    expect(before.status, before.stdout + before.stderr).toBe(0);
    ({truth} = await begin(second));
    const after = run("snapshot", "flawed");
    expect(after.status, after.stdout + after.stderr).toBe(0);
    const doctor = run("doctor", "flawed");
    expect(doctor.status, doctor.stdout).toBe(1);
    report = doctor.stdout;
  }, 180_000);

  it("the gap: each that was planted, to the minute, and no other", async () => {
    const {gaps, firstTime} = await dataset("flawed", "bars/CFD-US500/1m");
    const planted = plantedIn(truth, "gap", firstTime!);
    expect(planted.length).toBeGreaterThan(1);
    expect(gaps).toEqual(planted.map(({start, end}) => ({start, end, missing: (end - start) / MINUTE_MS})));
    expect(report).toContain(
      `bars/CFD-US500/1m: ${planted.length * 23} bars missing in ${planted.length} gaps, the longest 23 from ${formatIso(planted[0]!.start)}`
    );
    expect(report).toMatch(/do: if the market was open then, ask the source why/);
  });

  it("the row sent twice: each is counted, kept once", async () => {
    const {duplicatesDropped, firstTime} = await dataset("flawed", "bars/MT5-XAUUSD/1m");
    const planted = plantedIn(truth, "duplicate", firstTime!);
    expect(planted.length).toBeGreaterThan(3);
    expect(duplicatesDropped).toBe(planted.length);
    expect(report).toContain(`bars/MT5-XAUUSD/1m: the source gave ${planted.length} rows twice; each is kept once`);
  });

  it("the bar restated between two pulls: recorded with what it was and is; one restated before them is none", async () => {
    const {restatements, checkedTime} = await dataset("flawed", "bars/MT5-GBPUSD/1m");
    const [planted, ...more] = plantedIn(truth, "restatement", parseIso(first) - 12 * MINUTE_MS);
    expect(more).toEqual([]);
    expect(restatements.length).toBeGreaterThan(0);
    for (const {time, was, is, seenAt} of restatements) {
      expect(time).toBe(planted!.start);
      expect(was).not.toBe(is);
      expect(Math.abs(seenAt - checkedTime)).toBeLessThan(MINUTE_MS);
    }
    expect(restatements.map(({field}) => field)).toContain("volume");
    expect(report).toContain(`bars/MT5-GBPUSD/1m: the source restated ${restatements.length} values`);
  });

  it.skipIf(isVerify)("the weeks of daylight saving: their short Sundays, and no other day", async () => {
    const {offSession, firstTime} = await dataset("flawed", "bars/MT5-EURUSD/1d");
    const weeks = truth.clockWeeks.map(({start, end}) => [parseIso(start), parseIso(end)] as const);
    const isOdd = (midnight: number) => weeks.some(([start, end]) => start <= midnight && midnight < end);
    const days = Array.from({length: 700}, (_, i) => Math.ceil(firstTime! / DAY_MS) * DAY_MS + i * DAY_MS);
    // on such a Sunday New York opens before midnight in Athens
    const sundays = days.filter((day) => new Date(day).getUTCDay() === 0 && isOdd(day + DAY_MS));
    expect(sundays.length).toBeGreaterThan(6);
    expect(offSession).toEqual({preOpen: 0, postClose: 0, closedDay: sundays.length});
    expect(report).toMatch(/bars\/MT5-EURUSD\/1d: \d+ rows on days without a session/);
  });

  it("nothing else: every warning of the doctor is of something planted", () => {
    const warnings = report.split("\n").filter((line) => / (warning|ERROR) /.test(line));
    const planted = /CFD-US500\/1m: \d+ bars missing|GBPUSD\/1m: the source restated|MT5-EURUSD\/1d: \d+ rows on days/;
    expect(warnings.filter((line) => !planted.test(line))).toEqual([]);
    expect(warnings.length).toBe(isVerify ? 2 : 3);
  });
});

// In a short run the checks have been given the clean tape already, without its venues.
describe.skipIf(!isVerify)("the demo without its defects", () => {
  it("has nothing that the checks find, and the doctor says that nothing is wrong", async () => {
    const {truth} = await begin(second, "--no-defects");
    expect(truth.defects).toEqual([]);
    const taken = run("snapshot", "clean");
    expect(taken.status, taken.stdout + taken.stderr).toBe(0);
    const {datasets} = await openStore(join(folder, "clean")).catalog();
    expect(datasets.length).toBe(20);
    for (const {id, gaps, warnings, restatements, duplicatesDropped, offSession} of datasets)
      expect({id, gaps, warnings, restatements, duplicatesDropped, offSession}).toEqual({
        ...{id, gaps: [], warnings: [], restatements: [], duplicatesDropped: 0},
        offSession: {preOpen: 0, postClose: 0, closedDay: 0}
      });
    const doctor = run("doctor", "clean");
    expect([doctor.status, doctor.stdout]).toEqual([0, expect.stringContaining("nothing is wrong")]);
    expect(doctor.stdout).not.toMatch(/ (warning|ERROR) /);
    expect(doctor.stdout).toContain("none against the calendars");
    const before = await hashTree(join(folder, "clean"));
    run("doctor", "clean");
    expect(await hashTree(join(folder, "clean"))).toEqual(before);
  }, 180_000);
});
