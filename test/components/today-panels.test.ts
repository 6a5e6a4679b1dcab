// @vitest-environment jsdom
import {describe, expect, it} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {accountTiles} from "../../components/panels/account-tiles.js";
import {accountItems} from "../../components/panels/attention-items.js";
import {runChanges, runChangesPanel} from "../../components/panels/run-changes.js";
import {todayWhy} from "../../components/why/today-why.js";
import {toMoney} from "../../services/domain/money.js";
import type {AccountSettings} from "../../services/domain/settings.js";
import {DAY_MS, MINUTE_MS} from "../../services/domain/time.js";
import type {AccountStanding, AccountToday} from "../../services/domain/today.js";
import {open, sampleDataset} from "./sample-dataset.js";
import {values, words} from "./words.js";

const format = createFormats({zone: "UTC", locale: "en-GB"});
const account = {id: "alpha", name: "Alpha", currency: "USD", zone: "Europe/Athens"} as AccountSettings;
const usd = (amount: number) => toMoney(amount, "USD");
const standing: AccountStanding = {
  day: {date: "2019-01-03", n: 2, wins: 1, net: usd(30)},
  stated: {time: open, balance: usd(1_000), equity: usd(940)},
  problems: 0,
  mismatches: 0,
  difference: usd(0)
};
const today: AccountToday = {
  account: "alpha",
  asOf: open,
  deals: 5,
  openPositions: 1,
  balance: usd(1_000),
  floating: usd(-50),
  days: [{date: "2019-01-03", n: 2, wins: 1, net: usd(30)}],
  ledger: [],
  positions: [],
  standing
};

describe("an account today", () => {
  it("tells equity, what is closed and what is open apart, on the account's own day", () => {
    const tiles = accountTiles(today, account, format);
    const text = words(tiles);
    expect(text).toContain("Equity 940.00 USD as the broker stated it 2 Jan 2019, 03:45 UTC");
    expect(text).toContain(
      "Closed on 3 Jan 2019 +30.00 USD 1 of 2 won n = 2 round trips; the day ends in Europe/Athens"
    );
    expect(text).toContain("Open profit −50.00 USD n = 1 position, as the broker states it; not in what is closed");
    expect(values(tiles).slice(0, 3)).toEqual(["940", "30", "-50"]);
  });

  it("says what is unknown where the source holds history only", () => {
    const {stated: _stated, difference: _difference, ...bare} = standing;
    const {floating: _floating, ...rest} = today;
    const text = words(accountTiles({...rest, openPositions: 0, standing: bare}, account, format));
    expect(text).toContain("Equity – the source holds history only the broker states none");
    expect(text).toContain("Open profit – the source holds history only open positions are not stated");
  });

  it("closes nothing as nothing, and does not take it for unknown", () => {
    const quiet = {...standing, day: {date: "2019-01-04", n: 0, wins: 0, net: usd(0)}};
    expect(words(accountTiles({...today, standing: quiet}, account, format))).toContain(
      "Closed on 4 Jan 2019 0.00 USD n = 0 round trips"
    );
  });

  it("says what equity and the day stand on, with rows that come to them", () => {
    const context = {today, account, deals: sampleDataset(), positions: sampleDataset(), format};
    for (const [name, value] of [
      ["equity", 940],
      ["day-result", 30]
    ] as const) {
      const why = todayWhy(name, context);
      expect([why.value, why.recompute!.of(why.rows!.rows)]).toEqual([value, value]);
    }
  });
});

describe("what needs attention in accounts", () => {
  const items = (changes: Partial<AccountStanding>) =>
    accountItems([{...today, standing: {...standing, ...changes}}], {accounts: [account], format});

  it("is nothing where all adds up, or where nothing is known of it", () => {
    expect(items({})).toEqual([]);
    const {standing: _standing, ...bare} = today;
    expect(accountItems([bare], {accounts: [account], format})).toEqual([]);
  });

  it("is each thing that does not, with the page that shows it", () => {
    const found = items({problems: 2, problem: "deal 7: ticket occurs twice", difference: usd(-12), mismatches: 1});
    expect(found.map(({text}) => text)).toEqual([
      "2 deals cannot be matched, the first: deal 7: ticket occurs twice",
      "deals come to −12.00\u00a0USD against the balance that the broker states",
      "what is open by the deals is not what the broker holds open"
    ]);
    expect(new Set(found.map(({subject, href}) => `${subject} ${href}`))).toEqual(
      new Set(["Alpha ./trades/alpha#whether-it-adds-up"])
    );
  });
});

describe("what the last run changed", () => {
  const at = (id: string, takenTime: number) =>
    sampleDataset({
      id,
      takenTime,
      restatements: [{time: open, field: "close", was: 1, is: 2, seenAt: takenTime}]
    });
  const run = open + 10 * DAY_MS;
  const catalog = {
    version: 1 as const,
    datasets: [at("bars/A/1m", run), at("bars/B/1m", run - 3 * MINUTE_MS), at("bars/C/1m", run - DAY_MS)]
  };

  it("is what was taken within the run, and not what an earlier one took", () => {
    const {since, changed, unchanged} = runChanges(catalog);
    expect(since).toBe(run - 3 * MINUTE_MS);
    expect([changed, unchanged].map((sets) => sets.map(({id}) => id))).toEqual([
      ["bars/A/1m", "bars/B/1m"],
      ["bars/C/1m"]
    ]);
  });

  it("says so in a sentence, with what the catalogue cannot tell", () => {
    const text = words(runChangesPanel(catalog, format));
    expect(text).toContain("2 data sets changed in the run of 12 Jan 2019, 03:42 UTC, 1 did not; 2 values restated.");
    expect(text).toContain("not how many rows a run added");
    expect(words(runChangesPanel({version: 1, datasets: []}, format))).toContain("Nothing was taken yet.");
  });
});
