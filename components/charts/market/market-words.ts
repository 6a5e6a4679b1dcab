import {isIntraday, type Timeframe} from "../../../services/domain/timeframe.js";
import type {Formats} from "../../format/create-formats.js";
import type {MarketData} from "./market-data.js";
import type {RowRange} from "./place-range.js";
import {momentOf} from "./readout.js";

/** What a view of bars is of. */
export interface MarketWordsOptions {
  readonly name: string;
  readonly currency: string;
  readonly timeframe: Timeframe;
  readonly isLog: boolean;
  readonly format: Formats;
}

/** The finding of a view, the change of the close over the bars in sight, and what the chart shows of how many. */
export function marketWords(data: MarketData, {first, end}: RowRange, options: MarketWordsOptions) {
  const {name, currency, timeframe, isLog, format} = options;
  const {bars} = data.layout;
  const count = end - first;
  const change = count > 1 ? bars.close[end - 1]! / bars.close[first]! - 1 : NaN;
  const verb = change < 0 ? "fell" : "rose";
  const title = Number.isNaN(change)
    ? `${name}, ${timeframe}`
    : `${name} ${verb} ${format.fraction(Math.abs(change), {decimals: 2})} over the ${format.count(count)} bars shown`;
  const span =
    count === 0
      ? "no bar in sight"
      : isIntraday(timeframe)
        ? format.span(bars.time[first]!, bars.time[end - 1]!)
        : `${momentOf(data, first, format)} to ${momentOf(data, end - 1, format)}`;
  return {
    title,
    subtitle: `${timeframe} bars, ${currency}${isLog ? ", log scale" : ""}; n = ${format.count(count)} of ${format.count(bars.length)}, ${span}; hollow up, filled down; absent bars left empty${edgeWords(data)}`
  };
}

function edgeWords({edge}: MarketData): string {
  if (edge === undefined) return "";
  if (edge.seam === undefined)
    return edge.isForming ? "; the last bar, framed, was not over when the snapshot ended" : "";
  return `; right of the dashed line live bars${edge.isForming ? ", the framed one still forms" : ""}`;
}
