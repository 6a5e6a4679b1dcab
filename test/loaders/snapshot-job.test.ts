import {describe, expect, it} from "vitest";
import {type BarSeries, sliceBars} from "../../services/domain/bar.js";
import {DAY_MS, HOUR_MS, MINUTE_MS} from "../../services/domain/time.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {openStore} from "../../services/snapshots/store.js";
import {sampleBars, tuesday} from "../snapshots/samples.js";
import {createVenue, useJobs} from "./job-kit.js";
import {eurusd, minute, noon, settingsFor, tape} from "./job-settings.js";

const {newRoot, run} = useJobs();
const settings = settingsFor();
const id = eurusd;

async function heldBars(root: string, which = id): Promise<BarSeries> {
  return readBars((await openStore(root).read(which)).bytes);
}

describe("a first pull", () => {
  it("stores what has closed, with its lineage; the forming bar is not among it", async () => {
    const root = await newRoot();
    const {results, lines} = await run({settings, root}, {venue: createVenue(tape).opened}, noon + 30_000);
    const bars = await heldBars(root);
    expect(bars).toEqual(sliceBars(tape, 0, 2160));
    expect((await openStore(root).catalog()).datasets).toMatchObject([
      {
        id,
        kind: "bars",
        instrument: "MT5:EURUSD",
        timeframe: "1m",
        source: "venue",
        sourceKind: "csv",
        simulated: false,
        rows: 2160,
        firstTime: tuesday,
        lastTime: minute - MINUTE_MS,
        takenTime: noon + 30_000,
        gaps: [],
        loaderVersion: "test"
      }
    ]);
    expect(results).toMatchObject([{id, pulled: {outcome: "new", rows: 2160, added: 2160}}]);
    expect(lines.join("\n")).toMatch(/bars\/MT5-EURUSD\/1m +2,160 rows {2}new .*\n1 data set: 1 new, in \d/);
  });

  it("a bar that closed this very second may still be written by its venue, and waits", async () => {
    const root = await newRoot();
    await run({settings, root}, {venue: createVenue(tape).opened}, minute + 4_999);
    expect((await heldBars(root)).time.at(-1)).toBe(minute - 2 * MINUTE_MS);
    await run({settings, root}, {venue: createVenue(tape).opened}, minute + 5_000);
    expect((await heldBars(root)).time.at(-1)).toBe(minute - MINUTE_MS);
  });

  it("asks from midnight of the day that settings say", async () => {
    const venue = createVenue(tape);
    await run({settings, root: await newRoot()}, {venue: venue.opened}, tuesday + 2 * DAY_MS + 3 * HOUR_MS);
    expect(venue.asked).toEqual([
      {
        instrument: "MT5:EURUSD",
        symbol: "EURUSD",
        timeframe: "1m",
        start: tuesday,
        end: tuesday + 2 * DAY_MS + 3 * HOUR_MS
      }
    ]);
    expect(venue.closed).toBe(1);
  });

  it("says so where the source's history begins later than was asked for", async () => {
    const root = await newRoot();
    await run({settings: settingsFor({days: "30"}), root}, {venue: createVenue(tape).opened}, noon);
    expect((await openStore(root).read(id)).dataset.warnings).toEqual([
      "history begins 2024-01-02: asked for 2023-12-04"
    ]);
  });

  it("no bars at all is a failure that names the symbol", async () => {
    const {results} = await run({settings, root: await newRoot()}, {venue: createVenue(sampleBars(0)).opened}, noon);
    expect((results[0]!.error as Error).message).toBe(
      "venue has no closed 1m bars of EURUSD since 2024-01-01: check the symbol of MT5:EURUSD in settings"
    );
  });
});
