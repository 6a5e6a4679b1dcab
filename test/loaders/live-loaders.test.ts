import {afterEach, expect, it, vi} from "vitest";
import {loadLiveBars} from "../../loaders/shared/load-live-bars.js";
import {loadLiveContext} from "../../loaders/shared/load-live-context.js";
import {resampleBars} from "../../services/analytics/bars/resample-bars.js";
import {sliceBars, toBars} from "../../services/domain/bar.js";
import {readAllBars} from "../../services/snapshots/read-all-bars.js";
import {createVenue, useJobs} from "./job-kit.js";
import {minute, noon, settingsFor, tape} from "./job-settings.js";

const jobs = useJobs();
afterEach(() => vi.unstubAllEnvs());
const buffer = (content: Uint8Array | string) => (content as Uint8Array).slice().buffer as ArrayBuffer;

/** A store of a day and a half of minutes of an instrument that settings call live. */
async function pulled() {
  const settings = settingsFor();
  const root = await jobs.newRoot();
  vi.stubEnv("TAPEBOOK_DATA_DIR", root);
  await jobs.run({settings, root}, {venue: createVenue(tape).opened}, noon);
  const instruments = settings.site.instruments.map((instrument) => ({...instrument, live: true}));
  return {...settings, site: {...settings.site, instruments}};
}

it("what the Live page begins with is the last session's minutes and the one before, after whole quarters of an hour", async () => {
  const settings = await pulled();
  const minutes = (await readAllBars(buffer((await loadLiveBars(settings)).content))).get("MT5:EURUSD")!;
  const {content, inputs} = await loadLiveContext(settings);
  const quarters = (await readAllBars(buffer(content))).get("MT5:EURUSD")!;
  const midnight = tape.time[1_440]!;
  expect([minutes.time[0], minutes.time.at(-1)]).toEqual([midnight - 60_000, minute - 60_000]);
  const calendar = settings.site.calendars["crypto"]!;
  const {lastIsPartial: _, offSession: __, ...expected} = resampleBars(sliceBars(tape, 0, 1_440), "15m", calendar);
  expect(toBars(quarters)).toEqual(toBars(expected));
  expect(inputs).toEqual([...settings.files, expect.stringContaining("bars/MT5-EURUSD/1m.parquet")]);
});

it("there are none of instruments that are not live", async () => {
  const {site, ...rest} = await pulled();
  const settings = {...rest, site: {...site, instruments: site.instruments.map((one) => ({...one, live: false}))}};
  expect((await readAllBars(buffer((await loadLiveContext(settings)).content))).size).toBe(0);
});
