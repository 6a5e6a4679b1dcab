import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import type {BarSeries} from "../../services/domain/bar.js";
import {toMoney} from "../../services/domain/money.js";
import {SourceError} from "../../services/domain/source-error.js";
import {HOUR_MS} from "../../services/domain/time.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import {readAccountState, readPositions} from "../../services/snapshots/read-positions.js";
import {openStore, openStoreForWriting} from "../../services/snapshots/store.js";
import {sampleDeals, samplePositions} from "../snapshots/samples.js";
import {createVenue, hashTree, useJobs} from "./job-kit.js";
import {account, eurusd, gold, noon, settingsFor, tape} from "./job-settings.js";

const {newRoot, run} = useJobs();
const settings = settingsFor();
const id = eurusd;

async function heldBars(root: string, which = id): Promise<BarSeries> {
  return readBars((await openStore(root).read(which)).bytes);
}

describe("failures", () => {
  const both = settingsFor({more: gold});

  it("of one source leave the others, and what stands", async () => {
    const root = await newRoot();
    const [venue, other] = [createVenue(tape), createVenue(tape)];
    await run({settings: both, root}, {venue: venue.opened, other: other.opened}, noon);
    other.failure = new SourceError("SOURCE_UNAVAILABLE", "other: unable to fetch: status 503");
    const {results, lines} = await run(
      {settings: both, root},
      {venue: venue.opened, other: other.opened},
      noon + HOUR_MS
    );
    expect(results.map(({pulled}) => pulled?.outcome)).toEqual(["grown", undefined]);
    expect(lines).toContain("bars/MT5-XAUUSD/1m  failed: SOURCE_UNAVAILABLE: other: unable to fetch: status 503");
    expect(lines.at(-1)).toMatch(/^2 data sets: 1 grown, 1 failed, in /);
    expect((await heldBars(root, "bars/MT5-XAUUSD/1m")).length).toBe(2160);
  });

  it("a source that cannot be opened fails its own data sets", async () => {
    const {results} = await run(
      {settings: both, root: await newRoot()},
      {venue: createVenue(tape).opened, other: new Error("set OTHER_TOKEN")},
      noon
    );
    expect(results.map(({error}) => (error as Error | undefined)?.message)).toEqual([undefined, "set OTHER_TOKEN"]);
  });

  it("a damaged file is taken anew, and said to be", async () => {
    const root = await newRoot();
    const venue = createVenue(tape);
    await run({settings, root}, {venue: venue.opened}, noon);
    const path = join(root, `${id}.parquet`);
    await writeFile(path, (await readFile(path)).subarray(0, 5000));
    const {lines} = await run({settings, root}, {venue: venue.opened}, noon);
    expect(lines[0]).toMatch(/^damaged bars\/MT5-EURUSD\/1m: not a whole Parquet file: .*; it is taken anew$/);
    expect((await heldBars(root)).length).toBe(2160);
  });

  it("a job that meets another says whose turn it is", async () => {
    const root = await newRoot();
    const writer = await openStoreForWriting(root);
    await expect(run({settings, root}, {}, noon)).rejects.toMatchObject({code: "SNAPSHOT_LOCKED"});
    await writer.close();
  });

  it("a name that means nothing is refused with those that do", async () => {
    const root = await newRoot();
    await expect(run({settings, root, only: ["EURUSD"]}, {}, noon)).rejects.toThrow(
      "no data set is meant by EURUSD: there are bars/MT5-EURUSD/1m"
    );
    const {results} = await run({settings: both, root, only: ["MT5:XAUUSD"]}, {other: createVenue(tape).opened}, noon);
    expect(results.map((result) => result.id)).toEqual(["bars/MT5-XAUUSD/1m"]);
  });
});

describe("accounts", () => {
  const withAccount = settingsFor({more: account});

  it("deals, positions and state are kept, and a second look at the same changes no byte", async () => {
    const root = await newRoot();
    const venue = createVenue(tape);
    venue.deals = [...sampleDeals];
    venue.positions = [...samplePositions];
    venue.state = {time: noon, currency: "USD", balance: toMoney(10_009.63, "USD"), equity: toMoney(10_020, "USD")};
    const sources = {venue: venue.opened, reports: venue.opened};
    await run({settings: withAccount, root}, sources, noon);
    const store = openStore(root);
    expect(await readDeals((await store.read("deals/alpha")).bytes)).toEqual(sampleDeals);
    const positions = await store.read("positions/alpha");
    expect(await readPositions(positions.bytes)).toEqual(samplePositions);
    expect(readAccountState(positions.bytes)).toEqual(venue.state);
    expect(positions.dataset).toMatchObject({kind: "positions", account: "alpha", rows: 1, lastTime: noon});
    const before = await hashTree(root);
    venue.state = {...venue.state, time: noon + 10_000};
    await run({settings: withAccount, root}, sources, noon + 10_000);
    expect(await hashTree(root)).toEqual(before);
    venue.state = {...venue.state, equity: toMoney(10_021, "USD")};
    await run({settings: withAccount, root}, sources, noon + 20_000);
    expect((await store.read("positions/alpha")).dataset.lastTime).toBe(noon + 10_000);
  });

  it("keep what the source said of their deals until it says otherwise", async () => {
    const root = await newRoot();
    const venue = createVenue(tape);
    venue.deals = [...sampleDeals];
    const sources = {venue: venue.opened, reports: venue.opened};
    const words = async () => (await openStore(root).read("deals/alpha")).dataset.warnings;
    venue.dealWarnings = ["1 of 3 orders is unknown"];
    await run({settings: withAccount, root}, sources, noon);
    expect(await words()).toEqual(["source: 1 of 3 orders is unknown"]);
    venue.dealWarnings = [];
    await run({settings: withAccount, root}, sources, noon + 10_000);
    expect(await words()).toEqual(["source: 1 of 3 orders is unknown"]);
    venue.dealWarnings = ["2 of 3 orders are unknown"];
    await run({settings: withAccount, root}, sources, noon + 20_000);
    expect(await words()).toEqual(["source: 2 of 3 orders are unknown"]);
  });
});
