import type {EpochMs} from "../../domain/time.js";
import type {Tape} from "../tape/tape.js";
import type {TraderHistory} from "../trader/history.js";
import {createFaults, type Faults} from "../venue/faults.js";
import {startHttp, type VenueReply, type VenueRequest} from "../venue/http.js";
import {accountInfo, historyDeals, historyOrders, positions} from "./account-routes.js";
import {barRange, lastBars, lastTicks} from "./bar-routes.js";
import {answer, type BridgeState, refuse} from "./bridge-state.js";
import type {BridgeQuirks} from "./quirks.js";
import {createServerTime} from "./server-time.js";
import {symbolInfo, symbolTick} from "./symbol-routes.js";

/** What a bridge serves, how, and to whom. */
export interface BridgeOptions {
  readonly tape: Tape;
  readonly history: TraderHistory;
  readonly quirks: BridgeQuirks;
  /** What `X-Bridge-Token` must be. */
  readonly token: string;
  readonly port?: number;
  readonly now?: () => EpochMs;
  /** Whether the planted defects are shown; false by default. */
  readonly hasDefects?: boolean;
}

/** A simulated MetaTrader 5 bridge. */
export interface Bridge {
  readonly url: string;
  readonly faults: Faults;
  close(): Promise<void>;
}

const restCount = 100;

/**
 * A MetaTrader 5 terminal's REST bridge on loopback, which serves an account and the tape's `MT5` symbols on its own
 * server clock, with its quirks, and with faults when told (see `startHttp`).
 */
export async function startBridge(options: BridgeOptions): Promise<Bridge> {
  const {quirks, token, now = () => Date.now()} = options;
  const faults = createFaults();
  const stateFor = (path: string): BridgeState => {
    const hoursOff = faults.meet("wrong-clock", path)?.hours ?? 0;
    const mostRows = faults.meet("short-range", path)?.rows ?? Infinity;
    const clock = createServerTime(quirks.rule, quirks.timeEncoding, hoursOff);
    return {...options, hasDefects: options.hasDefects ?? false, clock, now: now(), mostRows};
  };
  const guarded = (request: VenueRequest): VenueReply => {
    const {path, headers} = request;
    if (path === "/health") return answer({status: "healthy", mt5_connected: true, mt5_alive: true});
    const isDead = faults.meet("dead-token", path) !== undefined;
    if (isDead || headers["x-bridge-token"] !== token) return refuse(401, "Invalid or missing X-Bridge-Token");
    try {
      return route(stateFor(path), request);
    } catch (error) {
      if (error instanceof RangeError) return refuse(400, error.message);
      throw error;
    }
  };
  const {url, close} = await startHttp({
    faults,
    answer: guarded,
    refuse,
    ...(options.port === undefined ? {} : {port: options.port})
  });
  return {url, faults, close};
}

function route(state: BridgeState, request: VenueRequest): VenueReply {
  const {method, path, query} = request;
  if (method !== "GET") return refuse(405, "Method Not Allowed");
  const [, name, symbol = "", timeframe = ""] = path.split("/");
  const count = (key: string) => Number(query.get(key) ?? restCount);
  if (name === "bars") return lastBars(state, symbol, timeframe, count("limit"));
  if (name === "symbol_info" && symbol) return symbolInfo(state, symbol);
  if (name === "symbol_info_tick" && symbol) return symbolTick(state, symbol);
  if (path === "/ticks") return lastTicks(state, request);
  if (path === "/fetch_data_pos")
    return lastBars(state, query.get("symbol") ?? "", query.get("timeframe") ?? "", count("num_bars"));
  if (path === "/fetch_data_range") return barRange(state, request);
  if (path === "/account_info") return accountInfo(state);
  if (path === "/positions_get" || path === "/get_positions") return positions(state, request);
  if (path === "/history_deals_get") return historyDeals(state, request);
  if (path === "/history_orders_get") return historyOrders(state, request);
  return refuse(404, "Not Found");
}
