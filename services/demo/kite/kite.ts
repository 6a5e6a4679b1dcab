import type {EpochMs} from "../../domain/time.js";
import type {Tape} from "../tape/tape.js";
import {createFaults, type Faults} from "../venue/faults.js";
import {startHttp} from "../venue/http.js";
import {listingsOf} from "./listing.js";
import {ordersToday} from "./orders.js";
import {createKiteRest, type KiteState, refuseKite} from "./rest.js";
import {createSession, type KiteKeys} from "./session.js";
import {createKiteTicker} from "./ticker.js";

/** What a simulated Kite serves, and to whom. */
export interface KiteOptions {
  readonly tape: Tape;
  readonly keys: KiteKeys;
  readonly port?: number;
  readonly now?: () => EpochMs;
}

/** A simulated Kite: REST and WebSocket on one port. */
export interface Kite {
  readonly url: string;
  readonly socketUrl: string;
  readonly faults: Faults;
  close(): Promise<void>;
}

/** Kite Connect 3 on loopback, over the tape's `NSE` instruments, with faults when told (see `startHttp`). */
export async function startKite({tape, keys, port, now = () => Date.now()}: KiteOptions): Promise<Kite> {
  const faults = createFaults();
  const listings = listingsOf(tape);
  const state: KiteState = {tape, listings, session: createSession(keys, faults), faults, now};
  const ticker = createKiteTicker(state, (at) => ordersToday(listings, tape, at));
  const http = await startHttp({
    faults,
    answer: createKiteRest(state),
    refuse: refuseKite,
    onFault() {
      if (faults.has("close") || faults.has("dead-token")) ticker.drop();
      faults.clear("close");
    },
    ...(port === undefined ? {} : {port})
  });
  http.server.on("upgrade", (request, socket, head) => ticker.upgrade(request, socket, head));
  const close = () => {
    ticker.close();
    return http.close();
  };
  return {url: http.url, socketUrl: http.url.replace(/^http/, "ws"), faults, close};
}
