import type {TrendStartEvent} from "../../services/analytics/structure/trend-starts/trend-start-event.js";
import type {PendingStart} from "../../services/analytics/structure/trend-starts/trend-starts.js";
import type {BarSeries} from "../../services/domain/bar.js";
import {type EpochMs, formatIso} from "../../services/domain/time.js";
import {isIntraday} from "../../services/domain/timeframe.js";
import type {TrendMark} from "../charts/trend-marks.js";
import {ruleWords} from "../live/signal-words.js";
import {dataTable} from "../parts/data-table.js";
import {moment} from "../parts/figure.js";
import {barName, type StructureTableOptions} from "./structure-table.js";

/** Whether a start was put between two others, not confirmed by a rule of its own. */
export function isForced({ruleType}: Pick<TrendStartEvent, "ruleType">): boolean {
  return ruleType.startsWith("FORCED_by_");
}

/** How many bars later than the bar it names a start was known. */
export function lagOf({evidence}: TrendStartEvent): number {
  return evidence.triggeringBar - evidence.confirmedBar;
}

/** What price had done by then, the start's way: the close of the triggering bar over the start's, as a fraction. */
export function goneOf({type, price, evidence}: TrendStartEvent, {close}: BarSeries): number {
  const moved = close[evidence.triggeringBar - 1]! / price - 1;
  return type === "uptrend_start" ? moved : -moved;
}

/** A confirmed start as the chart draws it. */
export function confirmedMark(event: TrendStartEvent): TrendMark {
  const {type, time, knownAt, price} = event;
  return {isUp: type === "uptrend_start", time, knownAt, price, isForced: isForced(event)};
}

/** A candidate as the chart draws it. */
export function pendingMark({type, time, price}: PendingStart): TrendMark {
  return {isUp: type === "uptrend_start", time, knownAt: undefined, price, isForced: false};
}

/** A row: a start, or a candidate that has not become one. */
type TrendRow = TrendStartEvent | PendingStart;

/**
 * Candidates, then trend starts, the last known first: the bar that triggered each, its rule, where it sits, and what it
 * was known too late for. Of a candidate nothing is known but its bar.
 */
export function trendTable(
  {events, pending}: {readonly events: readonly TrendStartEvent[]; readonly pending: readonly PendingStart[]},
  bars: BarSeries,
  options: StructureTableOptions
) {
  const {format, tickSize, currency, timeframe} = options;
  const time = (label: string, of: (row: TrendRow) => EpochMs | undefined) => ({
    label,
    unit: isIntraday(timeframe) ? format.zone : "session",
    value: (row: TrendRow) => {
      const at = of(row);
      return at === undefined ? undefined : formatIso(at);
    },
    node: (row: TrendRow) => {
      const at = of(row);
      return moment(at, at === undefined ? "not yet" : barName(at, options));
    }
  });
  const number = (
    label: string,
    unit: string,
    of: (event: TrendStartEvent) => number,
    text: (value: number) => string
  ) => ({
    label,
    unit,
    kind: "number" as const,
    value: (row: TrendRow) => (isStart(row) ? of(row) : undefined),
    text: (row: TrendRow) => (isStart(row) ? text(of(row)) : "–")
  });
  return dataTable(
    [...pending, ...[...events].reverse()],
    [
      time("Known at the close of", (row) => (isStart(row) ? row.knownAt : undefined)),
      {
        label: "Trend start",
        value: (row: TrendRow) => (isStart(row) ? row.type : `${row.type} candidate`),
        text: (row: TrendRow) =>
          `${row.type === "uptrend_start" ? "▲ up" : "▼ down"}${isStart(row) ? "" : ", candidate"}`
      },
      {
        label: "Price",
        unit: `${currency}, close`,
        kind: "number",
        value: ({price}: TrendRow) => price,
        text: ({price}: TrendRow) => format.price(price, tickSize)
      },
      time("On the bar of", ({time}) => time),
      number("Delay until known", "bars", lagOf, format.count),
      {
        ...number(
          "Move before it was known",
          "%, its way",
          (event) => goneOf(event, bars),
          (value) => format.number(100 * value, {signed: true, decimals: 2})
        ),
        isSigned: true
      },
      {
        label: "Rule",
        kind: "wrap",
        value: (row: TrendRow) => (isStart(row) ? row.ruleType : undefined),
        text: (row: TrendRow) => (isStart(row) ? `${ruleWords(row.ruleType)} (${row.rule})` : candidateWords(row))
      }
    ],
    {caption: "Trend starts", limit: 60, emptyStep: "The rules found none, or the filters hide them."}
  );
}

function isStart(row: TrendRow): row is TrendStartEvent {
  return "knownAt" in row;
}

function candidateWords({type}: PendingStart): string {
  return `no rule yet; the price is its bar's ${type === "uptrend_start" ? "low" : "high"}, and it may be replaced or go`;
}
