import {afterEach, describe, expect, it, vi} from "vitest";
import {downloadsOf} from "../../loaders/shared/downloads.js";
import {loadDailyBars, loadFinestBars} from "../../loaders/shared/load-chart-bars.js";
import {loadSessionDigest, loadVarianceDigest} from "../../loaders/shared/load-digests.js";
import {loadInspection} from "../../loaders/shared/load-inspection.js";
import {loadToday} from "../../loaders/shared/load-today.js";
import {loadTripBars} from "../../loaders/shared/load-trip-bars.js";
import type {SessionDigest} from "../../services/analytics/sessions/session-digest.js";
import type {VarianceDigest} from "../../services/analytics/volatility/variance-digest.js";
import type {Inspection} from "../../services/domain/clock-report.js";
import {DAY_MS} from "../../services/domain/time.js";
import type {Today} from "../../services/domain/today.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {readTripBars} from "../../services/snapshots/trip-bars.js";
import {sampleDeals} from "../components/sample-deals.js";
import {sampleBars, tuesday} from "../snapshots/samples.js";
import {createVenue, useJobs} from "./job-kit.js";
import {account, gold, noon, settingsFor, tape} from "./job-settings.js";

const jobs = useJobs();
afterEach(() => vi.unstubAllEnvs());

/** A store pulled from venues in memory: minutes of two instruments, and an account of three round trips. */
async function pulled(daysBack = 5) {
  const settings = settingsFor({more: `${gold}\n${account}`});
  const root = await jobs.newRoot();
  vi.stubEnv("TAPEBOOK_DATA_DIR", root);
  const reports = createVenue(tape);
  const first = sampleDeals(3)[0]!.time;
  reports.deals = sampleDeals(3).map((deal) => ({...deal, time: deal.time - first + noon - daysBack * 86_400_000}));
  const sources = {venue: createVenue(tape).opened, other: createVenue(tape).opened, reports: reports.opened};
  await jobs.run({settings, root}, sources, noon);
  return settings;
}

const buffer = (content: Uint8Array | string) => (content as Uint8Array).slice().buffer as ArrayBuffer;

describe("bars for a chart", () => {
  it("are the finest that are kept, just as they are", async () => {
    const settings = await pulled();
    const {content, inputs} = await loadFinestBars("EURUSD", settings);
    expect((await readBars(buffer(content))).length).toBe(1.5 * 1440);
    expect(inputs.some((path) => path.endsWith("bars/MT5-EURUSD/1m.parquet"))).toBe(true);
  });

  it("are whole days where no days are kept: the one that still runs is left out", async () => {
    const settings = await pulled();
    const days = await readBars(buffer((await loadDailyBars("EURUSD", settings)).content));
    expect(days.length).toBe(1);
    expect(days.open[0]).toBe(tape.open[0]);
    expect(days.close[0]).toBe(tape.close[1439]);
  });

  it("are refused for an instrument that settings do not have", async () => {
    await expect(loadFinestBars("DOGE", await pulled())).rejects.toThrow("unknown instrument: DOGE");
  });
});

describe("what the studies need of intraday bars", () => {
  it("is of the sessions that had ended when the source was asked, and of the bars that the store holds", async () => {
    const settings = await pulled(); // asked at noon of the second day
    const [sessions, variances] = [
      await loadSessionDigest("EURUSD", settings),
      await loadVarianceDigest("EURUSD", settings)
    ];
    const held = JSON.parse(sessions.content as string) as SessionDigest;
    const varied = JSON.parse(variances.content as string) as VarianceDigest;
    expect([held.sessions.map(({open}) => open), held.leftOut]).toEqual([[tuesday], 1]);
    const first = tape.volume.slice(0, 1440).reduce((sum, volume) => sum + volume, 0);
    expect(held.volume[0]).toBeCloseTo(first, 9);
    expect([held.hours.length, held.regions.length]).toEqual([24, 3]);
    expect(held.hours[23]!.high).toEqual([Math.max(...tape.high.slice(1380, 1440))]);
    expect(varied.dates).toEqual(held.sessions.map(({date}) => date));
    expect(varied.sampled.map(({minutes}) => minutes)).toEqual([1, 5, 15, 30, 60]);
    expect(varied.sampled[0]!.variances[0]).toBeCloseTo(varied.variance[0]!, 15);
    for (const {inputs} of [sessions, variances])
      expect(inputs.map((path) => path.split("/").at(-1))).toEqual(
        expect.arrayContaining(["1m.parquet", "catalog.json"])
      );
  });

  it("is nothing where the finest bars are days", async () => {
    const settings = settingsFor({timeframe: "1d", days: "3"});
    const root = await jobs.newRoot();
    vi.stubEnv("TAPEBOOK_DATA_DIR", root);
    await jobs.run({settings, root}, {venue: createVenue(sampleBars(3, {stepMs: DAY_MS})).opened}, noon + 2 * DAY_MS);
    const {sessions, opening} = JSON.parse(
      (await loadSessionDigest("EURUSD", settings)).content as string
    ) as SessionDigest;
    expect([sessions, opening.map(({ranges}) => ranges)]).toEqual([[], [[], [], []]]);
    const {dates, sampled} = JSON.parse(
      (await loadVarianceDigest("EURUSD", settings)).content as string
    ) as VarianceDigest;
    expect([dates, sampled]).toEqual([[], []]);
  });
});

describe("bars around round trips", () => {
  it("are those of the trips that bars cover, in the timeframe that shows them, and no others", async () => {
    const settings = await pulled(3); // the second of three trips lasts from Tuesday noon to one; the others lie outside
    const {content, inputs} = await loadTripBars("alpha", settings);
    const parts = await readTripBars(buffer(content));
    expect(parts.map(({instrument, timeframe, bars}) => [instrument, timeframe, bars.length])).toEqual([
      ["MT5:EURUSD", "1m", 40 + 61 + 24]
    ]);
    const {bars} = parts[0]!;
    expect([bars.time[0], bars.time.at(-1)]).toEqual([tape.time[720 - 40], tape.time[780 + 24]]);
    expect(bars.close[40]).toBe(tape.close[720]);
    for (const name of ["deals/alpha", "bars/MT5-EURUSD/1m"])
      expect(inputs.some((path) => path.endsWith(`${name}.parquet`))).toBe(true);
  });

  it("are none where no trip is covered", async () => {
    expect(await readTripBars(buffer((await loadTripBars("alpha", await pulled())).content))).toEqual([]);
  });
});

describe("what the Data page shows beside the catalogue", () => {
  it("holds every source's clock against its data, and names the files by the loaders that hand them out", async () => {
    const {content} = await loadInspection(await pulled());
    const {clocks, downloads} = JSON.parse(content as string) as Inspection;
    expect(clocks.map(({source, rule}) => [source, rule])).toEqual([
      ["other", "UTC"],
      ["reports", "UTC"],
      ["venue", "UTC"]
    ]);
    expect(clocks.flatMap(({evidence}) => evidence.map(({dataset, fault}) => [dataset, fault]))).toEqual([
      ["bars/MT5-XAUUSD/1m", undefined],
      ["deals/alpha", undefined],
      ["bars/MT5-EURUSD/1m", undefined]
    ]);
    expect(downloads).toEqual([
      {dataset: "bars/MT5-EURUSD/1m", path: "bars/EURUSD/base.parquet"},
      {dataset: "bars/MT5-XAUUSD/1m", path: "bars/XAUUSD/base.parquet"},
      {dataset: "deals/alpha", path: "deals/alpha.parquet"},
      {dataset: "positions/alpha", path: "positions/alpha.parquet"}
    ]);
  });

  it("offers no file of which an audience may see a part only", async () => {
    const settings = await pulled();
    const audience = {name: "reader", pages: ["**"], leaveOut: ["deals.price"], instruments: []};
    const families = downloadsOf({...settings, audience}).map(({path}) => path.split("/")[0]);
    expect(families).toEqual(["bars", "bars", "positions"]);
  });
});

describe("today", () => {
  it("says where every instrument and account stands", async () => {
    const {content, inputs} = await loadToday(await pulled());
    const {instruments, accounts} = JSON.parse(content as string) as Today;
    expect(instruments.map(({instrument, sessions}) => [instrument, sessions.length])).toEqual([
      ["MT5:EURUSD", 1],
      ["MT5:XAUUSD", 1]
    ]);
    expect(accounts[0]).toMatchObject({account: "alpha", deals: 7, openPositions: 0, balance: {minor: 1_014_200}});
    expect(accounts[0]!.days.map(({n, wins, net}) => [n, wins, net.minor])).toEqual([
      [1, 1, 12_000],
      [1, 0, -10_000],
      [1, 1, 12_200]
    ]);
    expect(accounts[0]!.ledger.reduce((sum, {change}) => sum + change.minor, 0)).toBe(1_014_200);
    expect(accounts[0]!.positions).toEqual([]);
    expect(accounts[0]!.standing).toMatchObject({day: {n: 1, net: {minor: 12_200}}, problems: 0, mismatches: 0});
    expect(accounts[0]!.standing!.stated).toBeUndefined();
    expect(inputs.length).toBe(1 + 2 + 2);
  });
});
