import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {gunzipSync} from "node:zlib";
import {describe, expect, it} from "vitest";
import {disposition} from "../../../services/analytics/behaviour/disposition.js";
import {countEvents, dispositionEvents} from "../../../services/analytics/behaviour/disposition-counts.js";
import type {PriceAt} from "../../../services/analytics/behaviour/price-lookup.js";
import type {TradeDeal} from "../../../services/domain/deal.js";

const root = process.env["TAPEBOOK_SHARED_DATA"] ?? join(import.meta.dirname, "../../../../shared/data");
const folder = join(root, "disposition");
const hasData = existsSync(folder);

const linesOf = (text: string) =>
  text
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(","));
const read = (name: string) => linesOf(readFileSync(join(folder, name), "utf8"));
const timeOf = (text: string) => Date.parse(`${text.replace(" ", "T")}Z`);

/** One investor's transactions as deals of a netting account. */
function dealsOf(rows: readonly string[][]): TradeDeal[] {
  const none = {minor: 0, currency: "EUR"};
  return rows.map(([, type, asset, quantity, price, time], i) => ({
    ticket: `${i + 1}`,
    time: timeOf(time!),
    type: type === "B" ? "buy" : "sell",
    entry: "in",
    instrument: `MIL:${asset}`,
    position: "",
    volumeLots: Number(quantity),
    price: Number(price),
    profit: none,
    commission: none,
    swap: none,
    fee: none
  }));
}

describe.skipIf(!hasData)("five real investors (skipped: no ../shared/data/disposition here)", () => {
  const transactions = hasData ? read("transactions.csv") : [];
  const prices = new Map<string, number>();
  if (hasData)
    for (const [asset, time, price] of linesOf(
      gunzipSync(readFileSync(join(folder, "market-prices.csv.gz"))).toString()
    ))
      prices.set(`MIL:${asset} ${timeOf(time!)}`, Number(price));
  const priceAt: PriceAt = (instrument, time) => prices.get(`${instrument} ${time}`);
  const investors = [...new Set(transactions.map(([investor]) => investor!))];
  const ofInvestor = (id: string) => dealsOf(transactions.filter(([investor]) => investor === id));

  it("every count of every asset is that of the reference", () => {
    expect(investors.length).toBe(5);
    const expected = read("expected-by-asset.csv").map((row) => [row[0], row[1], ...row.slice(5).map(Number)]);
    const found = expected.map(([investor, asset]) => {
      const {events} = dispositionEvents(ofInvestor(`${investor}`), {priceAt, countOn: "deal"});
      const own = countEvents(events.filter(({instrument}) => instrument === `MIL:${asset}`));
      return [investor, asset, own.realisedGains, own.realisedLosses, own.paperGains, own.paperLosses];
    });
    expect(found).toEqual(expected);
  });

  it("investor QZ621: 152 gains and 118 losses realised, 574 and 844 on paper", () => {
    const {counts} = disposition(ofInvestor("QZ621"), {priceAt, countOn: "deal"});
    expect(counts).toEqual({realisedGains: 152, realisedLosses: 118, paperGains: 574, paperLosses: 844});
  });

  it("investor QZ621 by Odean's own rule: an effect with its interval and p", () => {
    const finding = disposition(ofInvestor("QZ621"), {priceAt, zone: "Europe/Rome"});
    const {realisedGains: rg, realisedLosses: rl, paperGains: pg, paperLosses: pl} = finding.counts;
    expect(finding.estimate.value).toBeCloseTo(rg / (rg + pg) - rl / (rl + pl), 12);
    expect(finding.estimate).toMatchObject({n: rg + rl + pg + pl, level: 0.95});
    expect(rg + rl).toBeGreaterThan(100);
  });
});
