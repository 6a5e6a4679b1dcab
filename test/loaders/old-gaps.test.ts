import {describe, expect, it} from "vitest";
import {type BarSeries, sliceBars, toBarSeries, toBars} from "../../services/domain/bar.js";
import {SourceError} from "../../services/domain/source-error.js";
import {DAY_MS, MINUTE_MS} from "../../services/domain/time.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {openStore} from "../../services/snapshots/store.js";
import {sampleBars, tuesday} from "../snapshots/samples.js";
import {createVenue, hashTree, useJobs} from "./job-kit.js";
import {eurusd, settingsFor} from "./job-settings.js";

const {newRoot, run} = useJobs();
const settings = settingsFor({days: "20"});
const long = sampleBars(12 * 1440);
const now = tuesday + 9 * DAY_MS;
const kept = sliceBars(long, 0, 9 * 1440 - 1);

const without = (holed: (row: number) => boolean, bars: BarSeries = long) =>
  toBarSeries(toBars(bars).filter((_, row) => !holed(row)));
const read = async (root: string, id = eurusd) => openStore(root).read(id);
const isOldHole = (row: number) => row >= 3_000 && row < 3_600;

/** A store pulled from a venue whose tape has a hole days before the overlap. */
async function pulledWithHole(holed = isOldHole) {
  const root = await newRoot();
  const venue = createVenue(without(holed));
  await run({settings, root}, {venue: venue.opened}, now);
  venue.asked.length = 0;
  return {root, venue};
}

describe("a hole from before the overlap", () => {
  it("is filled once the venue has its bars, recorded as late, and not asked for any more", async () => {
    const {root, venue} = await pulledWithHole();
    venue.bars = long;
    const {results} = await run({settings, root}, {venue: venue.opened}, now);
    expect(results).toMatchObject([{pulled: {outcome: "grown", added: 600, restated: 1, gaps: 0}}]);
    const {bytes, dataset} = await read(root);
    expect(await readBars(bytes)).toEqual(kept);
    expect(dataset.restatements).toEqual([
      {time: long.time[3_000], until: long.time[3_599], field: "rows", was: 0, is: 600, seenAt: now}
    ]);
    const before = await hashTree(root);
    venue.asked.length = 0;
    await run({settings, root}, {venue: venue.opened}, now);
    expect(venue.asked).toHaveLength(1);
    expect(await hashTree(root)).toEqual(before);
  });

  it("that stays is asked for with a few bars before it, and no byte is changed", async () => {
    const {root, venue} = await pulledWithHole();
    const before = await hashTree(root);
    const {results} = await run({settings, root}, {venue: venue.opened}, now);
    expect(results).toMatchObject([{pulled: {outcome: "same"}}]);
    expect(venue.asked.slice(1)).toMatchObject([{start: long.time[2_995], end: long.time[3_600]}]);
    expect(await hashTree(root)).toEqual(before);
  });

  it("is one of four at most in a run, the newest first, and others have their turn another day", async () => {
    const isHole = (row: number) => row % 700 === 350 && row < 8 * 700; // eight before the overlap
    const {root, venue} = await pulledWithHole(isHole);
    const ends = async (moment: number) => {
      venue.asked.length = 0;
      await run({settings, root}, {venue: venue.opened}, moment);
      return venue.asked.slice(1).map(({end}) => (end - tuesday) / MINUTE_MS - 351);
    };
    const turns = [await ends(now), await ends(now + DAY_MS)];
    expect(turns.map(({length}) => length)).toEqual([4, 4]);
    expect(turns.flat().sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((n) => n * 700));
  });

  it("about which the source cannot answer keeps nothing new from being taken", async () => {
    const {root, venue} = await pulledWithHole();
    const answer = venue.opened.bars!.bars;
    venue.opened.bars!.bars = async (request) => {
      if (request.end < now - 5 * DAY_MS) throw new SourceError("SOURCE_REFUSED", "venue: too far back");
      return answer(request);
    };
    const {results} = await run({settings, root}, {venue: venue.opened}, now + DAY_MS);
    const notice = "the gap before 2024-01-04T12:00:00.000Z could not be asked for again: venue: too far back";
    expect(results).toMatchObject([
      {pulled: {outcome: "grown", added: 1440, warnings: expect.arrayContaining([notice])}}
    ]);
    expect((await read(root)).dataset.warnings).not.toContain(notice);
  });

  it("is not filled from prices that were all multiplied since", async () => {
    const {root, venue} = await pulledWithHole();
    const halved = toBars(sampleBars(12 * 1440, {base: 50}));
    venue.bars = toBarSeries(toBars(long).map((bar, row) => (row < 4_000 ? halved[row]! : bar)));
    const before = await hashTree(root);
    const {lines} = await run({settings, root}, {venue: venue.opened}, now);
    expect(lines[0]).toContain("SNAPSHOT_RESTATED: the source restates all its prices multiplied by 0.5");
    expect(await hashTree(root)).toEqual(before);
  });

  it("is filled in daily bars too, whose opening may lie before the session's", async () => {
    const root = await newRoot();
    const daily = settingsFor({timeframe: "1d", days: "60"});
    const days = sampleBars(60, {stepMs: DAY_MS});
    const venue = createVenue(without((row) => row === 20, days));
    await run({settings: daily, root}, {venue: venue.opened}, tuesday + 50 * DAY_MS);
    const id = "bars/MT5-EURUSD/1d";
    expect((await read(root, id)).dataset.gaps).toHaveLength(1);
    venue.bars = days;
    await run({settings: daily, root}, {venue: venue.opened}, tuesday + 50 * DAY_MS);
    expect((await read(root, id)).dataset).toMatchObject({gaps: [], restatements: [{field: "rows", was: 0, is: 1}]});
  });
});
