import type {InstrumentId} from "../../services/domain/instrument.js";
import type {Timeframe} from "../../services/domain/timeframe.js";
import type {Formats} from "../format/create-formats.js";
import {html} from "../parts/html.js";
import {setFigure, setText} from "../parts/set-text.js";
import {liveChart} from "./live-chart.js";
import type {LiveDesk} from "./live-desk.js";
import {liveMark} from "./live-words.js";
import type {EndingView} from "./transport.js";
import {lastPrice} from "./watchlist.js";

/** How the charts of a grid are drawn. */
export interface ChartGridOptions {
  readonly timeframe: Timeframe;
  /** Bars in sight of each at most. */
  readonly bars: number;
  /** Charts at most; by default 8. */
  readonly most?: number;
  /** Called with the instrument of which the reader wants more: its table and its source. */
  readonly onChoose?: (id: InstrumentId) => void;
  /** Called for each chart that is on its canvas. */
  readonly onDrawn?: () => void;
}

/** The charts of a desk's first instruments side by side, each with its last price, change and state. */
export function chartGrid(
  desk: LiveDesk,
  {timeframe, bars, most = 8, onChoose, onDrawn}: ChartGridOptions,
  format: Formats
): EndingView {
  const charts = desk.instruments.slice(0, most).map(({id, name, tickSize}) => {
    const chart = liveChart({
      timeframe,
      calendar: desk.calendar(id),
      tickSize,
      format,
      bars,
      height: 216,
      now: desk.now,
      label: `${id}, ${timeframe} candles as they trade`,
      ...(onDrawn && {onDrawn})
    });
    const [last, change, state] = [html`<data></data>`, html`<data></data>`, html`<span class="mark"></span>`];
    const more =
      onChoose &&
      html`<button class="link-button grid-more" type="button" aria-label=${`Table and source of ${id}`}>Table, source</button>`;
    more?.addEventListener("click", () => onChoose?.(id));
    const node = html`<figure class="grid-chart">
      <figcaption><strong title=${name}>${id}</strong> ${last} ${change} ${state} ${more}</figcaption>${chart.node}
    </figure>`;
    const draw = () => {
      const row = lastPrice(desk, id);
      const now = desk.state(id);
      setFigure(last, row.last, format.price(row.last, tickSize));
      setFigure(
        change,
        row.change,
        `${format.number(row.change === undefined ? undefined : 100 * row.change, {signed: true, decimals: 2})} %`
      );
      change.className = row.change === undefined || row.change === 0 ? "" : row.change > 0 ? "gain" : "loss";
      setText(state, liveMark(now, format));
      state.className = `mark mark-${now.state}`;
      chart.show(desk.series(id, timeframe), desk.signalsOf(id, timeframe));
    };
    return {node, draw, end: chart.end};
  });
  return {
    node: html`<div class="chart-grid">${charts.map(({node}) => node)}</div>`,
    draw: () => charts.forEach((chart) => void chart.draw()),
    end: () => charts.forEach((chart) => void chart.end())
  };
}
