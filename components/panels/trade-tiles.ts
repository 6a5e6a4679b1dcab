import type {SideStatistics, TradeStatistics} from "../../services/analytics/performance/trade-statistics.js";
import type {Estimate} from "../../services/domain/estimate.js";
import {toAmount} from "../../services/domain/money.js";
import {counted, sample} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {html} from "../parts/html.js";
import {type EstimateTileOptions, estimateTile, statTile, tileRow} from "../parts/stat-tile.js";

/**
 * All statistics of round trips as tiles: money first, then ratios, then each side.
 *
 * @param noDrawdown why there is none, where there is none
 */
export function tradeTiles(
  statistics: TradeStatistics,
  format: Formats,
  {noDrawdown = "the history does not begin with a deposit to measure it from"} = {}
): HTMLElement {
  const {currency, n, wins, losses, sessions} = statistics;
  const basis = sample(n, "round trip", format);
  const amount = (value: number) => format.amount(value, currency);
  const ratio = (value: number) => format.number(value, {decimals: 2});
  const share = (value: number) => format.fraction(value);
  const sum = (figure: string, label: string, value: number, text: string, counted = basis) =>
    statTile({figure, label, value, text, unit: currency, basis: counted, isSigned: true});
  const tile = (
    figure: string,
    label: string,
    estimate: Estimate,
    show: (value: number) => string,
    rest: Partial<EstimateTileOptions> = {}
  ) => estimateTile({figure, label, estimate, format: show, locale: format.locale, ...rest});
  const money = {unit: currency, isSigned: true};
  const sideTile = (figure: string, label: string, side: SideStatistics) =>
    sum(
      figure,
      label,
      toAmount(side.net),
      format.money(side.net, {signed: true}),
      sample(side.n, "round trip", format)
    );
  return html`<div>
    ${tileRow([
      sum(
        "net",
        "Net result",
        toAmount(statistics.net),
        format.money(statistics.net, {signed: true}),
        `${basis} in ${counted(sessions, "session", format)}`
      ),
      sum(
        "gross-profit",
        "Gross profit",
        toAmount(statistics.grossProfit),
        format.money(statistics.grossProfit),
        counted(wins, "win", format)
      ),
      sum(
        "gross-loss",
        "Gross loss",
        toAmount(statistics.grossLoss),
        format.money(statistics.grossLoss),
        counted(losses, "loss", {many: "losses", locale: format.locale})
      ),
      drawdownTile(statistics, format, noDrawdown),
      tile("expectancy", "Expectancy", statistics.expectancyMoney, amount, money),
      tile("win-rate", "Win rate", statistics.winRate, share)
    ])}
    ${tileRow([
      tile("profit-factor", "Profit factor", statistics.profitFactor, ratio),
      tile("payoff", "Payoff, mean win to mean loss", statistics.payoff, ratio),
      tile("average-win", "Average win", statistics.averageWin, amount, {
        ...money,
        counted: statistics.averageWin.n === 1 ? "win" : "wins"
      }),
      tile("average-loss", "Average loss", statistics.averageLoss, amount, {
        ...money,
        counted: statistics.averageLoss.n === 1 ? "loss" : "losses"
      }),
      tile("expectancy-r", "Expectancy in R", statistics.expectancyR, ratio, {
        unit: "R",
        isSigned: true,
        counted: "with a stop"
      }),
      tile("sqn", "SQN", statistics.sqn, ratio, {counted: "with a stop"})
    ])}
    ${tileRow([
      tile("sharpe", "Sharpe ratio, per round trip", statistics.sharpePerTrip, ratio),
      streakTile("win-streak", "Longest run of wins", statistics.longestWinStreak, statistics, format),
      streakTile("loss-streak", "Longest run of losses", statistics.longestLossStreak, statistics, format),
      sideTile("long-net", "Long, net", statistics.long),
      sideTile("short-net", "Short, net", statistics.short),
      tile("long-win-rate", "Win rate, long against short", statistics.long.winRate, share, {
        counted: `long; short ${shareOf(statistics.short.winRate, format)}`
      })
    ])}
  </div>`;
}

function shareOf({value, n}: Estimate, format: Formats): string {
  return `${format.fraction(value)}, n\u202f=\u202f${format.count(n)}`;
}

function drawdownTile({maxDrawdown, currency, n}: TradeStatistics, format: Formats, reason: string): HTMLElement {
  return statTile({
    figure: "largest-fall",
    label: "Largest fall, closed trades",
    value: maxDrawdown === undefined ? undefined : -toAmount(maxDrawdown.money),
    text: maxDrawdown === undefined ? "–" : format.amount(-toAmount(maxDrawdown.money), currency),
    unit: currency,
    change: maxDrawdown && `${format.fraction(maxDrawdown.fraction)} of the peak`,
    basis: `${sample(n, "round trip", format)}${maxDrawdown === undefined ? "" : ", payments aside"}`,
    reason,
    isSigned: true
  });
}

function streakTile(
  figure: string,
  label: string,
  streak: TradeStatistics["longestWinStreak"],
  {currency, n}: TradeStatistics,
  format: Formats
): HTMLElement {
  return statTile({
    figure,
    label,
    value: streak?.length,
    text: format.count(streak?.length),
    unit: "in a row",
    change: streak && `${format.money({minor: streak.sum, currency}, {signed: true})} ${currency} together`,
    basis: `n\u202f=\u202f${format.count(n)}, in order of closing`,
    reason: "there was none"
  });
}
