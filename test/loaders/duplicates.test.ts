import {expect, it} from "vitest";
import {countDuplicates} from "../../loaders/shared/count-duplicates.js";
import {DAY_MS} from "../../services/domain/time.js";
import {openStore} from "../../services/snapshots/store.js";
import {sampleBars, sampleDataset, tuesday} from "../snapshots/samples.js";
import {createVenue, hashTree, useJobs} from "./job-kit.js";
import {eurusd, settingsFor} from "./job-settings.js";

const {newRoot, run} = useJobs();

it("rows given twice are counted when they are first kept: four before and one a week later are five", async () => {
  const root = await newRoot();
  const settings = settingsFor({days: "20"});
  const long = sampleBars(20 * 1440);
  const venue = createVenue(long);
  const opens = (...rows: number[]) => rows.map((row) => long.time[row]!);
  const counted = async () => (await openStore(root).read(eurusd)).dataset.duplicatesDropped;
  const first = tuesday + 7 * DAY_MS;
  venue.duplicateTimes = opens(10, 500, 10_000, 10_050);
  await run({settings, root}, {venue: venue.opened}, first);
  expect(await counted()).toBe(4);
  venue.duplicateTimes = opens(10_000, 10_050, 12_000); // two of the overlap, seen again, and one that is new
  await run({settings, root}, {venue: venue.opened}, first + 7 * DAY_MS);
  expect(await counted()).toBe(5);
  const before = await hashTree(root);
  await run({settings, root}, {venue: venue.opened}, first + 7 * DAY_MS);
  expect(await hashTree(root)).toEqual(before);
});

it("a row given twice beyond the range that was asked for is counted once it is kept", () => {
  const dataset = sampleDataset({duplicatesDropped: 2});
  const joined = {time: Float64Array.of(1, 2, 3)};
  expect(countDuplicates([2, 3, 3, 9], {held: {time: Float64Array.of(1, 2), dataset}, joined})).toBe(4);
  expect(countDuplicates([2, 9], {held: undefined, joined})).toBe(1);
});
