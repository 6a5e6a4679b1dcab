import type {EpochMs} from "../../domain/time.js";
import {plainTime} from "./ist.js";
import type {Listing} from "./listing.js";
import {type MarketView, marketView} from "./market-view.js";

const circuitShare = 0.1;

/** What a quote route says of each instrument asked for; unknown ones are left out. */
export function quotes(
  route: "quote" | "ohlc" | "ltp",
  keys: readonly string[],
  listings: readonly Listing[],
  now: EpochMs
) {
  const found = listings.filter(
    ({exchange, symbol, token}) => keys.includes(`${exchange}:${symbol}`) || keys.includes(String(token))
  );
  return Object.fromEntries(
    found.flatMap((listing) => {
      const view = marketView(listing, now);
      return view ? [[`${listing.exchange}:${listing.symbol}`, quote(route, view, listing, now)]] : [];
    })
  );
}

function quote(route: "quote" | "ohlc" | "ltp", view: MarketView, {isIndex, tape}: Listing, now: EpochMs) {
  const {token, lastPrice, open, high, low, close} = view;
  const ltp = {instrument_token: token, last_price: lastPrice};
  if (route === "ltp") return ltp;
  const ohlc = {...ltp, ohlc: {open, high, low, close}};
  const net = {net_change: isIndex ? tape.levels.toPrice(Math.round((lastPrice - close) / tape.spec.tickSize)) : 0};
  if (route === "ohlc") return ohlc;
  if (isIndex) return {...ohlc, ...net, timestamp: plainTime(now)};
  const circuit = (share: number) => tape.levels.toPrice(Math.round((close * (1 + share)) / tape.spec.tickSize));
  return {
    ...{...ohlc, ...net, timestamp: plainTime(now), last_trade_time: plainTime(view.lastTradeTime)},
    ...{last_quantity: view.lastQuantity, buy_quantity: view.buyQuantity, sell_quantity: view.sellQuantity},
    ...{volume: view.volume, average_price: view.averagePrice, oi: 0, oi_day_high: 0, oi_day_low: 0},
    ...{lower_circuit_limit: circuit(-circuitShare), upper_circuit_limit: circuit(circuitShare)},
    depth: {buy: view.bids, sell: view.asks}
  };
}
