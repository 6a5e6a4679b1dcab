import type {Deal, DealEntry} from "../../domain/deal.js";
import {compareTickets} from "../../domain/deal-order.js";
import {toMoney} from "../../domain/money.js";
import {type KiteHolding, type KitePosition, type KiteTrade, kiteCurrency} from "./parse-portfolio.js";

interface Net {
  quantity: number;
  averagePrice: number;
}

/**
 * Today's fills as deals of a netting account, one position for each instrument and product. Kite states no profit by
 * fill: it is worked out against the average price of what was held, carried over from yesterday or in the demat
 * account. Charges are not stated and are 0.
 *
 * @returns oldest first, ties by trade number
 */
export function tradesToDeals(
  trades: readonly KiteTrade[],
  positions: readonly KitePosition[],
  holdings: readonly KiteHolding[]
): Deal[] {
  const nets = new Map<string, Net>();
  const multipliers = new Map(positions.map(({instrument, multiplier}) => [instrument, multiplier]));
  const ordered = [...trades].sort((a, b) => a.time - b.time || compareTickets(a.tradeId, b.tradeId));
  return ordered.map((trade) => {
    const key = `${trade.instrument} ${trade.product}`;
    const net = nets.get(key) ?? openingNet(trade, trades, positions, holdings);
    nets.set(key, net);
    return fill(net, trade, key, multipliers.get(trade.instrument) ?? 1);
  });
}

/** What was held before today's first fill: a position carried over, or shares, those bought yesterday included. */
function openingNet(
  {instrument, product}: KiteTrade,
  trades: readonly KiteTrade[],
  positions: readonly KitePosition[],
  holdings: readonly KiteHolding[]
): Net {
  const own = positions.find((position) => position.instrument === instrument && position.product === product);
  if (own !== undefined && own.overnightQuantity !== 0) {
    const side = own.overnightQuantity > 0 ? "buy" : "sell";
    const isOwn = (trade: KiteTrade) =>
      trade.instrument === instrument && trade.product === product && trade.side === side;
    const today = trades.filter(isOwn).reduce((sum, {quantity, price}) => sum + quantity * price * own.multiplier, 0);
    const value = (side === "buy" ? own.buyValue : own.sellValue) - today;
    return {quantity: own.overnightQuantity, averagePrice: value / Math.abs(own.overnightQuantity) / own.multiplier};
  }
  const held = product === "CNC" ? holdings.find((holding) => holding.instrument === instrument) : undefined;
  return held === undefined
    ? {quantity: 0, averagePrice: 0}
    : {quantity: held.quantity, averagePrice: held.averagePrice};
}

function fill(
  net: Net,
  {tradeId, instrument, side, quantity, price, time}: KiteTrade,
  position: string,
  multiplier: number
): Deal {
  const signed = side === "buy" ? quantity : -quantity;
  const isOpening = net.quantity === 0 || Math.sign(net.quantity) === Math.sign(signed);
  const closed = isOpening ? 0 : Math.min(quantity, Math.abs(net.quantity));
  const profit = closed * (price - net.averagePrice) * Math.sign(net.quantity) * multiplier;
  const entry: DealEntry = isOpening ? "in" : closed < quantity ? "inout" : "out";
  const after = net.quantity + signed;
  if (isOpening) net.averagePrice = (Math.abs(net.quantity) * net.averagePrice + quantity * price) / Math.abs(after);
  else if (entry === "inout") net.averagePrice = price;
  net.quantity = after;
  const zero = toMoney(0, kiteCurrency);
  const money = {profit: toMoney(profit, kiteCurrency), commission: zero, swap: zero, fee: zero};
  return {ticket: tradeId, time, type: side, instrument, entry, position, volumeLots: quantity, price, ...money};
}
