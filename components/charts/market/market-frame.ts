import {type BarSeries, sliceBars} from "../../../services/domain/bar.js";
import {addressQuery, type QueryStore} from "../../inputs/address-query.js";
import {linkFaults} from "../../inputs/link-faults.js";
import {chartFrame} from "../../parts/chart-frame.js";
import {html} from "../../parts/html.js";
import {setText} from "../../parts/set-text.js";
import {emptyState} from "../../parts/states.js";
import type {IndicatorColumn} from "./chart-indicators.js";
import {barsCsv} from "./export-csv.js";
import {chartPng} from "./export-png.js";
import {type MarketChartOptions, marketChart} from "./market-chart.js";
import type {MarketData} from "./market-data.js";
import type {RowRange} from "./place-range.js";
import {type BarSpans, formatRange, homeRows, parseRange} from "./range-query.js";

/** What stands around a market chart. */
export interface MarketFrameOptions extends Pick<MarketChartOptions, "format" | "tickSize" | "isLog"> {
  /** What the chart is of, for its name and the names of files. */
  readonly label: string;
  readonly currency: string;
  readonly columns: readonly IndicatorColumn[];
  /** The finding and what the chart shows, of the rows in sight. */
  readonly words: (rows: RowRange, data: MarketData) => {readonly title: string; readonly subtitle: string};
  readonly table: (rows: RowRange, data: MarketData) => Node;
  /** From `evidenceLine`. */
  readonly source: Node;
  /** Where the numbers are from and as of when, in one line for a picture. */
  readonly credit: string;
  readonly query?: QueryStore;
}

/** A market chart in its frame, which the page takes down when something else is to be shown. */
export interface MarketFrame {
  readonly node: HTMLElement;
  /** Takes the same history, carried on live. The address is not written: nobody asked for another view. */
  update(data: MarketData): void;
  /** The bars that the title speaks of. */
  inSight(): BarSeries;
  end(): void;
}

/**
 * A market chart with its finding, table, files and source. What is in sight stands in the page's address, one step of
 * the history for each deliberate change, and going back goes back; a range that makes no sense is named in place.
 */
export function marketFrame(begun: MarketData, options: MarketFrameOptions): MarketFrame {
  const {label, words, table, query = addressQuery} = options;
  let data = begun;
  if (data.layout.bars.length === 0)
    return {
      node: emptyState("No bars to draw.", "Choose another timeframe, or run: npm run snapshot"),
      update() {},
      inSight: () => data.layout.bars,
      end() {}
    };
  const faults = html`<div class="link-faults"></div>`;
  const tableRoom = html`<div></div>`;
  const take = () => {
    const given = query.read();
    const {rows, fault} = parseRange(spansOf(data), {from: given.get("from"), to: given.get("to")});
    faults.replaceChildren(...linkFaults(fault === undefined ? [] : [fault]));
    return rows;
  };
  const chart = marketChart(data, {
    ...options,
    rows: take(),
    home: homeRows(data.layout.bars.length),
    onSettle: settle
  });
  const frame = chartFrame({
    ...words(chart.rows, data),
    chart: html`<div>${faults}${chart.node}</div>`,
    table: () => {
      tableRoom.replaceChildren(table(chart.rows, data));
      return tableRoom;
    },
    source: html`<div>${actions()}${options.source}</div>`
  });
  const heading = frame.querySelector("h3")!;
  const subtitle = frame.querySelector("header p")!;

  function say(rows: RowRange, isTableOld = true): void {
    const said = words(rows, data);
    setText(heading, said.title);
    setText(subtitle, said.subtitle);
    if (isTableOld && tableRoom.hasChildNodes()) tableRoom.replaceChildren(table(rows, data));
  }

  function settle(rows: RowRange): void {
    const next = query.read();
    for (const [name, text] of Object.entries(formatRange(spansOf(data), rows))) {
      if (text === null) next.delete(name);
      else next.set(name, text);
    }
    faults.replaceChildren();
    query.write(next, "step");
    say(rows);
  }

  function actions(): HTMLElement {
    const csv = html`<button class="button button-quiet" type="button">Bars in sight as CSV</button>`;
    const png = html`<button class="button button-quiet" type="button">Chart as PNG</button>`;
    const {zone} = options.format;
    csv.addEventListener("click", () =>
      save(new Blob([barsCsv(data, chart.rows, {...options, zone})], {type: "text/csv"}), `${fileName(label)}.csv`)
    );
    png.addEventListener("click", async () => {
      const picture = chart.picture();
      if (!picture) return;
      const names = [...data.lines, ...data.panes.flatMap(({lines}) => lines)];
      const said = {...words(chart.rows, data), names, source: options.credit};
      save(await chartPng(picture.scene, picture.theme, said), `${fileName(label)}.png`);
    });
    return html`<p class="market-actions">${csv}${png}</p>`;
  }

  const ending = new AbortController();
  query.listen?.(() => {
    if (ending.signal.aborted || !frame.isConnected) return;
    chart.show(take());
    say(chart.rows);
  }, frame);
  return {
    node: frame,
    update(next) {
      const isLonger = next.layout.bars.length !== data.layout.bars.length;
      data = next;
      chart.update(data, homeRows(data.layout.bars.length));
      say(chart.rows, isLonger);
    },
    inSight: () => sliceBars(data.layout.bars, chart.rows.first, chart.rows.end),
    end() {
      ending.abort();
      chart.end();
    }
  };
}

function spansOf({layout: {bars, endOf}}: MarketData): BarSpans {
  return {times: bars.time, endOf};
}

function fileName(label: string): string {
  return label.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  html`<a href=${url} download=${name}></a>`.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
