import type {Logger} from "pino";
import type {RawData, WebSocket} from "ws";
import type {Frame} from "./encode-frames.js";
import {createOutbox} from "./outbox.js";
import {ProtocolError} from "./protocol-error.js";
import type {Roster} from "./roster.js";
import {createSession, type SessionContext} from "./session.js";
import {encodingOf} from "./sub-protocols.js";

/** How long a client has to answer a close before its socket is ended. */
const CLOSE_WAIT_MS = 1_000;

let arrivals = 0;

/** Begins the conversation with a client that was let in, and ends it when its socket does. */
export function welcome(client: WebSocket, context: SessionContext & {readonly log: Logger}, roster: Roster): void {
  const {limits, metrics} = context;
  const log = context.log.child({client: ++arrivals});
  const close = (code: number, reason: string) => {
    metrics?.refused.inc({reason});
    closeSoon(client, code, reason);
  };
  const send = ({data, isBinary}: Frame, sent: () => void) => {
    metrics?.frames.inc();
    client.send(data, {binary: isBinary}, sent);
  };
  const wire = {unsentBytes: () => client.bufferedAmount, send, close};
  const outbox = createOutbox(wire, {
    ...limits,
    encoding: encodingOf(client.protocol),
    onRoom: () => session.proceed(),
    onConflated: () => metrics?.conflations.inc()
  });
  const session = createSession(context, outbox, close);
  roster.add(client, outbox);
  log.debug({protocol: client.protocol}, "client connected");
  client.on("message", (data: RawData, isBinary: boolean) => {
    if (client.readyState !== client.OPEN) return;
    if (isBinary) session.refuse(new ProtocolError("bad-message", "message: expected text, received binary"));
    else session.receive(String(data));
  });
  client.on("error", () => endSoon(client)); // ws has closed it with a code of its own, as 1009 for an oversized frame
  client.on("close", (code, reason) => {
    session.end();
    const isOrdinary = code === 1000 || code === 1001 || code === 1005;
    log[isOrdinary ? "debug" : "info"]({code, reason: String(reason)}, "client gone");
  });
}

/** Closes a client with a code, and ends its socket if it does not answer. */
export function closeSoon(client: WebSocket, code: number, reason: string): void {
  client.close(code, reason);
  endSoon(client);
}

function endSoon(client: WebSocket): void {
  const timer = setTimeout(() => client.terminate(), CLOSE_WAIT_MS);
  client.once("close", () => clearTimeout(timer));
}
