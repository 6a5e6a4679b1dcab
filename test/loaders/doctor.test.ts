import {describe, expect, it} from "vitest";
import {barsBehind} from "../../loaders/shared/doctor/bars-behind.js";
import {checkAccounts} from "../../loaders/shared/doctor/check-accounts.js";
import {checkQuality, checkSnapshots} from "../../loaders/shared/doctor/check-snapshots.js";
import {checkSources} from "../../loaders/shared/doctor/check-sources.js";
import {exitCodeOf, formatFindings, summaryOf} from "../../loaders/shared/doctor/finding.js";
import type {OpenedSource} from "../../loaders/shared/pull.js";
import {SourceError} from "../../services/domain/source-error.js";
import {DAY_MS, HOUR_MS, MINUTE_MS, parseIso} from "../../services/domain/time.js";
import {openStore} from "../../services/snapshots/store.js";
import {writeWhole} from "../../services/snapshots/store-files.js";
import {toDatabaseError} from "../../services/sources/postgres/database.js";
import {sampleBars, sampleDataset, sampleDeals, tuesday, usd} from "../snapshots/samples.js";
import {createVenue, settingsOf, useJobs} from "./job-kit.js";
import {account, eurusd, gold, noon, settingsFor, tape} from "./job-settings.js";

const {newRoot, run} = useJobs();

describe("sources", () => {
  const check = (opened: OpenedSource | Error, now = noon) =>
    checkSources(settingsFor(), {
      now: () => now,
      elapsed: () => 0,
      open: () => {
        if (opened instanceof Error) throw opened;
        return opened;
      }
    });

  it("that answer are well, and one that nothing is taken from is named", async () => {
    const venue = createVenue(tape);
    expect(await check(venue.opened)).toEqual([
      {area: "sources", severity: "ok", what: "venue (memory) answers in 0.0 s"},
      {area: "sources", severity: "note", what: "other is in settings, and nothing is taken from it"},
      {area: "sources", severity: "note", what: "reports is in settings, and nothing is taken from it"}
    ]);
    expect(venue.closed).toBe(1);
  });

  it("are asked for every instrument: the second one's misspelt symbol is told", async () => {
    const second = gold.replace("source: other", "source: venue, symbol: XAUSUD");
    const venue = createVenue(tape);
    const answer = venue.opened.bars!.bars;
    venue.opened.bars!.bars = async (request) => {
      if (request.symbol === "XAUSUD") throw new SourceError("SOURCE_REFUSED", "venue: no symbol XAUSUD");
      return answer(request);
    };
    const opened = {now: () => noon, elapsed: () => 0, open: () => venue.opened};
    expect((await checkSources(settingsFor({more: second}), opened))[0]).toEqual({
      area: "sources",
      severity: "error",
      what: "venue: SOURCE_REFUSED: venue: no symbol XAUSUD",
      remedy: "see that the symbols and timeframes in settings are those it has"
    });
  });

  it.each([
    [
      "a missing table",
      {code: "42P01", message: 'relation "bars" does not exist'},
      "run `npm run tapebook -- migrate`"
    ],
    ["a refused password", {code: "28P01", message: "password authentication failed"}, "its url in settings names"]
  ])("a database with %s is told by its own remedy alone", async (_, fault, remedy) => {
    const venue = createVenue(tape);
    venue.failure = toDatabaseError(fault, "store");
    const [finding] = await check(venue.opened);
    expect(finding).toMatchObject({severity: "error", what: expect.stringContaining(remedy)});
    expect(finding).not.toHaveProperty("remedy");
  });

  it("a refused token is an error with its remedy", async () => {
    const venue = createVenue(tape);
    venue.failure = new SourceError("SOURCE_UNAUTHORIZED", "kite: the access token is no longer good");
    expect((await check(venue.opened))[0]).toEqual({
      area: "sources",
      severity: "error",
      what: "venue: SOURCE_UNAUTHORIZED: kite: the access token is no longer good",
      remedy: "renew the token or login that settings name for it"
    });
  });

  it("bars in the future are a wrong clock", async () => {
    const venue = createVenue(tape);
    venue.opened.bars!.bars = async () => ({bars: tape, duplicateTimes: [], warnings: []});
    const aheadMs = tape.time.at(-1)! - noon;
    expect((await check(venue.opened))[0]).toMatchObject({
      severity: "error",
      what: `venue: the last bar of EURUSD lies ${Math.round(aheadMs / MINUTE_MS).toLocaleString("en-US")} minutes in the future`
    });
  });

  it("no bars at all are a warning about the symbol", async () => {
    expect((await check(createVenue(sampleBars(0)).opened))[0]).toMatchObject({
      severity: "warning",
      what: "venue has no 1m bars of EURUSD since 2023-12-29"
    });
  });
});

describe("snapshots", () => {
  const settings = settingsFor();

  it("that are whole and fresh are well; what is missing, stale or spare is told", async () => {
    const root = await newRoot();
    expect((await checkSnapshots(root, settings, noon)).findings).toEqual([
      {area: "snapshots", severity: "error", what: `not yet taken: ${eurusd}`, remedy: "run: npm run snapshot"}
    ]);
    await run({settings, root}, {venue: createVenue(tape).opened}, noon);
    expect((await checkSnapshots(root, settings, noon)).findings).toEqual([
      {
        area: "snapshots",
        severity: "ok",
        what: "1 data sets, 2,160 rows, each just as it was written; last looked 2024-01-03T12:00Z"
      }
    ]);
    expect((await checkSnapshots(root, settings, noon + 2 * DAY_MS)).findings).toMatchObject([
      {severity: "warning", what: `more than a session behind the clock: ${eurusd} by 2,880 bars`}
    ]);
    expect((await checkSnapshots(root, settingsFor({timeframe: "5m"}), noon)).findings).toMatchObject([
      {severity: "error", what: "not yet taken: bars/MT5-EURUSD/5m"},
      {severity: "note", what: `kept, though settings no longer ask for it: ${eurusd}`}
    ]);
  });

  it("that are damaged are errors, and looking changes nothing", async () => {
    const root = await newRoot();
    await run({settings, root}, {venue: createVenue(tape).opened}, noon);
    await writeWhole(`${root}/${eurusd}.parquet`, "PAR1 not");
    await writeWhole(`${root}/catalog.json`, "{");
    const {findings, datasets} = await checkSnapshots(root, settings, noon);
    expect(findings.map(({severity, what}) => [severity, what.replace(root, "")])).toEqual([
      ["error", expect.stringMatching(/^\/SNAPSHOT_DAMAGED: catalog\.json: not JSON/)],
      ["error", `${eurusd}: damaged: not a whole Parquet file: 8 bytes`]
    ]);
    expect(datasets).toEqual([]);
    await expect(openStore(root).catalog()).rejects.toMatchObject({code: "SNAPSHOT_DAMAGED"});
  });

  it("gaps, restatements and odd rows are told with their size", () => {
    const dataset = sampleDataset({
      gaps: [
        {start: tuesday, end: tuesday + HOUR_MS, missing: 60},
        {start: tuesday + DAY_MS, end: tuesday + DAY_MS + MINUTE_MS, missing: 1}
      ],
      restatements: [{time: tuesday, field: "close", was: 1, is: 2, seenAt: noon}],
      offSession: {preOpen: 1, postClose: 2, closedDay: 3},
      duplicatesDropped: 4,
      warnings: ["2024-01-02T00:00:00.000Z: a wick of 99 usual moves", "source: it said so"]
    });
    expect(
      checkQuality([dataset]).map(({severity, what}) => `${severity} ${what.replace("bars/MT5-EURUSD/1m: ", "")}`)
    ).toEqual([
      "warning 61 bars missing in 2 gaps, the longest 60 from 2024-01-02T00:00:00.000Z",
      "note 1 rows before the open and 2 after the close are kept apart",
      "warning 3 rows on days without a session: a special session that calendars.yaml lacks?",
      "note the source gave 4 rows twice; each is kept once",
      "warning the source restated 1 values; what was shown first stands",
      "warning 2024-01-02T00:00:00.000Z: a wick of 99 usual moves",
      "note source: it said so"
    ]);
    for (const {severity, remedy} of checkQuality([dataset])) expect(remedy !== undefined).toBe(severity === "warning");
    expect(checkQuality([sampleDataset()])).toEqual([
      {area: "gaps", severity: "ok", what: "none against the calendars"}
    ]);
  });
});

describe("bars behind the clock", () => {
  const settings = settingsOf(`
sources: {kite: {kind: kite, apiKey: {env: K}, accessToken: {env: T}}}
instruments: [{id: NSE:INFY, name: Infosys, source: kite, assetClass: equity, currency: INR, tickSize: 0.05, calendar: nse, timeframes: {1m: 60, 1d: 730}}]
`);
  const behind = (timeframe: "1m" | "1d", last: string, now: string) =>
    barsBehind(sampleDataset({instrument: "NSE:INFY", timeframe, lastTime: parseIso(last)}), settings, parseIso(now));

  it.each([
    ["the day's last minute, on the weekend after", "1m", "2024-01-05T09:59Z", "2024-01-07T12:00Z", 0],
    ["the day's last minute, on Monday noon", "1m", "2024-01-05T09:59Z", "2024-01-08T06:45Z", 0],
    ["Thursday's last minute, on Monday noon", "1m", "2024-01-04T09:59Z", "2024-01-08T06:45Z", 375 + 180],
    ["Thursday's day, on Friday evening", "1d", "2024-01-03T18:30Z", "2024-01-05T12:00Z", 0],
    ["Wednesday's day, on the weekend", "1d", "2024-01-02T18:30Z", "2024-01-07T12:00Z", 2]
  ] as const)("%s", (_, timeframe, last, now, bars) => {
    expect(behind(timeframe, last, now)).toBe(bars);
  });
});

describe("accounts", () => {
  it("whose deals add up to the broker's balance are well, and others are told by how much", async () => {
    const root = await newRoot();
    const venue = createVenue(tape);
    const sources = {venue: venue.opened, reports: venue.opened};
    venue.deals = [...sampleDeals];
    venue.state = {time: noon, currency: "USD", balance: usd(10_009.63), equity: usd(10_009.63)};
    await run({settings: settingsFor({more: account}), root}, sources, noon);
    const look = async () => checkAccounts(root, (await openStore(root).catalog()).datasets);
    expect(await look()).toEqual([
      {area: "accounts", severity: "ok", what: "alpha: 3 deals add up to the balance its broker states"}
    ]);
    venue.state = {...venue.state, balance: usd(9_000)};
    await run({settings: settingsFor({more: account}), root}, sources, noon);
    expect(await look()).toMatchObject([
      {
        severity: "warning",
        what: "alpha: its deals add up to 10,009.63 USD, its broker states a balance of 9,000.00 USD"
      }
    ]);
  });
});

describe("findings", () => {
  const finding = (severity: "ok" | "note" | "warning" | "error", remedy?: string) => ({
    area: "gaps",
    severity,
    what: "x",
    ...(remedy ? {remedy} : {})
  });

  it("make the exit code of the worst of them", () => {
    expect(exitCodeOf([finding("ok"), finding("note")])).toBe(0);
    expect(exitCodeOf([finding("ok"), finding("warning")])).toBe(1);
    expect(exitCodeOf([finding("error"), finding("warning")])).toBe(2);
    expect(summaryOf([finding("error"), finding("warning"), finding("warning")])).toBe("1 error, 2 warnings");
    expect(summaryOf([finding("note")])).toBe("nothing is wrong");
  });

  it("are told area by area, with the remedy below", () => {
    expect(formatFindings([finding("error", "mend it"), finding("ok")])).toEqual([
      "gaps  ERROR    x",
      "               do: mend it",
      "      ok       x"
    ]);
  });
});
