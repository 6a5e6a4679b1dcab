import type {IncomingMessage} from "node:http";
import type {Duplex} from "node:stream";
import type {Logger} from "pino";
import {type WebSocket, WebSocketServer} from "ws";
import type {Metrics} from "../watch/metrics.js";
import type {Refusal} from "./door.js";
import {chooseProtocol} from "./sub-protocols.js";
import {closeSoon} from "./welcome.js";

/** What requests for a WebSocket come to. */
export interface UpgradeOptions {
  readonly messageBytes: number;
  readonly refusalOf: (request: IncomingMessage) => Refusal | undefined;
  readonly admit: (client: WebSocket, request: IncomingMessage) => void;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/**
 * A handler of `upgrade`: admits who is welcome. Who is not gets the refusal's status; a page, which cannot see one, is
 * let in and closed with the refusal's code.
 */
export function createUpgrade({messageBytes, refusalOf, admit, metrics, log}: UpgradeOptions) {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: messageBytes,
    perMessageDeflate: false,
    handleProtocols: chooseProtocol
  });

  function note({reason}: Refusal, {headers, socket}: IncomingMessage): void {
    metrics.refused.inc({reason});
    log.warn({address: socket.remoteAddress, origin: headers.origin, reason}, "client refused");
  }

  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on("error", () => socket.destroy());
    const refusal = refusalOf(request);
    if (refusal) note(refusal, request);
    const isPage = request.headers.origin !== undefined;
    if (refusal && !(isPage && refusal.closeCode !== undefined)) {
      refuse(socket, refusal);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      if (refusal) turnAway(client, refusal);
      else admit(client, request);
    });
  };
}

function refuse(socket: Duplex, {status, reason, message}: Refusal): void {
  const lines = [
    `HTTP/1.1 ${status}`,
    "Connection: close",
    "Content-Type: text/plain",
    `Content-Length: ${message.length}`,
    ...(reason === "token" ? ["WWW-Authenticate: Bearer"] : [])
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n${message}`);
}

function turnAway(client: WebSocket, {closeCode = 1008, message}: Refusal): void {
  client.on("error", () => {});
  closeSoon(client, closeCode, message);
}
