import {DAY_MS, type EpochMs} from "../../domain/time.js";
import type {Tape} from "../tape/tape.js";
import type {Faults} from "../venue/faults.js";
import type {VenueReply, VenueRequest} from "../venue/http.js";
import {candles, intervals, isInterval} from "./candles.js";
import {parsePlainTime, plainTime} from "./ist.js";
import {instrumentsCsv, type Listing} from "./listing.js";
import {ordersToday} from "./orders.js";
import {holdingRows, margins, orderRows, positionRows, profile, tradeRows} from "./portfolio.js";
import {quotes} from "./quote-routes.js";
import {createRateLimit, requestKind} from "./rate.js";
import {type KiteSession, readAuthorization} from "./session.js";

/** What Kite's routes answer from. */
export interface KiteState {
  readonly tape: Tape;
  readonly listings: readonly Listing[];
  readonly session: KiteSession;
  readonly faults: Faults;
  readonly now: () => EpochMs;
}

const errorTypes: Readonly<Record<number, string>> = {
  400: "InputException",
  403: "TokenException",
  404: "GeneralException",
  405: "GeneralException",
  429: "NetworkException",
  503: "NetworkException"
};

/** A refusal as Kite words it. */
export function refuseKite(status: number, message: string): VenueReply {
  return {status, body: {status: "error", message, data: null, error_type: errorTypes[status] ?? "GeneralException"}};
}

function succeed(data: unknown): VenueReply {
  return {status: 200, body: {status: "success", data}};
}

/** Kite's REST: session, instruments, candles, quotes, and the simulated holder's portfolio. */
export function createKiteRest(state: KiteState): (request: VenueRequest) => VenueReply {
  const rate = createRateLimit();
  return (request) => {
    const {path, method} = request;
    if (path === "/session/token" && method === "POST") return exchange(state, request.body);
    if (!state.session.admits(...readAuthorization(request.headers.authorization), path))
      return refuseKite(403, "Incorrect `api_key` or `access_token`.");
    if (!rate.allows(requestKind(path))) return refuseKite(429, "Too many requests");
    if (path === "/session/token" && method === "DELETE") {
      state.session.end();
      return succeed(true);
    }
    return method === "GET" ? read(state, request) : refuseKite(405, "Method not allowed");
  };
}

function exchange({session, now}: KiteState, body: string): VenueReply {
  const form = new URLSearchParams(body);
  const [key, token, checksum] = ["api_key", "request_token", "checksum"].map((name) => form.get(name) ?? "");
  const accessToken = key === session.apiKey ? session.exchange(token!, checksum!) : undefined;
  if (accessToken === undefined) return refuseKite(403, "Token is invalid or has expired.");
  const tokens = {access_token: accessToken, public_token: "", enctoken: "", refresh_token: "", silo: ""};
  return succeed({...profile(), api_key: key, ...tokens, login_time: plainTime(now())});
}

function read(state: KiteState, {path, query}: VenueRequest): VenueReply {
  const {listings, tape} = state;
  const now = state.now();
  const [, room, name, third, fourth] = path.split("/");
  if (room === "instruments" && name === "historical") return historical(state, Number(third), fourth ?? "", query);
  if (room === "instruments" && third === undefined)
    return {status: 200, body: instrumentsCsv(listings, name), type: "text/csv"};
  if (room === "quote" && (name === undefined || name === "ohlc" || name === "ltp"))
    return succeed(quotes(name ?? "quote", query.getAll("i"), listings, now));
  if (path === "/user/profile") return succeed(profile());
  if (path === "/user/margins") return succeed(margins());
  if (path === "/portfolio/holdings") return succeed(holdingRows(listings, now));
  const orders = ordersToday(listings, tape, now);
  if (path === "/portfolio/positions") return succeed(positionRows(orders, now));
  if (path === "/orders") return succeed(orderRows(orders));
  if (path === "/trades") return succeed(tradeRows(orders));
  return refuseKite(404, "Route not found");
}

function historical(state: KiteState, token: number, interval: string, query: URLSearchParams): VenueReply {
  const listing = state.listings.find((each) => each.token === token);
  if (!listing) return refuseKite(400, "invalid token");
  if (!isInterval(interval)) return refuseKite(400, "invalid interval");
  const [from, to] = ["from", "to"].map((name) => parsePlainTime(query.get(name) ?? ""));
  if (from === undefined) return refuseKite(400, "invalid from date");
  if (to === undefined || to < from) return refuseKite(400, "invalid to date");
  const {mostDays} = intervals[interval];
  if (to - from > mostDays * DAY_MS) return refuseKite(400, `interval exceeds max limit: ${mostDays} days`);
  const rows = candles(listing, interval, from, to, state.now(), query.get("oi") === "1");
  const most = state.faults.meet("short-range", "/instruments/historical")?.rows ?? Infinity;
  return succeed({candles: rows.slice(0, most)});
}
