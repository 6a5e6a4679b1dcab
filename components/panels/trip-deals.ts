import type {DealShares} from "../../services/analytics/performance/round-trips.js";
import type {Deal, TradeDeal} from "../../services/domain/deal.js";
import {addMoney, type Money, toAmount} from "../../services/domain/money.js";
import type {RoundTrip} from "../../services/domain/round-trip.js";
import {formatIso} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import {type Column, dataTable} from "../parts/data-table.js";
import {figure, moment} from "../parts/figure.js";

/** The deals behind a round trip, others among them or not, and the share that each of the two put into it. */
export interface TripDealsOptions {
  readonly deals: readonly Deal[];
  readonly shares: DealShares;
  readonly format: Formats;
  readonly currency: string;
  readonly tickSize: number; // in price, > 0
}

interface DealRow {
  readonly name: string;
  readonly deal?: TradeDeal | undefined;
  readonly ticket: string;
  readonly money: DealShares["opening"];
}

const parts = ["profit", "commission", "swap", "fee"] as const;

/** The two deals behind a round trip with what each of them put into it, and below them their sum, which is the trip. */
export function tripDeals(trip: RoundTrip, {deals, shares, format, currency, tickSize}: TripDealsOptions): HTMLElement {
  const [opening, closing] = trip.tickets;
  const dealOf = (ticket: string | undefined) =>
    deals.find((deal): deal is TradeDeal => deal.ticket === ticket && deal.type !== "balance");
  const sum = {
    profit: addMoney(shares.opening.profit, shares.closing.profit),
    commission: addMoney(shares.opening.commission, shares.closing.commission),
    swap: addMoney(shares.opening.swap, shares.closing.swap),
    fee: addMoney(shares.opening.fee, shares.closing.fee)
  };
  const rows: DealRow[] = [
    {name: "Opened", ticket: opening ?? "", deal: dealOf(opening), money: shares.opening},
    {name: "Closed", ticket: closing ?? "", deal: dealOf(closing), money: shares.closing},
    {name: "Round trip", ticket: "", money: sum}
  ];
  const amount = (label: string, of: (row: DealRow) => Money): Column<DealRow> => ({
    label,
    unit: currency,
    kind: "number",
    value: (row) => toAmount(of(row)),
    node: (row) => figure(toAmount(of(row)), format.money(of(row), {signed: true}))
  });
  const lots = (value: number | undefined) => format.number(value, {decimals: 2});
  return dataTable<DealRow>(
    rows,
    [
      {label: "Part", value: ({name}) => name},
      {label: "Deal", value: ({ticket}) => ticket, text: ({ticket}) => ticket},
      {
        label: "Time",
        unit: format.zone,
        value: ({deal}) => deal && formatIso(deal.time),
        text: () => "",
        node: ({deal}) => (deal === undefined ? null : moment(deal.time, format.moment(deal.time, "second")))
      },
      {label: "Side", value: ({deal}) => deal?.type, text: ({deal}) => deal?.type ?? ""},
      {
        label: "Price",
        kind: "number",
        value: ({deal}) => deal?.price,
        text: ({deal}) => (deal === undefined ? "" : format.price(deal.price, tickSize))
      },
      {
        label: "Volume of the deal",
        unit: "lots",
        kind: "number",
        value: ({deal}) => deal?.volumeLots,
        text: ({deal}) => (deal === undefined ? "" : lots(deal.volumeLots))
      },
      {
        label: "of it here",
        unit: "lots",
        kind: "number",
        value: () => trip.volumeLots,
        text: () => lots(trip.volumeLots)
      },
      ...parts.map((part) => amount(part.charAt(0).toUpperCase() + part.slice(1), ({money}) => money[part])),
      amount("Net", ({money}) => parts.map((part) => money[part]).reduce(addMoney))
    ],
    {caption: `Deals of round trip ${trip.id}`}
  );
}
