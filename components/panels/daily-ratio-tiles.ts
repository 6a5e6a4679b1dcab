import type {DailyRatios} from "../../services/analytics/performance/daily-ratios.js";
import type {Estimate} from "../../services/domain/estimate.js";
import type {Formats} from "../format/create-formats.js";
import {estimateTile, tileRow} from "../parts/stat-tile.js";

/** Ratios of daily returns as tiles, annual by 252 days. */
export function dailyRatioTiles(ratios: DailyRatios, format: Formats): HTMLElement {
  const ratio = (value: number) => format.number(value, {decimals: 2});
  const share = (value: number) => format.fraction(value);
  const tile = (figure: string, label: string, estimate: Estimate, show: (value: number) => string, unit?: string) =>
    estimateTile({
      figure,
      label,
      estimate,
      format: show,
      counted: "days",
      locale: format.locale,
      ...(unit !== undefined && {unit})
    });
  const {minimumTrackRecord: track} = ratios;
  return tileRow([
    tile("sharpe-annual", "Sharpe ratio, annual", ratios.sharpe, ratio),
    tile("sortino-annual", "Sortino ratio, annual", ratios.sortino, ratio),
    tile("calmar", "Calmar ratio", ratios.calmar, ratio),
    tile("ulcer", "Ulcer index", ratios.ulcer, (value) => format.fraction(value, {decimals: 2})),
    tile("sharpe-chance", "Chance that Sharpe is above nothing", ratios.probabilisticSharpe, share),
    tile("track-record", "Days needed to be 95 % sure of it", track, format.count, "days")
  ]);
}
