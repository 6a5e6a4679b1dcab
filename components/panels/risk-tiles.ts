import type {DailyReturn} from "../../services/analytics/risk/daily-returns.js";
import type {Exposure} from "../../services/analytics/risk/exposure.js";
import type {Underwater} from "../../services/analytics/risk/underwater.js";
import type {Estimate} from "../../services/domain/estimate.js";
import {type Money, toAmount} from "../../services/domain/money.js";
import {sample} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {estimateTile, statTile, tileRow} from "../parts/stat-tile.js";

/** The loss of a bad day by two measures, each a fraction and positive, with the daily returns they were made from. */
export interface TailRisk {
  readonly valueAtRisk: Estimate;
  readonly shortfall: Estimate;
  /** As 0.95. */
  readonly confidence: number;
  readonly returns: readonly DailyReturn[];
  readonly equity: Money | undefined; // now; `undefined` where it is not known
  readonly currency: string;
  readonly format: Formats;
}

/** What the risk tiles show: the tail, the balance's depth below its peak, and what is open. */
export interface RiskTilesOptions extends TailRisk {
  readonly depth: Underwater;
  readonly open: Exposure;
}

/** The page's figures at a glance: loss of a day, depth under water, what is at work. */
export function riskTiles(options: RiskTilesOptions): HTMLElement {
  const {valueAtRisk, shortfall, depth, open, format, currency} = options;
  const {gross, grossFraction, net, positions} = open;
  const held = sample(positions, "open position", format);
  const [deepest] = depth.worst;
  const current = depth.points.at(-1)?.drawdown;
  const closes = sample(depth.points.length, "close", format);
  return tileRow([
    tailTile("Value at risk, one day", "value-at-risk", valueAtRisk, options),
    tailTile("Expected shortfall, one day", "expected-shortfall", shortfall, options),
    statTile({
      label: "Below the peak now",
      figure: "below-peak",
      value: current,
      text: format.fraction(current, {decimals: 2}),
      basis: closes,
      reason: depth.reason ?? "nothing closed yet",
      isSigned: true
    }),
    statTile({
      label: "Deepest fall",
      figure: "deepest-fall",
      value: deepest?.depth ?? (current === undefined ? undefined : 0),
      text: format.fraction(deepest?.depth ?? (current === undefined ? undefined : 0), {decimals: 2}),
      change: deepest && `trough ${format.moment(deepest.troughTime, "date")}`,
      basis: closes,
      reason: depth.reason ?? "nothing closed yet",
      isSigned: true
    }),
    statTile({
      label: "Gross exposure",
      figure: "gross-exposure",
      value: gross.value,
      text: format.amount(gross.value, currency, {decimals: 0}),
      unit: currency,
      change:
        grossFraction.value === undefined
          ? undefined
          : `${format.number(grossFraction.value, {decimals: 2})} times equity`,
      basis: held,
      reason: gross.reason
    }),
    statTile({
      label: "Net exposure",
      figure: "net-exposure",
      value: net.value,
      text: format.amount(net.value, currency, {decimals: 0, signed: true}),
      unit: currency,
      basis: held,
      reason: net.reason
    })
  ]);
}

function tailTile(
  label: string,
  figure: string,
  estimate: Estimate,
  {confidence, equity, format, currency}: TailRisk
): HTMLElement {
  const {value} = estimate;
  const days = estimate.n === 1 ? "day" : "days";
  const named = `${label}, ${format.fraction(confidence, {decimals: 0})}`;
  const money =
    value === undefined || equity === undefined
      ? undefined
      : format.amount(value * toAmount(equity), currency, {decimals: 0});
  return estimateTile({
    label: named,
    figure,
    estimate,
    format: (fraction) => format.fraction(fraction, {decimals: 2}),
    counted: money === undefined ? days : `${days}; ${money} ${currency} of equity now`,
    locale: format.locale
  });
}
