import type {EpochMs} from "../../domain/time.js";
import {plainTime} from "./ist.js";
import type {Listing} from "./listing.js";
import {marketView} from "./market-view.js";
import type {KiteOrder} from "./orders.js";

/** What the simulated holder has kept for long: symbol, quantity, price paid. */
const kept: readonly (readonly [string, number, number])[] = [
  ["INFY", 40, 1_388.4],
  ["HDFCBANK", 120, 742.15]
];
const cash = 250_000;

/** `/orders`: market orders, complete. */
export function orderRows(orders: readonly KiteOrder[]) {
  return orders.map(orderRow);
}

/** One order, as `/orders` and the socket state it. */
export function orderRow({id, listing, side, quantity, time, price}: KiteOrder) {
  const at = plainTime(time);
  return {
    ...{placed_by: "SIM001", order_id: id, exchange_order_id: `11${id}`, parent_order_id: null, status: "COMPLETE"},
    ...{status_message: null, status_message_raw: null, order_timestamp: at, exchange_update_timestamp: at},
    ...{exchange_timestamp: at, variety: "regular", modified: false, exchange: listing.exchange},
    ...{tradingsymbol: listing.symbol, instrument_token: listing.token, order_type: "MARKET", transaction_type: side},
    ...{validity: "DAY", validity_ttl: 0, product: "MIS", quantity, disclosed_quantity: 0, price: 0, trigger_price: 0},
    ...{average_price: price, filled_quantity: quantity, pending_quantity: 0, cancelled_quantity: 0},
    ...{market_protection: 0, meta: {}, tag: null, guid: `sim-${id}`}
  };
}

/** `/trades`: each order in one fill. */
export function tradeRows(orders: readonly KiteOrder[]) {
  return orders.map(({id, listing, side, quantity, time, price}) => ({
    ...{trade_id: id.slice(-8), order_id: id, exchange: listing.exchange, tradingsymbol: listing.symbol},
    ...{instrument_token: listing.token, product: "MIS", average_price: price, quantity, exchange_order_id: `11${id}`},
    ...{transaction_type: side, fill_timestamp: plainTime(time), order_timestamp: plainTime(time).slice(11)},
    exchange_timestamp: plainTime(time)
  }));
}

/** `/portfolio/positions`: what today's orders add up to, share by share. */
export function positionRows(orders: readonly KiteOrder[], now: EpochMs) {
  const listings = [...new Set(orders.map(({listing}) => listing))];
  const net = listings.map((listing) =>
    positionRow(
      listing,
      orders.filter((order) => order.listing === listing),
      now
    )
  );
  return {net, day: net};
}

function positionRow(listing: Listing, orders: readonly KiteOrder[], now: EpochMs) {
  const total = (side: "BUY" | "SELL") => {
    const own = orders.filter((order) => order.side === side);
    const quantity = own.reduce((sum, order) => sum + order.quantity, 0);
    const value = round(own.reduce((sum, order) => sum + order.quantity * order.price, 0));
    return {quantity, value, price: quantity > 0 ? round(value / quantity) : 0};
  };
  const [buy, sell] = [total("BUY"), total("SELL")];
  const view = marketView(listing, now)!;
  const quantity = buy.quantity - sell.quantity;
  const pnl = round(sell.value - buy.value + quantity * view.lastPrice);
  return {
    ...{tradingsymbol: listing.symbol, exchange: listing.exchange, instrument_token: listing.token, product: "MIS"},
    ...{
      quantity,
      overnight_quantity: 0,
      multiplier: 1,
      average_price: quantity > 0 ? buy.price : quantity < 0 ? sell.price : 0
    },
    ...{
      close_price: 0,
      last_price: view.lastPrice,
      value: round(sell.value - buy.value),
      pnl,
      m2m: pnl,
      unrealised: pnl
    },
    ...{realised: 0, buy_quantity: buy.quantity, buy_price: buy.price, buy_value: buy.value, buy_m2m: buy.value},
    ...{sell_quantity: sell.quantity, sell_price: sell.price, sell_value: sell.value, sell_m2m: sell.value},
    ...{day_buy_quantity: buy.quantity, day_buy_price: buy.price, day_buy_value: buy.value},
    ...{day_sell_quantity: sell.quantity, day_sell_price: sell.price, day_sell_value: sell.value}
  };
}

/** `/portfolio/holdings`. */
export function holdingRows(listings: readonly Listing[], now: EpochMs) {
  return kept.flatMap(([symbol, quantity, paid]) => {
    const listing = listings.find((each) => each.symbol === symbol);
    const view = listing && marketView(listing, now);
    if (!listing || !view) return [];
    const {lastPrice, close} = view;
    return {
      ...{
        tradingsymbol: symbol,
        exchange: listing.exchange,
        instrument_token: listing.token,
        isin: `INE00SIM${quantity}`
      },
      ...{product: "CNC", price: 0, quantity, used_quantity: 0, t1_quantity: 0, realised_quantity: quantity},
      ...{authorised_quantity: 0, authorised_date: `${plainTime(now).slice(0, 10)} 00:00:00`, authorisation: {}},
      ...{
        opening_quantity: quantity,
        short_quantity: 0,
        collateral_quantity: 0,
        collateral_type: "",
        discrepancy: false
      },
      ...{average_price: paid, last_price: lastPrice, close_price: close, pnl: round((lastPrice - paid) * quantity)},
      ...{day_change: round(lastPrice - close), day_change_percentage: ((lastPrice - close) / close) * 100}
    };
  });
}

/** `/user/margins`. */
export function margins() {
  const segment = (net: number) => ({
    ...{enabled: net > 0, net},
    available: {adhoc_margin: 0, cash: net, opening_balance: net, live_balance: net, collateral: 0, intraday_payin: 0},
    utilised: {
      ...{debits: 0, exposure: 0, m2m_realised: 0, m2m_unrealised: 0, option_premium: 0, payout: 0, span: 0},
      ...{holding_sales: 0, turnover: 0, liquid_collateral: 0, stock_collateral: 0, delivery: 0}
    }
  });
  return {equity: segment(cash), commodity: segment(0)};
}

/** `/user/profile`. */
export function profile() {
  return {
    ...{user_id: "SIM001", user_type: "individual", email: "sim@example.com", user_name: "Simulated Holder"},
    ...{user_shortname: "Simulated", broker: "ZERODHA", exchanges: ["NSE", "NFO"], products: ["CNC", "NRML", "MIS"]},
    ...{order_types: ["MARKET", "LIMIT", "SL", "SL-M"], avatar_url: null, meta: {demat_consent: "physical"}}
  };
}

function round(value: number): number {
  const rounded = Math.round(value * 100) / 100;
  return rounded === 0 ? 0 : rounded;
}
