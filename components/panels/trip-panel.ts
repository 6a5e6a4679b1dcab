import {excursion} from "../../services/analytics/performance/excursion.js";
import type {DealShares} from "../../services/analytics/performance/round-trips.js";
import {type TripTimeframe, tripRows} from "../../services/analytics/performance/trip-bars.js";
import {type BarSeries, sliceBars} from "../../services/domain/bar.js";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import type {Deal} from "../../services/domain/deal.js";
import type {RoundTrip} from "../../services/domain/round-trip.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import {candleChart, candleChartHeight} from "../charts/candle-chart.js";
import {fitted} from "../charts/fitted.js";
import {tapeLayout} from "../charts/tape-layout.js";
import {tripMarks} from "../charts/trip-marks.js";
import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import type {QueryChoice} from "../inputs/query-choice.js";
import {chartFrame} from "../parts/chart-frame.js";
import {factList} from "../parts/evidence.js";
import {html} from "../parts/html.js";
import {emptyState} from "../parts/states.js";
import {barsTable} from "./bars-table.js";
import {symbolOf} from "./trade-filter.js";
import {tripDeals} from "./trip-deals.js";

/** A round trip's surroundings: the deals behind it, the bars around it, and the round trips beside it. */
export interface TripPanelOptions {
  readonly format: Formats;
  readonly currency: string;
  readonly deals: readonly Deal[];
  readonly shares: DealShares;
  /** The instrument as settings know it; `undefined` where they do not. */
  readonly instrument: InstrumentSettings | undefined;
  readonly calendar: TradingCalendar | undefined;
  /** What bars show it, and these bars; they may hold more than is drawn. */
  readonly shown: TripTimeframe;
  readonly bars: BarSeries | undefined;
  readonly source: Node; // from `evidenceLine`
  /** The chosen round trips in the order of their closing, for the one before and the one after. */
  readonly among: readonly RoundTrip[];
  readonly choice: QueryChoice;
}

/** One round trip: on its instrument's chart, with the deals behind it, between the one before and the one after. */
export function tripPanel(trip: RoundTrip, options: TripPanelOptions): HTMLElement {
  const {instrument, format, currency} = options;
  const tickSize = instrument?.tickSize ?? 0.00001;
  return html`<section class="trip" aria-label=${`Round trip ${trip.id}`}>
    ${steps(trip, options)}
    ${tripChart(trip, tickSize, options)}
    ${excursionLine(trip, tickSize, options)}
    ${tripDeals(trip, {...options, format, currency, tickSize})}
  </section>`;
}

/** What a round trip was, in one line. */
function tripWords(trip: RoundTrip, {format, currency}: Pick<TripPanelOptions, "format" | "currency">): string {
  const {instrument, side, volumeLots, openTime, closeTime, net, r} = trip;
  const what = `${side === "buy" ? "▲ Long" : "▼ Short"} ${format.number(volumeLots, {decimals: 2})} ${symbolOf(instrument)}`;
  const made = `${format.money(net, {signed: true})}\u00a0${currency} in ${format.duration(closeTime - openTime)}`;
  return `${what}: ${made}${r === undefined ? "" : `, ${format.number(r, {decimals: 2, signed: true})}\u00a0R`}`;
}

function steps(trip: RoundTrip, {among, choice, format}: TripPanelOptions): HTMLElement {
  const at = among.findIndex(({id}) => id === trip.id);
  const step = (text: string, to: RoundTrip | undefined) => {
    const button = html`<button class="button" type="button">${text}</button>` as HTMLButtonElement;
    button.disabled = to === undefined;
    button.addEventListener("click", () => choice.choose(to?.id ?? ""));
    return button;
  };
  const close = html`<button class="button" type="button">Close</button>`;
  close.addEventListener("click", () => choice.choose(""));
  const place =
    at < 0
      ? "not among those chosen above"
      : `${format.count(at + 1)} of ${format.count(among.length)} chosen, in order of closing`;
  return html`<p class="trip-steps">
    ${step("← Earlier", at > 0 ? among[at - 1] : undefined)}
    ${step("Later →", at >= 0 ? among[at + 1] : undefined)}
    ${close}
    <span>${place}</span>
  </p>`;
}

function tripChart(trip: RoundTrip, tickSize: number, options: TripPanelOptions): HTMLElement {
  const {shown, bars, calendar, format, instrument, source} = options;
  const title = tripWords(trip, options);
  const price = (value: number) => format.price(value, tickSize);
  const span = `${format.zoned(trip.openTime, "second")} to ${format.zoned(trip.closeTime, "second")}`;
  if (shown.timeframe === undefined || bars === undefined || calendar === undefined || bars.length === 0) {
    const cause = `No bars of ${trip.instrument} show this round trip: ${shown.reason ?? "none are kept"}.`;
    return chartFrame({
      title,
      subtitle: `Opened at ${price(trip.openPrice)}, closed at ${price(trip.closePrice)}; ${span}`,
      chart: emptyState(cause, "Keep a longer history of it in settings, then run: npm run snapshot"),
      source
    });
  }
  const {timeframe} = shown;
  const {first, end, opened, closed} = tripRows(bars.time, trip);
  const drawn = sliceBars(bars, first, end);
  const layout = tapeLayout(drawn, {timeframe, calendar});
  const stopPrice = stopOf(trip, options);
  const include = [trip.openPrice, trip.closePrice, ...(stopPrice === undefined ? [] : [stopPrice])];
  const marks = tripMarks(layout, trip, {opened: opened - first, closed: closed - first, stopPrice, priceText: price});
  const inBar = isCoarse(trip, opened, closed) ? "; opened and closed within one bar" : "";
  return chartFrame({
    title,
    subtitle: `${timeframe} bars of ${trip.instrument}, ${format.count(drawn.length)} drawn; ${span}${inBar}${shown.short === undefined ? "" : `; the ${shown.short} bars kept do not reach it`}`,
    chart: fitted((width) => candleChart(layout, {width, format, tickSize, marks, include}), {
      height: candleChartHeight(1)
    }),
    ...(instrument && {
      table: () => barsTable(drawn, {instrument, format, calendar, timeframe, caption: `Bars around ${trip.id}`})
    }),
    source
  });
}

function stopOf({tickets}: RoundTrip, {deals}: TripPanelOptions): number | undefined {
  const opening = deals.find(({ticket}) => ticket === tickets[0]);
  return opening === undefined || opening.type === "balance" ? undefined : opening.stopPrice;
}

/** How far it went against and for its holder while it was open, as far as the bars tell. */
function excursionLine(trip: RoundTrip, tickSize: number, options: TripPanelOptions): HTMLElement | null {
  const {shown, bars, format} = options;
  if (shown.timeframe === undefined || bars === undefined || bars.length === 0) return null;
  const found = excursion(trip, bars, {...tripRows(bars.time, trip), stopPrice: stopOf(trip, options)});
  if (found === undefined) return null;
  const {worst, best, worstR, bestR, exitEfficiency, n} = found;
  const price = (value: number) =>
    `${value > 0 ? "+" : ""}${format.price(value, tickSize)}\u00a0${options.instrument?.currency ?? "in price"}`;
  const inR = (value: number | undefined) =>
    value === undefined ? "" : ` (${format.number(value, {decimals: 2, signed: true})}\u00a0R)`;
  const kept = keptWords(exitEfficiency, format);
  return factList([
    ["At worst while open", `${price(worst)}${inR(worstR)}`],
    ["At best while open", `${price(best)}${inR(bestR)}; ${kept}`],
    [
      "As far as is known",
      `by ${counted(n, `${shown.timeframe} bar`, format)} wholly inside it, entry and exit; the true extremes are these or wider`
    ]
  ]);
}

function keptWords(exitEfficiency: number | undefined, format: Formats): string {
  if (exitEfficiency === undefined) return "it never stood better than its entry";
  return exitEfficiency > 0 ? `${format.fraction(exitEfficiency)} of it was kept` : "none of it was kept";
}

const isCoarse = ({openTime, closeTime}: RoundTrip, opened: number, closed: number) =>
  opened === closed && closeTime > openTime;
