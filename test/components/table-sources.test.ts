import {expect, it} from "vitest";
import {tableSources} from "../../components/sql/table-sources.js";
import type {SiteSettings} from "../../services/domain/settings.js";
import {sampleDataset} from "../snapshots/samples.js";

it("each table's data sets are those that it is made of, and no data set is left out", () => {
  const bars = (instrument: "MT5:A" | "MT5:B", timeframe: "1m" | "1h" | "1d") =>
    sampleDataset({id: `bars/${instrument}/${timeframe}`, instrument, timeframe});
  const {instrument: _, timeframe: _of, ...account} = sampleDataset({account: "alpha"});
  const datasets = [
    bars("MT5:A", "1m"),
    bars("MT5:A", "1h"),
    bars("MT5:A", "1d"),
    bars("MT5:B", "1h"),
    sampleDataset({id: "ticks/MT5-A", kind: "ticks"}),
    {...account, id: "deals/alpha", kind: "deals" as const},
    {...account, id: "positions/alpha", kind: "positions" as const}
  ];
  const settings = {
    instruments: [
      {id: "MT5:A", timeframes: ["1m", "1h", "1d"]},
      {id: "MT5:B", timeframes: ["1h"]}
    ]
  } as unknown as SiteSettings;
  const sources = tableSources({version: 1, datasets}, settings);
  const ids = Object.fromEntries(Object.entries(sources).map(([name, all]) => [name, all.map(({id}) => id)]));
  expect(ids).toEqual({
    daily: ["bars/MT5:A/1d", "bars/MT5:B/1h"],
    bars: ["bars/MT5:A/1m", "bars/MT5:B/1h"],
    coarser: ["bars/MT5:A/1h"],
    ticks: ["ticks/MT5-A"],
    deals: ["deals/alpha"],
    positions: ["positions/alpha"]
  });
  expect(new Set(Object.values(sources).flat())).toEqual(new Set(datasets));
});
