import {type Bar, type BarSeries, barAt} from "../../services/domain/bar.js";
import {sessionAt, type TradingCalendar} from "../../services/domain/calendar.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import {formatIso} from "../../services/domain/time.js";
import {isIntraday, type Timeframe} from "../../services/domain/timeframe.js";
import type {Formats} from "../format/create-formats.js";
import {formatSessionDate} from "../format/moment.js";
import {type Column, dataTable} from "../parts/data-table.js";
import {figure, moment} from "../parts/figure.js";

/** Whose bars these are: the instrument gives the decimals of prices, timeframe and calendar how a bar is named. */
export interface BarsTableOptions {
  readonly instrument: InstrumentSettings;
  readonly format: Formats;
  /** Without it, no session is named. */
  readonly calendar?: TradingCalendar;
  readonly timeframe?: Timeframe; // 1m
  readonly caption?: string; // Bars
}

/**
 * Bars as a table, latest first, prices to the tick: within a day by their times in the display zone, with rows outside
 * a session named; from a day up by the date of their session.
 */
export function barsTable(
  bars: BarSeries,
  {instrument, format, calendar, timeframe = "1m", caption = "Bars"}: BarsTableOptions
) {
  const rows = Array.from({length: bars.length}, (_, i) => barAt(bars, bars.length - 1 - i));
  const price = (label: string, of: (bar: Bar) => number): Column<Bar> => ({
    label,
    unit: instrument.currency,
    kind: "number",
    value: of,
    node: (bar) => figure(of(bar), format.price(of(bar), instrument.tickSize))
  });
  const date = ({time}: Bar) => calendar && sessionAt(calendar, time)?.date;
  const session: Column<Bar> = {
    label: "Session",
    value: (bar) => date(bar) ?? "outside",
    text: (bar) => (date(bar) === undefined ? "outside" : formatSessionDate(date(bar), format))
  };
  const opened: Column<Bar> = {
    label: "Opened",
    unit: format.zone,
    value: ({time}) => formatIso(time),
    node: ({time}) => moment(time, format.moment(time))
  };
  return dataTable(
    rows,
    [
      isIntraday(timeframe) || calendar === undefined ? opened : session,
      price("Open", ({open}) => open),
      price("High", ({high}) => high),
      price("Low", ({low}) => low),
      price("Close", ({close}) => close),
      {label: "Volume", kind: "number", value: ({volume}) => volume, text: ({volume}) => format.count(volume)},
      ...(isIntraday(timeframe) && calendar !== undefined ? [session] : [])
    ],
    {caption}
  );
}
