import {createBarRows} from "../bar-rows.js";
import type {SourcedBars} from "../bar-source.js";
import type {ServerClock} from "../mt5/clock.js";
import type {CsvSettings} from "../settings/source-settings.js";
import {createTickRows} from "../tick-rows.js";
import type {SourcedTicks} from "../tick-source.js";
import {readCsv} from "./csv-rows.js";
import type {TextFile} from "./find-files.js";

/**
 * Bars from a third party's file; volume is 0 where the file has no such column.
 *
 * @throws {SourceError} SOURCE_BAD_DATA naming file, line, field and what stands there
 */
export function parseCsvBars(file: TextFile, settings: CsvSettings, clock: ServerClock): SourcedBars {
  const {rows, columns, time, price} = readCsv(file, settings, clock);
  const hasVolume = columns.has("volume");
  const bars = createBarRows();
  for (const row of rows)
    bars.add(
      {
        time: time(row, bars.lastTime),
        open: price(row, "open"),
        high: price(row, "high"),
        low: price(row, "low"),
        close: price(row, "close"),
        volume: hasVolume ? columns.number(row, "volume") : 0
      },
      `${file.name}:${row.line}`
    );
  const noVolume = hasVolume ? [] : [`${file.name}: no volume column in settings: volume is 0`];
  return {bars: bars.finish(), duplicateTimes: bars.duplicateTimes, warnings: noVolume};
}

/**
 * Ticks from a third party's file: bid and ask, or price, with volume where there is one.
 *
 * @throws {SourceError} SOURCE_BAD_DATA naming file, line, field and what stands there
 */
export function parseCsvTicks(file: TextFile, settings: CsvSettings, clock: ServerClock): SourcedTicks {
  const {rows, columns, time, price} = readCsv(file, settings, clock);
  const ticks = createTickRows();
  for (const row of rows) {
    const optional = (name: "bid" | "ask" | "price") => (columns.has(name) ? price(row, name) : Number.NaN);
    const volume = columns.has("volume") ? columns.number(row, "volume") : 0;
    const prices = {bid: optional("bid"), ask: optional("ask"), last: optional("price")};
    ticks.add({time: time(row, ticks.lastTime - 1), ...prices, volume}, `${file.name}:${row.line}`);
  }
  return {ticks: ticks.finish(), warnings: []};
}
