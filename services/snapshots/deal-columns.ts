import type {Deal, TradeDeal} from "../domain/deal.js";
import type {ColumnValues} from "./encode-parquet.js";

/** Deals as the columns of `dealsSchema`, row for row; what only a trade has is `undefined` for money paid in or out. */
export function dealColumns(deals: readonly Deal[]): Record<string, ColumnValues> {
  const all = <T>(value: (deal: Deal) => T) => deals.map(value);
  const trades = <T>(value: (deal: TradeDeal) => T) =>
    deals.map((deal) => (deal.type === "balance" ? undefined : value(deal)));
  return {
    ticket: all(({ticket}) => ticket),
    time: all(({time}) => time),
    type: all(({type}) => type),
    entry: trades(({entry}) => entry),
    instrument: trades(({instrument}) => instrument),
    position: trades(({position}) => position),
    volumeLots: trades(({volumeLots}) => volumeLots),
    price: trades(({price}) => price),
    stopPrice: trades(({stopPrice}) => stopPrice),
    profitMinor: all(({profit}) => profit.minor),
    commissionMinor: all(({commission}) => commission.minor),
    swapMinor: all(({swap}) => swap.minor),
    feeMinor: all(({fee}) => fee.minor),
    currency: all(({profit}) => profit.currency)
  };
}
