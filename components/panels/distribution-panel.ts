import type {Estimate} from "../../services/domain/estimate.js";
import {toAmount} from "../../services/domain/money.js";
import type {RoundTrip} from "../../services/domain/round-trip.js";
import {fitted} from "../charts/fitted.js";
import {type ResultBin, resultBins, resultHistogram} from "../charts/result-histogram.js";
import type {Formats} from "../format/create-formats.js";
import {chartFrame} from "../parts/chart-frame.js";
import {dataTable} from "../parts/data-table.js";

/** The mean that is drawn over the results, the currency of both, and which round trips they are. */
export interface DistributionPanelOptions {
  readonly format: Formats;
  readonly currency: string;
  /** Mean net per round trip, as `tradeStatistics` gives it. */
  readonly mean: Estimate;
  /** What was chosen, as `42 of 549 round trips: long`. */
  readonly words: string;
  readonly source: Node; // from `evidenceLine`
}

const height = 300;

/** How the results of round trips are spread about zero, with their mean and its interval. */
export function distributionPanel(trips: readonly RoundTrip[], options: DistributionPanelOptions): HTMLElement {
  const {format, currency, mean, words, source} = options;
  const nets = trips.map(({net}) => toAmount(net));
  const whole = (value: number) => format.amount(value, currency, {decimals: 0});
  return chartFrame({
    title: meanWords(options),
    subtitle: `Net per round trip, ${currency}, losses left of zero; ${words}${mean.low === undefined || mean.high === undefined ? `; ${mean.reason ?? "no interval"}` : `; mean 95 % between ${format.amount(mean.low, currency)} and ${format.amount(mean.high, currency)}, ${mean.method ?? ""}`}`,
    chart: fitted(
      (width) =>
        resultHistogram(nets, {
          width,
          format,
          height,
          mean,
          tickFormat: whole,
          label: "Results of round trips"
        }),
      {height}
    ),
    table: () => binTable(resultBins(nets), options),
    source
  });
}

/** What the interval allows to be said: a mean whose interval holds zero is not told from nothing. */
function meanWords({mean, format, currency}: DistributionPanelOptions): string {
  const {value, low, high} = mean;
  if (value === undefined) return `Too little to state a mean: ${mean.reason ?? "not available"}`;
  const text = `${format.amount(value, currency, {signed: true})}\u00a0${currency}`;
  if (low === undefined || high === undefined) return `The mean round trip made ${text}`;
  if (low > 0 || high < 0) return `The mean round trip made ${text}: told from nothing at 95 %`;
  return `The mean round trip made ${text}, which cannot be told from nothing`;
}

function binTable(bins: readonly ResultBin[], {format, currency}: DistributionPanelOptions): HTMLElement {
  const amount = (label: string, value: (bin: ResultBin) => number) => ({
    label,
    unit: currency,
    kind: "number" as const,
    value,
    text: (bin: ResultBin) => format.amount(value(bin), currency)
  });
  return dataTable(
    bins,
    [
      amount("From", ({low}) => low),
      amount("Below", ({high}) => high),
      {label: "Round trips", kind: "number", value: ({n}) => n, text: ({n}) => format.count(n)}
    ],
    {caption: "Results by size"}
  );
}
