import {sliceBars} from "../../domain/bar.js";
import type {TradingCalendar} from "../../domain/calendar.js";
import type {InstrumentId} from "../../domain/instrument.js";
import {SourceError} from "../../domain/source-error.js";
import type {TickSeries} from "../../domain/tick-series.js";
import type {Timeframe} from "../../domain/timeframe.js";
import type {BarRequest, BarSource, SourcedBars} from "../bar-source.js";
import {checkSpacing} from "../check-spacing.js";
import type {SourceEffects} from "../effects.js";
import {barsBetween, mergeBars} from "../merge-bars.js";
import {createClock} from "../mt5/clock.js";
import {holdsBars} from "../settings/holds-bars.js";
import type {CsvSettings} from "../settings/source-settings.js";
import type {TickRequest, TickSource} from "../tick-source.js";
import {parseCsvBars, parseCsvTicks} from "./csv-bars.js";
import {fillPattern, findFiles, readTextFile, type TextFile} from "./find-files.js";
import {ticksBetween} from "./ticks-between.js";

/** Where the files lie, and how settings say they are laid out. */
export interface CsvSourceOptions {
  readonly folder: string;
  readonly settings: CsvSettings;
  /** Sessions for bars made of ticks. */
  calendarOf(instrument: InstrumentId): TradingCalendar | undefined;
}

/** A folder of candles or ticks as a third party writes them, laid out by settings; read when asked for. */
export function createCsvSource(
  {folder, settings, calendarOf}: CsvSourceOptions,
  {ticksToBars, now}: Pick<SourceEffects, "ticksToBars" | "now">
): BarSource & TickSource {
  const clock = createClock(settings.clock);
  const read = async (symbol: string, timeframe: string): Promise<TextFile[]> => {
    const names = await findFiles(folder, [fillPattern(settings.files, {symbol, timeframe})]);
    const files: TextFile[] = [];
    for (const name of names) files.push(await readTextFile(folder, name));
    return files;
  };
  const ticks = async ({symbol, start, end}: Omit<TickRequest, "instrument">, timeframe: string) => {
    if (holdsBars(settings)) throw new SourceError("SOURCE_REFUSED", `${settings.files} holds bars, not ticks`);
    const files = await read(symbol, timeframe);
    return ticksBetween(
      files.map((file) => ({name: file.name, ...parseCsvTicks(file, settings, clock)})),
      start,
      end
    );
  };
  const barsOfTicks = async (request: BarRequest): Promise<SourcedBars> => {
    const calendar = calendarOf(request.instrument);
    if (ticksToBars === undefined || calendar === undefined)
      throw new SourceError("SOURCE_REFUSED", `${settings.files} holds ticks: make bars of them`);
    const {ticks: found, warnings} = await ticks(request, request.timeframe);
    const bars = ticksToBars(toPrices(found), request.timeframe, calendar, {asOf: now()});
    const length = bars.lastIsPartial ? bars.length - 1 : bars.length;
    return {bars: sliceBars(bars, 0, length), duplicateTimes: [], warnings};
  };
  return {
    ticks: (request) => ticks(request, ""),
    async bars(request) {
      checkStated(settings, request.timeframe);
      if (!holdsBars(settings)) return barsOfTicks(request);
      const files = await read(request.symbol, request.timeframe);
      const merged = mergeBars(files.map((file) => ({name: file.name, ...parseCsvBars(file, settings, clock)})));
      checkSpacing(merged.bars.time, request.timeframe, files.map(({name}) => name).join(", "));
      return {...merged, bars: barsBetween(merged.bars, request.start, request.end)};
    }
  };
}

function checkStated({timeframe, files}: CsvSettings, asked: Timeframe): void {
  if (timeframe !== undefined && timeframe !== asked)
    throw new SourceError("SOURCE_REFUSED", `${files} holds bars of ${timeframe}: asked for ${asked}`);
}

/** What bars of ticks are made from: the bid of quotes, the price of trades with what was dealt. */
function toPrices({time, bid, last, volume}: TickSeries) {
  const isQuoted = bid.some((price) => !Number.isNaN(price));
  const price = isQuoted ? bid : last;
  const rows = Array.from(price.keys()).filter((i) => !Number.isNaN(price[i]!));
  const pick = (column: Float64Array) => Float64Array.from(rows, (i) => column[i]!);
  const prices = {time: pick(time), price: pick(price)};
  return isQuoted || volume.every((each) => each === 0) ? prices : {...prices, volume: pick(volume)};
}
