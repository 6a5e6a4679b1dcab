// @vitest-environment jsdom
import {describe, expect, it} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {catalogTiles} from "../../components/panels/catalog-tiles.js";
import {coverageDays} from "../../components/panels/coverage-days.js";
import {catalogWhy, coverageWhy} from "../../components/why/catalog-why.js";
import type {Catalog} from "../../services/domain/dataset.js";
import {DAY_MS, MINUTE_MS} from "../../services/domain/time.js";
import {expectSame} from "../support/same-figure.js";
import {nse, open, sampleDataset} from "./sample-dataset.js";

const format = createFormats({zone: "UTC", locale: "en-GB"});
const restated = {time: open, was: 1, is: 2, seenAt: open + DAY_MS};
const holed = sampleDataset({
  id: "bars/NSE-INFY/5m",
  lastTime: open + 6 * DAY_MS,
  coverage: [
    {date: "2019-01-02", found: 70, expected: 75},
    {date: "2019-01-03", found: 75, expected: 75},
    {date: "2019-01-08", found: 75, expected: 75}
  ],
  gaps: [{start: open, end: open + 25 * MINUTE_MS, missing: 5}],
  restatements: [
    {...restated, field: "close"},
    {...restated, field: "high"}
  ],
  duplicatesDropped: 3
});
const deals = sampleDataset({id: "deals/alpha", kind: "deals", coverage: [], rows: 12});
const catalog: Catalog = {version: 1, datasets: [sampleDataset(), holed, deals]};

describe("rows behind a figure of the Data page give it again", () => {
  const figures = ["rows", "bytes", "covered", "gaps", "restated", "duplicates"];
  it.each(figures)("the catalogue: %s", (name) => {
    const why = catalogWhy(name, {catalog, format});
    expectSame(name, why);
    expect(why.datasets).toEqual(catalog.datasets);
    const tile = catalogTiles(catalog, format).querySelector(`[data-figure=${name}] data`);
    expect(Number(tile?.getAttribute("value"))).toBe(why.value);
  });

  it("a row that was restated twice counts once", () => {
    expect(catalogWhy("restated", {catalog, format}).value).toBe(1);
  });

  it("incomplete sessions, of all data sets that count them and of one in a year", () => {
    const all = catalogWhy("short-sessions", {catalog, format});
    expectSame("short-sessions", all);
    expect([all.value, all.rows.rows.length, all.datasets.length]).toEqual([1, 4, 2]);
    const year = coverageWhy("incomplete-sessions", {
      dataset: holed,
      days: coverageDays(holed, nse, 2019),
      year: 2019,
      format
    });
    expectSame("incomplete-sessions", year);
    expect([year.value, year.rows.rows.length]).toEqual([2, 4]); // 7 January is not counted at all
  });

  it("a share of nothing says why there is none", () => {
    const {value, reason} = catalogWhy("covered", {catalog: {version: 1, datasets: [deals]}, format});
    expect([value, reason]).toEqual([undefined, "no intraday bars are kept"]);
    expect(() => catalogWhy("toString", {catalog, format})).toThrow("unknown figure: toString");
  });
});
