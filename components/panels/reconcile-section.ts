import type {Reconciliation} from "../../services/analytics/performance/reconcile.js";
import type {DealProblem, OpenLot} from "../../services/analytics/performance/round-trips.js";
import type {Deal} from "../../services/domain/deal.js";
import {toAmount} from "../../services/domain/money.js";
import {formatIso} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import {dataTable} from "../parts/data-table.js";
import {figure, moment} from "../parts/figure.js";
import {html} from "../parts/html.js";
import {type ReconcileWordsOptions, reconcileWords} from "./reconcile-words.js";
import {symbolOf} from "./trade-filter.js";

/** What did not reconcile, and what is still open. */
export interface ReconcileOptions extends ReconcileWordsOptions {
  /** The deals that did not reconcile; others are not looked at. */
  readonly deals: readonly Deal[];
  readonly open: readonly OpenLot[];
}

/** Whether an account adds up: what does not reconcile and why, then its lines, their sum and what the broker states. */
export function reconcileSection(found: Reconciliation, options: ReconcileOptions): HTMLElement {
  const {format, problems, open} = options;
  const isWhole = problems.length === 0 && found.mismatches.length === 0 && (found.stated?.difference.minor ?? 0) === 0;
  return html`<div class="reconcile">
    <p class=${isWhole ? "" : "is-caution"}>${isWhole ? "" : "! "}${reconcileWords(found, options)}</p>
    ${problems.length === 0 ? null : problemTable(options)}
    ${found.mismatches.length === 0 ? null : mismatchTable(found, format)}
    ${sumTable(found, options)}
    ${open.length === 0 ? html`<p class="remark">No opening is still open.</p>` : openTable(options)}
  </div>`;
}

function sumTable({lines, sum, deals, stated}: Reconciliation, {format, currency}: ReconcileOptions): HTMLElement {
  const rows = [
    ...lines,
    {name: "Together", n: lines.reduce((total, {n}) => total + n, 0), money: sum},
    {name: "All deals", n: undefined, money: deals},
    ...(stated === undefined ? [] : [{name: "Balance as the broker states it", n: undefined, money: stated.balance}])
  ];
  type Row = (typeof rows)[number];
  return dataTable(
    rows,
    [
      {label: "What", value: ({name}: Row) => name},
      {
        label: "n",
        kind: "number",
        value: ({n}: Row) => n,
        text: ({n}: Row) => (n === undefined ? "" : format.count(n))
      },
      {
        label: "Money",
        unit: currency,
        kind: "number",
        value: ({money}: Row) => toAmount(money),
        node: ({money}: Row) => figure(toAmount(money), format.money(money, {signed: true}))
      }
    ],
    {caption: "How the account adds up"}
  );
}

function problemTable({problems, deals, format, currency}: ReconcileOptions): HTMLElement {
  const dealOf = ({ticket}: DealProblem) => deals.find((deal) => deal.ticket === ticket);
  const trade = (problem: DealProblem) => {
    const deal = dealOf(problem);
    return deal === undefined || deal.type === "balance" ? undefined : deal;
  };
  return dataTable(
    problems,
    [
      {label: "Deal", value: ({ticket}) => ticket},
      {
        label: "Time",
        unit: format.zone,
        value: (problem) => dealOf(problem) && formatIso(dealOf(problem)!.time),
        node: (problem) => moment(dealOf(problem)?.time, format.moment(dealOf(problem)?.time))
      },
      {label: "Instrument", value: (problem) => symbolOf(trade(problem)?.instrument ?? "–")},
      {label: "Entry", value: (problem) => trade(problem)?.entry},
      {
        label: "Volume",
        unit: "lots",
        kind: "number",
        value: (problem) => trade(problem)?.volumeLots,
        text: (problem) => format.number(trade(problem)?.volumeLots, {decimals: 2})
      },
      {
        label: "Money in no round trip",
        unit: currency,
        kind: "number",
        isSigned: true,
        value: ({money}) => toAmount(money),
        text: ({money}) => format.money(money, {signed: true})
      },
      {label: "Why", kind: "wrap", value: ({message}) => message.replace(/^deal [^:]+: /, "")}
    ],
    {caption: "Deals that do not reconcile"}
  );
}

function mismatchTable({mismatches}: Reconciliation, format: Formats): HTMLElement {
  const lots = (value: number) => format.number(value, {decimals: 2});
  return dataTable(
    mismatches,
    [
      {label: "Instrument", value: ({instrument}) => symbolOf(instrument)},
      {label: "Side", value: ({side}) => (side === "buy" ? "▲ long" : "▼ short")},
      {
        label: "Open by the deals",
        unit: "lots",
        kind: "number",
        value: ({openLots}) => openLots,
        text: ({openLots}) => lots(openLots)
      },
      {
        label: "As the broker states",
        unit: "lots",
        kind: "number",
        value: ({statedLots}) => statedLots,
        text: ({statedLots}) => lots(statedLots)
      }
    ],
    {caption: "Positions that disagree"}
  );
}

function openTable({open, format, currency}: ReconcileOptions): HTMLElement {
  return dataTable(
    open,
    [
      {label: "Opened by deal", value: ({deal}) => deal.ticket},
      {label: "Instrument", value: ({deal}) => symbolOf(deal.instrument)},
      {label: "Side", value: ({side}) => (side === "buy" ? "▲ long" : "▼ short")},
      {
        label: "Volume",
        unit: "lots",
        kind: "number",
        value: ({volumeLots}) => volumeLots,
        text: ({volumeLots}) => format.number(volumeLots, {decimals: 2})
      },
      {
        label: "Opened",
        unit: format.zone,
        value: ({deal}) => formatIso(deal.time),
        node: ({deal}) => moment(deal.time, format.moment(deal.time))
      },
      {
        label: "Price",
        kind: "number",
        value: ({deal}) => deal.price,
        text: ({deal}) => format.number(deal.price, {decimals: 5})
      },
      {
        label: "Costs so far",
        unit: currency,
        kind: "number",
        isSigned: true,
        value: ({costs}) => toAmount(costs),
        text: ({costs}) => format.money(costs, {signed: true})
      }
    ],
    {caption: "Openings still open", emptyStep: "Nothing is open."}
  );
}
