import type {EpochMs} from "../../domain/time.js";
import type {AccountPosition} from "../trader/account.js";
import {type AccountDeal, type DealReason, toCents} from "../trader/account-deal.js";
import type {VenueReply, VenueRequest} from "../venue/http.js";
import {answer, type BridgeState, dealsNow, positionsNow, refuse, standing} from "./bridge-state.js";
import {readWall} from "./server-time.js";

const leverage = 100;
const magic = 0;
const dealTypes = {buy: 0, sell: 1, balance: 2} as const;
const dealEntries = {in: 0, out: 1} as const;
const reasons: Readonly<Record<DealReason, number>> = {client: 0, sl: 4, tp: 5};
const filled = 4;

/** `GET /account_info`. */
export function accountInfo(state: BridgeState): VenueReply {
  const {balance, profit, equity, positions} = standing(state);
  const margin = toCents(positions.reduce((sum, position) => sum + notional(state, position) / leverage, 0));
  const {login} = state.history.spec;
  return answer({
    ...{login, trade_mode: 0, leverage, limit_orders: 200, margin_so_mode: 0, trade_allowed: true, trade_expert: true},
    ...{margin_mode: 2, currency_digits: 2, fifo_close: false, balance, credit: 0, profit, equity, margin},
    ...{margin_free: toCents(equity - margin), margin_level: margin > 0 ? toCents((equity / margin) * 100) : 0},
    ...{margin_so_call: 50, margin_so_so: 30, margin_initial: 0, margin_maintenance: 0, assets: 0, liabilities: 0},
    ...{name: "Simulated Trader", server: "Simulated-Demo", currency: "USD", company: "Simulated Markets Ltd."}
  });
}

function notional({tape}: BridgeState, {instrument, lots, currentPrice}: AccountPosition): number {
  const {contractSize, currency} = tape.of(instrument).spec;
  return lots * contractSize * (currency === "USD" ? currentPrice : 1);
}

/** `GET /positions_get`, and `GET /get_positions?magic`, which may answer otherwise when there are none. */
export function positions(state: BridgeState, {path, query}: VenueRequest): VenueReply {
  const wanted = query.get("magic");
  const rows =
    wanted === null || Number(wanted) === magic ? positionsNow(state).map((each) => positionRow(state, each)) : [];
  const isObject = path === "/get_positions" && rows.length === 0 && state.quirks.noPositions === "object";
  return answer(isObject ? {positions: []} : rows);
}

function positionRow(state: BridgeState, position: AccountPosition) {
  const {openTime, side, lots, openPrice, currentPrice, stopPrice, targetPrice, swap, profit, symbol} = position;
  return {
    ...{ticket: position.position, ...times(state, openTime), type: side === "buy" ? 0 : 1, magic},
    ...{identifier: position.position, reason: 0, volume: lots, price_open: openPrice, sl: stopPrice, tp: targetPrice},
    ...{price_current: currentPrice, swap, profit, symbol, comment: ""}
  };
}

/** `GET /history_deals_get?from_date&to_date&position`; position 0 stands for all. */
export function historyDeals(state: BridgeState, {query}: VenueRequest): VenueReply {
  const [from, to, position] = [query.get("from_date"), query.get("to_date"), query.get("position")];
  const needed = state.quirks.dealsNeedPosition ? [from, to, position] : [from, to];
  if (needed.some((value) => !value)) {
    const names = state.quirks.dealsNeedPosition ? "from_date, to_date, and position" : "from_date and to_date";
    return refuse(400, `${names} parameters are required`);
  }
  const [start, end] = [readWall(from!), readWall(to!)];
  const isWanted = (deal: AccountDeal) => {
    const wall = state.clock.wallOf(deal.time);
    return wall >= start && wall <= end && (!Number(position) || deal.position === Number(position));
  };
  return answer(
    dealsNow(state)
      .filter(isWanted)
      .slice(0, state.mostRows)
      .map((deal) => dealRow(state, deal))
  );
}

function dealRow(state: BridgeState, deal: AccountDeal) {
  const {ticket, order, time, type, entry, position, reason, lots, price, commission, swap, profit, symbol, comment} =
    deal;
  return {
    ...{ticket, order, ...times(state, time), type: dealTypes[type], entry: dealEntries[entry], magic},
    ...{position_id: position, reason: reasons[reason], volume: lots, price, commission, swap, profit, fee: 0},
    ...{symbol, comment, external_id: ""}
  };
}

/** `GET /history_orders_get?ticket`: the order of that number. */
export function historyOrders(state: BridgeState, {query}: VenueRequest): VenueReply {
  const ticket = query.get("ticket");
  if (!ticket) return refuse(400, "ticket parameter is required");
  const found = dealsNow(state).filter((deal) => deal.order > 0 && String(deal.order) === ticket);
  return answer(found.map((deal) => orderRow(state, deal)));
}

function orderRow(state: BridgeState, deal: AccountDeal) {
  const {order, time, type, position, reason, lots, price, symbol, comment, entry} = deal;
  const [sl, tp] = entry === "in" ? [deal.stopPrice, deal.targetPrice] : [0, 0];
  const {time: at, time_msc: atMsc} = times(state, time);
  return {
    ...{ticket: order, time_setup: at, time_setup_msc: atMsc, time_done: at, time_done_msc: atMsc},
    ...{
      type: dealTypes[type],
      type_time: 0,
      type_filling: 1,
      state: filled,
      magic,
      position_id: position,
      position_by_id: 0
    },
    ...{
      reason: reasons[reason],
      volume_initial: lots,
      volume_current: 0,
      price_open: price,
      sl,
      tp,
      price_current: price
    },
    ...{price_stoplimit: 0, symbol, comment, external_id: ""}
  };
}

function times({clock}: BridgeState, time: EpochMs) {
  return {time: clock.write(time), time_msc: clock.wallOf(time)};
}
