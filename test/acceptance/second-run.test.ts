import {afterAll, beforeAll, expect, it} from "vitest";
import {ticksToBars} from "../../services/analytics/bars/ticks-to-bars.js";
import {MINUTE_MS} from "../../services/domain/time.js";
import {openSource} from "../../services/sources/open-source.js";
import {hashTree, useJobs} from "../loaders/job-kit.js";
import {startVenues, type Venues} from "../sources/venues.js";

const began = Date.UTC(2026, 10, 18, 10, 30, 15);
const few = ["bars/MT5-EURUSD/1d", "bars/MT5-XAUUSD/1m", "bars/NSE-INFY/1d", "alpha"];
const only = process.env["TAPEBOOK_VERIFY"] ? [...few, "bars/NSE-INFY", "beta"] : few;
const {newRoot, run} = useJobs();
let now = began;
let venues: Venues;

beforeAll(async () => {
  venues = await startVenues({now: () => now});
}, 60_000);
afterAll(() => venues.close());

const pull = (root: string) => {
  const effects = {...venues.effects, ticksToBars};
  const sources = Object.fromEntries(
    ["mt5-a", "mt5-b", "kite"].map((name) => [name, openSource(name, venues.settings, effects)])
  );
  return run({settings: venues.settings, root, only}, sources, now);
};

it("a second run through the venues changes no byte; a minute later only what grew is other", async () => {
  const root = await newRoot();
  const first = await pull(root);
  expect(first.results.map(({id, error}) => [id, error])).toEqual(first.results.map(({id}) => [id, undefined]));
  expect(first.results.length).toBeGreaterThan(4);
  const before = await hashTree(root);
  const second = await pull(root);
  expect(second.results.map(({pulled}) => pulled?.outcome)).toEqual(second.results.map(() => "same"));
  expect(await hashTree(root)).toEqual(before);

  now = began + MINUTE_MS;
  const third = await pull(root);
  const grown = third.results
    .filter(({pulled}) => pulled?.outcome === "grown")
    .map(({id, pulled}) => [id, pulled?.added]);
  expect(grown).toEqual(expect.arrayContaining([["bars/MT5-XAUUSD/1m", 1]]));
  const after = await hashTree(root);
  for (const {id, pulled} of third.results)
    expect([id, after[`${id}.parquet`] === before[`${id}.parquet`]]).toEqual([id, pulled?.outcome === "same"]);
}, 120_000);
