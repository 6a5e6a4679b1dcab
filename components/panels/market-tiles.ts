import {atr} from "../../services/analytics/indicators/atr.js";
import {median} from "../../services/analytics/statistics/quantile.js";
import {type BarSeries, barAt} from "../../services/domain/bar.js";
import {sessionAt, type TradingCalendar} from "../../services/domain/calendar.js";
import type {Dataset} from "../../services/domain/dataset.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import {dateIn} from "../../services/domain/zone.js";
import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {formatSessionDate} from "../format/moment.js";
import {describeOffSession} from "../parts/evidence.js";
import {html} from "../parts/html.js";
import {statTile, tileRow} from "../parts/stat-tile.js";
import {coverageOf} from "./catalog-table.js";

/** An instrument with its sessions as bars of a day, oldest first, and the data set behind them. */
export interface MarketTilesOptions {
  readonly daily: BarSeries;
  /** The finest data set kept, and its catalogue entry. */
  readonly base: Dataset;
  readonly instrument: InstrumentSettings;
  readonly calendar: TradingCalendar;
  readonly format: Formats;
}

/** Where an instrument stands after its last session, and how much of it is kept. */
export function marketTiles({daily, base, instrument, calendar, format}: MarketTilesOptions): HTMLElement {
  if (daily.length === 0) return html`<div class="tiles">${baseTile(base, format)}</div>`;
  const last = barAt(daily, daily.length - 1);
  const before = daily.length > 1 ? barAt(daily, daily.length - 2) : undefined;
  const nameOf = (time: number) =>
    formatSessionDate(sessionAt(calendar, time)?.date ?? dateIn(calendar.zone, time), format);
  const date = nameOf(last.time);
  const price = (value: number) => format.price(value, instrument.tickSize);
  const ranges = atr(daily, {period: 14});
  const range = ranges[ranges.length - 1];
  const usual = median(daily.volume.subarray(Math.max(0, daily.length - 21), daily.length - 1));
  const hasVolume = daily.volume.some((volume) => volume > 0);
  return tileRow([
    statTile({
      figure: "last-close",
      label: "Last close",
      value: last.close,
      text: price(last.close),
      unit: instrument.currency,
      change:
        before &&
        `${format.fraction(last.close / before.close - 1, {decimals: 2, signed: true})} since ${nameOf(before.time).replace(/ \d{4}$/, "")}`,
      basis: `session of ${date}`
    }),
    statTile({
      figure: "session-range",
      label: "Session range",
      value: last.high - last.low,
      text: price(last.high - last.low),
      unit: instrument.currency,
      change: `${price(last.low)} to ${price(last.high)}`,
      basis: `session of ${date}`
    }),
    statTile({
      figure: "atr",
      label: "Average true range",
      value: Number.isNaN(range) ? undefined : range,
      text: price(range ?? NaN),
      unit: instrument.currency,
      change:
        range === undefined || Number.isNaN(range)
          ? undefined
          : `${format.fraction(range / last.close, {decimals: 2})} of the close`,
      basis: "ATR 14, Wilder, daily",
      reason: `needs 14 sessions; ${format.count(daily.length)} kept`
    }),
    statTile({
      figure: "session-volume",
      label: "Session volume",
      value: hasVolume ? last.volume : undefined,
      text: hasVolume ? format.count(last.volume) : "–",
      reason: "the source reports none",
      change:
        Number.isNaN(usual) || usual === 0
          ? undefined
          : `${format.number(last.volume / usual, {decimals: 2})} times the median`,
      basis: `against ${format.count(Math.min(20, daily.length - 1))} sessions before`
    }),
    baseTile(base, format),
    coverageTile(base, format)
  ]);
}

function baseTile({rows, timeframe, coverage}: Dataset, format: Formats): HTMLElement {
  const basis = coverage.length > 0 ? `${timeframe}, ${counted(coverage.length, "session", format)}` : `${timeframe}`;
  return statTile({figure: "bars-kept", label: "Bars kept", value: rows, text: format.count(rows), basis});
}

function coverageTile(dataset: Dataset, format: Formats): HTMLElement {
  const covered = coverageOf(dataset);
  const found = covered?.found;
  return statTile({
    figure: "bars-covered",
    label: "Bars within sessions",
    value: found,
    text: format.count(found),
    change:
      covered &&
      `${format.count(found)} of ${format.count(covered.expected)} expected, ${format.fraction(covered.found / covered.expected, {decimals: 2})}`,
    basis: `off session: ${describeOffSession(dataset, format)}`,
    reason: "not counted for this timeframe"
  });
}
