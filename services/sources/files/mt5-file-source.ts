import type {TradingCalendar} from "../../domain/calendar.js";
import type {InstrumentId} from "../../domain/instrument.js";
import {timeframeMs} from "../../domain/timeframe.js";
import type {AccountSource} from "../account-source.js";
import type {BarSource} from "../bar-source.js";
import {checkSpacing} from "../check-spacing.js";
import {barsBetween, mergeBars} from "../merge-bars.js";
import {createClock} from "../mt5/clock.js";
import {checkClock} from "../mt5/clock-check.js";
import {checkDealClock} from "../mt5/deal-clock.js";
import {mt5FileTimeframes} from "../mt5/timeframes.js";
import type {FileSettings} from "../settings/source-settings.js";
import type {TickSource} from "../tick-source.js";
import {fillPattern, findFiles, readTextFile, type TextFile} from "./find-files.js";
import {mergeReports} from "./merge-reports.js";
import {parseMt5Bars} from "./mt5-bars.js";
import {parseMt5Ticks} from "./mt5-ticks.js";
import {parseReport} from "./parse-report.js";
import type {Report} from "./report.js";
import {ticksBetween} from "./ticks-between.js";

/** Where a terminal's exports lie, and what turns their symbols, clock and money into ours. */
export interface Mt5FileSourceOptions {
  readonly folder: string;
  readonly settings: FileSettings;
  /** The account's currency, for reports. */
  readonly currency: string;
  toInstrument(symbol: string): InstrumentId;
  /** The calendar of an instrument, against which the clock is checked; none where settings do not know it. */
  calendarOf(instrument: InstrumentId): TradingCalendar | undefined;
}

/** A folder of what a MetaTrader terminal exported: bars, ticks and reports. */
export interface Mt5FileSource extends BarSource, TickSource, AccountSource {
  /** The reports of the account, with what they state of themselves. */
  reports(signal?: AbortSignal): Promise<Report[]>;
}

/** Opens such a folder; files are read when asked for. */
export function createMt5FileSource(options: Mt5FileSourceOptions): Mt5FileSource {
  const {folder, settings} = options;
  const clock = createClock(settings.clock);
  const reports = async () => {
    const files = await readFiles(folder, [settings.reports]);
    return files.map((file) =>
      parseReport(file, {clock, currency: options.currency, toInstrument: options.toInstrument})
    );
  };
  return {
    async bars({instrument, symbol, timeframe, start, end}) {
      const patterns = mt5FileTimeframes(timeframe).map((name) =>
        fillPattern(settings.bars, {symbol, timeframe: name})
      );
      const files = await readFiles(folder, patterns);
      const merged = mergeBars(files.map((file) => ({name: file.name, ...parseMt5Bars(file, clock)})));
      const name = files.map((file) => file.name).join(", ");
      checkSpacing(merged.bars.time, timeframe, name);
      const calendar = options.calendarOf(instrument);
      if (calendar !== undefined)
        checkClock(merged.bars.time, {rule: settings.clock, calendar, name, rowMs: timeframeMs(timeframe)});
      return {...merged, bars: barsBetween(merged.bars, start, end)};
    },
    async ticks({instrument, symbol, start, end}) {
      const files = await readFiles(folder, [fillPattern(settings.ticks, {symbol})]);
      const parts = files.map((file) => ({name: file.name, ...parseMt5Ticks(file, clock)}));
      const found = ticksBetween(parts, start, end);
      const calendar = options.calendarOf(instrument);
      if (calendar !== undefined)
        checkClock(found.ticks.time, {rule: settings.clock, calendar, name: symbol, rowMs: 0});
      return found;
    },
    reports,
    async deals({start, end}) {
      const all = await reports();
      const deals = mergeReports(all);
      checkDealClock(deals, {rule: settings.clock, name: settings.reports, calendarOf: options.calendarOf});
      const within = deals.filter(({time}) => time >= start && time < end);
      return {deals: within, warnings: all.flatMap(({warnings}) => warnings)};
    },
    positions: async () => [],
    state: async () => undefined,
    async stated() {
      const [report, ...others] = await reports(); // figures of several reports, each of its own time, do not add up
      return others.length === 0 ? report?.statedFigures : undefined;
    }
  };
}

async function readFiles(folder: string, patterns: readonly string[]): Promise<TextFile[]> {
  const names = await findFiles(folder, patterns);
  const files: TextFile[] = [];
  for (const name of names) files.push(await readTextFile(folder, name));
  return files;
}
