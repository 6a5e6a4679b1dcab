import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {afterEach, describe, expect, it, vi} from "vitest";
import {loadTicks} from "../../loaders/shared/load-snapshot.js";
import {openSourceFor} from "../../loaders/shared/open-source.js";
import type {OpenedSource} from "../../loaders/shared/pull.js";
import {ticksToBars} from "../../services/analytics/bars/ticks-to-bars.js";
import {toBars} from "../../services/domain/bar.js";
import {DAY_MS, formatIso, HOUR_MS, MINUTE_MS, parseIso} from "../../services/domain/time.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {readTicks} from "../../services/snapshots/read-ticks.js";
import {openStore} from "../../services/snapshots/store.js";
import {defaultSourceEffects} from "../../services/sources/effects.js";
import {openSource} from "../../services/sources/open-source.js";
import type {TickRequest} from "../../services/sources/tick-source.js";
import {hasShared, readSharedRows, sharedPath} from "../shared-data.js";
import {calendars} from "../snapshots/calendars.js";
import {tuesday} from "../snapshots/samples.js";
import {type SampleTick, sampleTicks, tickRows, tickSeries} from "../snapshots/tick-samples.js";
import {hashTree, settingsOf, useJobs} from "./job-kit.js";

const {newRoot, run} = useJobs();
afterEach(() => vi.unstubAllEnvs());
const id = "ticks/MT5-EURUSD";

function settingsFor(
  ticks: string,
  source = '{kind: csv, folder: x, files: "{symbol}.csv", zone: UTC, header: false, columns: [time, bid, ask]}'
) {
  return settingsOf(`
sources:
  venue: ${source}
instruments:
  - {id: MT5:EURUSD, name: Euro, source: venue, assetClass: fx, currency: USD, tickSize: 0.00001, calendar: crypto, timeframes: {}, ticks: ${ticks}}
`);
}

/** A source of ticks in memory, and what it was asked for. */
function createTickVenue(rows: SampleTick[]) {
  const asked: TickRequest[] = [];
  const venue = {rows, asked, warnings: [] as string[]};
  const opened: OpenedSource = {
    kind: "memory",
    ticks: {
      async ticks(request) {
        asked.push(request);
        const ticks = venue.rows.filter(({time}) => time >= request.start && time < request.end);
        return {ticks: tickSeries(ticks), warnings: venue.warnings};
      }
    },
    close: async () => undefined
  };
  return {...venue, venue, opened};
}

const tape = tickRows(sampleTicks(20_000, {meanMs: 5_000})); // about 28 hours from Tuesday on
const at = (hours: number) => tuesday + hours * HOUR_MS;
const read = async (root: string) => openStore(root).read(id);

describe("a pull of ticks", () => {
  it("stores them without those that came twice, with their lineage", async () => {
    const root = await newRoot();
    const twice = tape.flatMap((tick, i) => (i % 1_000 === 0 ? [tick, tick] : [tick]));
    const {lines} = await run({settings: settingsFor("2"), root}, {venue: createTickVenue(twice).opened}, at(20));
    const {bytes, dataset} = await read(root);
    const expected = tape.filter(({time}) => time < at(20) - 5_000);
    expect(tickRows(await readTicks(bytes))).toEqual(expected);
    expect(dataset).toMatchObject({
      id,
      kind: "ticks",
      instrument: "MT5:EURUSD",
      rows: expected.length,
      firstTime: tape[0]!.time,
      lastTime: expected.at(-1)!.time,
      duplicatesDropped: Math.ceil(expected.length / 1_000),
      gaps: [],
      askedFrom: tuesday - 2 * DAY_MS,
      takenTime: at(20)
    });
    expect(dataset.coverage).toEqual([{date: "2024-01-02", found: 240, expected: 240}]);
    expect(lines[0]).toMatch(/^ticks\/MT5-EURUSD +14,\d{3} rows {2}new/);
  });

  it("is handed to pages just as the store holds it; of an instrument that keeps none it is refused", async () => {
    const root = await newRoot();
    await run({settings: settingsFor("2"), root}, {venue: createTickVenue(tape).opened}, at(20));
    vi.stubEnv("TAPEBOOK_DATA_DIR", root);
    const {content, inputs} = await loadTicks("EURUSD", settingsFor("2"));
    expect(Buffer.from(content).equals(new Uint8Array((await read(root)).bytes))).toBe(true);
    expect(inputs.at(-1)).toMatch(/ticks\/MT5-EURUSD\.parquet$/);
    await expect(loadTicks("EURUSD", {...settingsFor("2"), ticks: []})).rejects.toThrow(
      "no ticks of MT5:EURUSD are kept: add `ticks: 5` to it in settings"
    );
  });

  it("asks the second time for the last hour and what is new; nothing new changes no byte", async () => {
    const root = await newRoot();
    const venue = createTickVenue(tape);
    const settings = settingsFor("2");
    await run({settings, root}, {venue: venue.opened}, at(20));
    const held = (await read(root)).dataset;
    const {results} = await run({settings, root}, {venue: venue.opened}, at(21));
    expect(venue.asked[1]).toMatchObject({start: held.lastTime! - HOUR_MS, end: at(21) - 5_000, allowShort: true});
    expect(results).toMatchObject([{pulled: {outcome: "grown", restated: 0}}]);
    expect(tickRows(await readTicks((await read(root)).bytes))).toEqual(tape.filter(({time}) => time < at(21) - 5_000));
    const before = await hashTree(root);
    const again = await run({settings, root}, {venue: venue.opened}, at(21));
    expect(again.results).toMatchObject([{pulled: {outcome: "same", added: 0}}]);
    expect(await hashTree(root)).toEqual(before);
  });

  it("takes earlier history when settings want more of it, and finds nothing wrong between", async () => {
    const root = await newRoot();
    const venue = createTickVenue(tape);
    await run({settings: settingsFor("1"), root}, {venue: venue.opened}, at(28));
    const shorter = createTickVenue(tape.filter(({time}) => time >= at(6)));
    await run({settings: settingsFor("1"), root, anew: [id]}, {venue: shorter.opened}, at(28));
    await run({settings: settingsFor("9"), root}, {venue: venue.opened}, at(28));
    const {bytes, dataset} = await read(root);
    expect(tickRows(await readTicks(bytes))).toEqual(tape.filter(({time}) => time < at(28) - 5_000));
    expect(dataset.restatements).toMatchObject([{field: "all"}]);
  });

  it("a source that no longer reaches back leaves a gap, and its words are kept", async () => {
    const root = await newRoot();
    const venue = createTickVenue(tape);
    const settings = settingsFor("2");
    await run({settings, root}, {venue: venue.opened}, at(10));
    const short = createTickVenue(tape.filter(({time}) => time >= at(12)));
    short.venue.warnings.push("ticks reach back to 12:00 only");
    await run({settings, root}, {venue: short.opened}, at(14));
    const {dataset} = await read(root);
    expect(dataset.gaps).toMatchObject([{missing: 24}]);
    expect(dataset.warnings).toEqual(["source: ticks reach back to 12:00 only"]);
  });

  it("no ticks, or none that make sense, is a failure, and what stood stands", async () => {
    const root = await newRoot();
    const none = await run({settings: settingsFor("2"), root}, {venue: createTickVenue([]).opened}, at(20));
    expect((none.results[0]!.error as Error).message).toMatch(/^venue has no ticks of EURUSD since 2023-12-31/);
    await run({settings: settingsFor("2"), root}, {venue: createTickVenue(tape).opened}, at(20));
    const before = await hashTree(root);
    const other = tape.map((tick) => ({...tick, bid: tick.bid! + 1, ask: tick.ask! + 1}));
    const {lines} = await run({settings: settingsFor("2"), root}, {venue: createTickVenue(other).opened}, at(21));
    expect(lines[0]).toMatch(/SNAPSHOT_RESTATED: .* npm run snapshot -- --anew ticks\/MT5-EURUSD$/);
    expect(await hashTree(root)).toEqual(before);
  });

  it("of a bridge whose clock is not the rule in settings are not stored, and the run names the rule", async () => {
    const root = await newRoot();
    const source = `{kind: mt5-bridge, url: "http://bridge.invalid", clock: {zone: UTC, offsetHours: 0}}`;
    const settings = settingsFor("2", source);
    const rows = tape
      .slice(-2_000)
      .map(({time, bid, ask}) => ({time: Math.floor(time / 1_000), time_msc: time, bid, ask}));
    const now = tape.at(-1)!.time - HOUR_MS; // the server is an hour ahead of UTC
    const fetch: typeof globalThis.fetch = async () => Response.json(rows);
    const opened = openSource("venue", settings, {...defaultSourceEffects, fetch, now: () => now, env: {}});
    const {results} = await run({settings, root}, {venue: opened}, now);
    expect(results[0]!.error).toMatchObject({
      code: "SOURCE_CLOCK",
      message: expect.stringMatching(
        /^venue: ticks of EURUSD: times disagree with the clock rule UTC: expected none after/
      )
    });
    await expect(read(root)).rejects.toMatchObject({code: "SNAPSHOT_MISSING"});
  });

  it("a source without ticks of the past is told so", async () => {
    const bare: OpenedSource = {kind: "postgres", close: async () => undefined};
    const {results} = await run({settings: settingsFor("2"), root: await newRoot()}, {venue: bare}, at(1));
    expect((results[0]!.error as Error).message).toBe(
      "venue is a source of kind postgres, which has no ticks of the past"
    );
  });
});

describe("ticks that a terminal exported", () => {
  it("become UTC by its clock and are kept once", async () => {
    const folder = await newRoot();
    const rows = tape.slice(0, 500).map(({time, bid, ask}) => {
      const [date, clock] = formatIso(time + 2 * HOUR_MS)
        .replace("Z", "")
        .split("T");
      return [date!.replaceAll("-", "."), clock, bid, ask, "", "", 6].join("\t");
    });
    const header = "<DATE>\t<TIME>\t<BID>\t<ASK>\t<LAST>\t<VOLUME>\t<FLAGS>";
    await writeFile(join(folder, "EURUSD_202401020000.csv"), `${[header, ...rows].join("\n")}\n`);
    const source = `{kind: mt5-files, folder: "${folder}", clock: {zone: Europe/Athens, offsetHours: 0}}`;
    const settings = settingsFor("all", source);
    const root = join(folder, "snapshots");
    await mkdir(root);
    const now = at(30);
    const {results} = await run({settings, root}, {venue: openSourceFor(() => now)("venue", settings)}, now);
    expect(results).toMatchObject([{pulled: {outcome: "new", rows: 500}}]);
    expect(tickRows(await readTicks((await read(root)).bytes))).toEqual(tape.slice(0, 500));
  });
});

describe.skipIf(!hasShared("ticks/eurusd_20140501_tick.csv"))("a real day of EURUSD ticks", () => {
  it("makes the very minutes that its publisher states, and those that its source makes of it", async () => {
    const settings = settingsOf(`
sources:
  venue: {kind: csv, folder: "${sharedPath("ticks")}", zone: UTC, files: "{symbol}_20140501_tick.csv", header: false, columns: [timeOfDayMs, bid, ask], date: "_(\\\\d{8})_"}
instruments:
  - {id: MT5:EURUSD, name: Euro, source: venue, symbol: eurusd, assetClass: fx, currency: USD, tickSize: 0.00001, calendar: fx, timeframes: {1m: all}, ticks: all}
`);
    const root = await newRoot();
    const now = parseIso("2026-11-19T12:00:00Z");
    const {results} = await run({settings, root}, {venue: openSourceFor(() => now)("venue", settings)}, now);
    expect(results.map(({id: name, error}) => [name, error])).toEqual([
      ["bars/MT5-EURUSD/1m", undefined],
      [id, undefined]
    ]);
    const store = openStore(root);
    const {bytes, dataset} = await store.read(id);
    expect(dataset).toMatchObject({rows: 24_179, duplicatesDropped: 0, gaps: [], restatements: []});
    const {time, bid} = await readTicks(bytes);
    const bars = ticksToBars({time, price: bid}, "1m", calendars.fx, {asOf: now});
    expect(toBars(bars)).toEqual(toBars(await readBars((await store.read("bars/MT5-EURUSD/1m")).bytes)));
    const midnight = parseIso("2014-05-01T00:00:00Z");
    const stated = readSharedRows("ticks/eurusd_20140501_minute.csv").map((row) => row.slice(0, 5).map(Number));
    expect(toBars(bars).map(({time: t, open, high, low, close}) => [t - midnight, open, high, low, close])).toEqual(
      stated
    );
    expect(bars.length * MINUTE_MS).toBeLessThan(DAY_MS);
  });
});
