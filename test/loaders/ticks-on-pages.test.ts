// @vitest-environment jsdom
import {expect, it} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {catalogTable, gapTable} from "../../components/panels/catalog-table.js";
import {catalogTiles} from "../../components/panels/catalog-tiles.js";
import {coverageChart} from "../../components/panels/coverage-chart.js";
import {datasetFacts, factList} from "../../components/parts/evidence.js";
import {MINUTE_MS} from "../../services/domain/time.js";
import {assessTicks} from "../../services/snapshots/tick-quality.js";
import {calendars} from "../snapshots/calendars.js";
import {sampleDataset, tuesday} from "../snapshots/samples.js";
import {sampleTicks, tickRows, tickSeries} from "../snapshots/tick-samples.js";

it("a data set of ticks is shown by every part of the Data page, its silence and its doubles too", () => {
  const silent = (time: number) => time >= tuesday + 35 * MINUTE_MS && time < tuesday + 45 * MINUTE_MS;
  const ticks = tickSeries(tickRows(sampleTicks(20_000)).filter(({time}) => !silent(time)));
  const quality = assessTicks(ticks, calendars.crypto);
  const {timeframe: _, ...rest} = sampleDataset({id: "ticks/MT5-EURUSD", kind: "ticks", rows: ticks.length});
  const dataset = {...rest, ...quality, duplicatesDropped: 41};
  const catalog = {version: 1, datasets: [dataset]} as const;
  const format = createFormats({zone: "UTC", locale: "en-GB"});
  const words = catalogTable(catalog, format).textContent ?? "";
  expect(words).toContain("ticks/MT5-EURUSD");
  expect(words).toContain("41");
  expect(gapTable(catalog, format).textContent).toContain("ticks/MT5-EURUSD");
  expect(catalogTiles(catalog, format).textContent).not.toContain("NaN");
  expect(coverageChart(catalog, format).textContent).toContain("1 of 1 session is incomplete");
  expect(factList(datasetFacts(dataset, format)).textContent).toContain("mt5-bridge");
});
