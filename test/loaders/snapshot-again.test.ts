import {stat} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {type BarSeries, sliceBars, toBarSeries, toBars} from "../../services/domain/bar.js";
import {DAY_MS, HOUR_MS, MINUTE_MS} from "../../services/domain/time.js";
import {encodeDeals} from "../../services/snapshots/encode-deals.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {openStore, openStoreForWriting} from "../../services/snapshots/store.js";
import {sampleDeals} from "../components/sample-deals.js";
import {sampleBars, tuesday} from "../snapshots/samples.js";
import {createVenue, hashTree, useJobs} from "./job-kit.js";
import {account, eurusd, minute, noon, settingsFor, tape} from "./job-settings.js";

const {newRoot, run} = useJobs();
const settings = settingsFor();
const id = eurusd;

async function heldBars(root: string, which = id): Promise<BarSeries> {
  return readBars((await openStore(root).read(which)).bytes);
}

describe("a second pull", () => {
  it("that finds nothing new changes no byte, only the catalogue's time of looking", async () => {
    const root = await newRoot();
    const venue = createVenue(tape);
    await run({settings, root}, {venue: venue.opened}, noon);
    const before = await hashTree(root);
    const {results} = await run({settings, root}, {venue: venue.opened}, noon + 30_000);
    expect(results).toMatchObject([{pulled: {outcome: "same", added: 0}}]);
    expect(await hashTree(root)).toEqual(before);
    expect((await stat(join(root, "catalog.json"))).mtimeMs).toBe(noon + 30_000);
  });

  it("asks for what is missing and two days of overlap, and adds it", async () => {
    const root = await newRoot();
    const long = sampleBars(10 * 1440);
    const venue = createVenue(long);
    const wide = settingsFor({days: "9"});
    await run({settings: wide, root}, {venue: venue.opened}, tuesday + 7 * DAY_MS);
    const {results} = await run({settings: wide, root}, {venue: venue.opened}, tuesday + 8 * DAY_MS);
    const last = tuesday + 7 * DAY_MS - 2 * MINUTE_MS; // the bar that closes at that moment had not settled
    expect(venue.asked[1]).toMatchObject({start: last - 2 * DAY_MS, end: tuesday + 8 * DAY_MS});
    expect(results).toMatchObject([{pulled: {outcome: "grown", added: 1440}}]);
    expect(await heldBars(root)).toEqual(sliceBars(long, 0, 8 * 1440 - 1));
  });

  it("keeps what was shown first where the source restates it, and records it once", async () => {
    const root = await newRoot();
    const venue = createVenue(tape);
    await run({settings, root}, {venue: venue.opened}, noon);
    venue.bars = sampleBars(3 * 1440);
    venue.bars.volume[2000] = 77;
    const second = await run({settings, root}, {venue: venue.opened}, noon + 10_000);
    expect(second.results).toMatchObject([{pulled: {outcome: "changed", restated: 1}}]);
    expect(await heldBars(root)).toEqual(sliceBars(tape, 0, 2160));
    const {dataset} = await openStore(root).read(id);
    expect(dataset.restatements).toEqual([
      {time: tape.time[2000], field: "volume", was: tape.volume[2000], is: 77, seenAt: noon + 10_000}
    ]);
    expect(dataset.takenTime).toBe(noon);
    const before = await hashTree(root);
    await run({settings, root}, {venue: venue.opened}, noon + 20_000);
    expect(await hashTree(root)).toEqual(before);
  });

  it("fills a hole when its bars come late, and records that they did", async () => {
    const root = await newRoot();
    const venue = createVenue(toBarSeries(toBars(tape).filter((_, i) => i < 1500 || i >= 1510)));
    await run({settings, root}, {venue: venue.opened}, noon);
    expect((await openStore(root).read(id)).dataset.gaps).toMatchObject([{missing: 10}]);
    venue.bars = tape;
    await run({settings, root}, {venue: venue.opened}, noon + 10_000);
    const {dataset} = await openStore(root).read(id);
    expect(dataset).toMatchObject({
      gaps: [],
      restatements: [{field: "rows", was: 0, is: 10, time: tape.time[1500], until: tape.time[1509]}]
    });
  });

  it("asks for earlier history when settings want more of it, once", async () => {
    const root = await newRoot();
    const long = sampleBars(10 * 1440);
    const venue = createVenue(long);
    const now = tuesday + 9 * DAY_MS;
    await run({settings: settingsFor({days: "2"}), root}, {venue: venue.opened}, now);
    await run({settings: settingsFor({days: "20"}), root}, {venue: venue.opened}, now);
    expect(await heldBars(root)).toEqual(sliceBars(long, 0, 9 * 1440 - 1));
    expect((await openStore(root).read(id)).dataset.restatements).toEqual([]);
    venue.asked.length = 0;
    await run({settings: settingsFor({days: "20"}), root}, {venue: venue.opened}, now);
    expect(venue.asked.map(({start}) => start)).toEqual([now - 2 * DAY_MS - 2 * MINUTE_MS]);
  });

  it("between the earlier history and the overlap misses nothing that it did not ask for", async () => {
    const root = await newRoot();
    const long = sampleBars(10 * 1440);
    const venue = createVenue(long);
    const now = tuesday + 9 * DAY_MS;
    await run({settings: settingsFor({days: "6"}), root}, {venue: venue.opened}, now);
    await run({settings: settingsFor({days: "9"}), root}, {venue: venue.opened}, now);
    expect(venue.asked[2]!.start - venue.asked[1]!.end).toBeGreaterThan(3 * DAY_MS);
    expect(await heldBars(root)).toEqual(sliceBars(long, 0, 9 * 1440 - 1));
    expect((await openStore(root).read(id)).dataset.restatements).toEqual([]);
  });

  it("stops at a split, and takes the history anew on a person's word, which is never forgotten", async () => {
    const root = await newRoot();
    const venue = createVenue(tape);
    await run({settings, root}, {venue: venue.opened}, noon);
    const before = await hashTree(root);
    venue.bars = sampleBars(3 * 1440, {base: 50});
    const refused = await run({settings, root}, {venue: venue.opened}, noon + HOUR_MS);
    expect(refused.lines[0]).toMatch(
      /failed: SNAPSHOT_RESTATED: .*multiplied by 0\.5 \(a split\?\).* npm run snapshot -- --anew bars\/MT5-EURUSD\/1m$/
    );
    expect(await hashTree(root)).toEqual(before);
    await run({settings, root, anew: ["MT5:EURUSD"]}, {venue: venue.opened}, noon + HOUR_MS);
    expect((await heldBars(root)).open[0]).toBe(50);
    expect((await openStore(root).read(id)).dataset.restatements).toEqual([
      {time: tuesday, until: minute + HOUR_MS - MINUTE_MS, field: "all", was: 2160, is: 2220, seenAt: noon + HOUR_MS}
    ]);
  });

  it("joins no simulated history to a real one, bars or deals, nor the other way round", async () => {
    const more = account;
    const demo = settingsFor({more: `${more}\nsimulated: true`});
    for (const [first, then, words] of [
      [demo, settingsFor({more}), "what is held is simulated, what settings ask for is real"],
      [settingsFor({more}), demo, "what is held is real, what settings ask for is simulated"]
    ] as const) {
      const root = await newRoot();
      const venue = createVenue(tape);
      venue.deals = sampleDeals(2);
      const sources = {venue: venue.opened, reports: venue.opened};
      expect((await run({settings: first, root}, sources, noon)).results.every(({error}) => !error)).toBe(true);
      const before = await hashTree(root);
      venue.deals = [];
      const {lines} = await run({settings: then, root}, sources, noon + HOUR_MS);
      for (const name of [id, "deals/alpha", "positions/alpha"])
        expect(lines.find((line) => line.startsWith(name))).toMatch(
          new RegExp(`failed: SNAPSHOT_RESTATED: ${words}; nothing was changed.* --anew ${name}$`)
        );
      const after = await hashTree(root);
      for (const name of [id, "deals/alpha", "positions/alpha"])
        expect(after[`${name}.parquet`]).toBe(before[`${name}.parquet`]);
      await run({settings: then, root, anew: ["bars", "deals", "positions"]}, sources, noon + HOUR_MS);
      expect((await openStore(root).read(id)).dataset.simulated).toBe(then.site.simulated);
    }
  });

  it("takes a history anew whatever the file that stands is like", async () => {
    const root = await newRoot();
    const venue = createVenue(tape);
    await run({settings, root}, {venue: venue.opened}, noon);
    const lineage = (await openStore(root).read(id)).dataset;
    const writer = await openStoreForWriting(root);
    await writer.write(id, encodeDeals([], {id, lineage}));
    await writer.close();
    const {lines} = await run({settings, root}, {venue: venue.opened}, noon);
    expect(lines[0]).toContain("failed: SNAPSHOT_SCHEMA: not a snapshot of bars/1: deals/1");
    await run({settings, root, anew: [id]}, {venue: venue.opened}, noon);
    expect((await heldBars(root)).length).toBe(2160);
  });

  it("keeps what the source said of its rows, while nothing new comes", async () => {
    const root = await newRoot();
    const venue = createVenue(tape);
    venue.warnings = ["the clock is 2 s late"];
    venue.duplicateTimes = [0, 1, 2].map((row) => tape.time[row]!);
    await run({settings, root}, {venue: venue.opened}, noon);
    const before = await hashTree(root);
    venue.warnings = [];
    venue.duplicateTimes = [];
    const {results} = await run({settings, root}, {venue: venue.opened}, noon + 10_000);
    expect(await hashTree(root)).toEqual(before);
    expect((await openStore(root).read(id)).dataset).toMatchObject({
      warnings: ["source: the clock is 2 s late"],
      duplicatesDropped: 3
    });
    expect(results[0]!.pulled!.warnings).toEqual(["source: the clock is 2 s late"]);
  });
});
