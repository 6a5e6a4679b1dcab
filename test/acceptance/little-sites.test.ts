import {readFileSync} from "node:fs";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {createWorkspace, type Workspace} from "../support/workspace.js";

const isVerify = Boolean(process.env["TAPEBOOK_VERIFY"]); // each site is built and opened in Chromium: a minute
const csv = (columns: string) =>
  `sources: {own: {kind: csv, folder: ./files, files: "{symbol}.csv", zone: UTC, header: false, columns: [${columns}]}}`;
const instrument = (more: string) =>
  `instruments: [{id: X:AAA, name: A, source: own, assetClass: crypto, currency: USD, tickSize: 0.01, calendar: crypto, ${more}}]`;
const sites = [
  ["ticks alone", `${csv("time, price")}\n${instrument("timeframes: {}, ticks: all")}`, /1 data set: 1 new/],
  ["nothing at all", "sources: {}\ninstruments: []", /0 data sets: nothing to do/],
  [
    "days alone, and no account",
    `${csv("time, open, high, low, close").replace("{symbol}", "days_{symbol}")}\n${instrument("timeframes: {1d: all}")}`,
    /1 data set: 1 new/
  ],
  [
    "an account alone, and no instrument",
    "sources: {own: {kind: mt5-files, folder: ./files, clock: {zone: UTC, offsetHours: 0}}}\ninstruments: []\naccounts: [{id: alpha, name: A, source: own, currency: EUR}]",
    /2 data sets: 2 new/
  ]
] as const;
let workspace: Workspace;

const dateOf = (day: number) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);

beforeAll(() => {
  if (!isVerify) return;
  workspace = createWorkspace();
  const ticks = Array.from(
    {length: 500},
    (_, i) => `${new Date(Date.UTC(2024, 0, 2) + i * 7_000).toISOString()},${100 + (i % 9)}\n`
  );
  workspace.write("data/files/AAA.csv", ticks.join(""));
  const days = Array.from(
    {length: 90},
    (_, i) => `${dateOf(i)},${100 + (i % 7)},${108 + (i % 7)},99,${101 + (i % 5)}\n`
  );
  workspace.write("data/files/days_AAA.csv", days.join(""));
  workspace.write("data/files/report.html", readFileSync("test/fixtures/mt5/history-report.html", "utf8"));
});
afterAll(() => workspace?.remove());

// One after another in one folder, so that each would also be shown what the one before it left.
describe.skipIf(!isVerify)("a site of", () => {
  it.each(sites)(
    "%s: is taken, built, and no page of it has a failed cell",
    (name, settings, said) => {
      workspace.write("data/settings.yaml", `title: ${name}\n${settings}\n`);
      const env = {TAPEBOOK_DATA_DIR: `data/of-${name.replace(/\W/g, "-")}`};
      expect(workspace.run("snapshot", [], env).output).toMatch(said);
      const {code, output} = workspace.run("build", [], env);
      expect([code, output]).toEqual([0, expect.stringContaining("built     dist")]);
    },
    300_000
  );
});
