import {createServer, type Server as HttpServer, type IncomingMessage} from "node:http";
import type {AddressInfo} from "node:net";
import type {Logger} from "pino";
import type {WebSocket} from "ws";
import {BROADCAST_PATH, createBroadcast} from "./clients/broadcast.js";
import {createDoor} from "./clients/door.js";
import {createFanOut} from "./clients/fan-out.js";
import {isLoopback, isOwnHost} from "./clients/origins.js";
import {createRoster} from "./clients/roster.js";
import type {SessionContext} from "./clients/session.js";
import {createTokenCheck, type TokenCheck} from "./clients/token.js";
import {createUpgrade} from "./clients/upgrade.js";
import {closeSoon, welcome} from "./clients/welcome.js";
import {systemEffects} from "./effects.js";
import {silentLog} from "./watch/log.js";
import {createMetrics, type Metrics} from "./watch/metrics.js";
import {createBatchObserver, type Health} from "./watch/observe.js";
import {createRoutes} from "./watch/routes.js";

/** Where and for whom a server listens. */
export interface ServerOptions extends Omit<SessionContext, "fanOut" | "metrics"> {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Origins of pages that may connect besides those of this machine. */
  readonly origins: readonly string[];
  /** What clients must bear; without one the server is open to whoever can reach it. */
  readonly token?: string | undefined;
  /** What `/healthz` tells besides that the server answers. */
  readonly health: () => Health;
  readonly metrics?: Metrics;
  readonly log?: Logger;
}

/** A listening server. */
export interface Server {
  /** `ws://127.0.0.1:8765` */
  readonly url: string;
  clients(): number;
  /** Tells every client that the server goes (1001), then closes. */
  close(): Promise<void>;
}

const CLOSE_GOING_AWAY = 1001;
/** How long a request's head may take. */
const HEAD_MS = 10_000;
/** Connections beyond the clients' limit that are held at once: health checks, and clients that are being refused. */
const SPARE_CONNECTIONS = 100;

/**
 * Listens for clients over WebSocket at `/` and `/broadcast`, and answers `/healthz`, `/readyz` and `/metrics`. A page of another origin
 * gets 403, a client without the token 401 (a page: close code 4001), one beyond the limit 503 (1013), another path 404.
 *
 * @throws {Error} if the port is taken
 */
export async function listen(options: ServerOptions): Promise<Server> {
  const {host, port, origins, token, limits, health, hub, now} = options;
  const {metrics = createMetrics(), log = silentLog()} = options;
  const hasToken = createTokenCheck(token);
  const isKnown: TokenCheck = (headers) => (token === undefined ? isOwnHost(headers.host, origins) : hasToken(headers));
  const onBatch = createBatchObserver(metrics, health, now);
  const fanOut = createFanOut(hub, {batchMs: limits.batchMs, onBatch}, systemEffects());
  const roster = createRoster(limits, metrics);
  const broadcast = createBroadcast(hub, limits, roster, metrics);
  const context = {elapsed: () => performance.now(), ...options, fanOut, metrics, log};
  const stop = () => {
    roster.stop();
    fanOut.flush();
    fanOut.stop();
    broadcast.stop();
  };
  const refusalOf = createDoor({
    ...{paths: ["/", BROADCAST_PATH], origins, hasToken, isLocal: isLoopback(host)},
    isFull: () => roster.size >= limits.clients
  });
  const admit = (client: WebSocket, request: IncomingMessage) => {
    const close = (code: number, reason: string) => {
      metrics.refused.inc({reason});
      closeSoon(client, code, reason);
    };
    if (isBroadcast(request)) broadcast.add(client, close);
    else welcome(client, context, roster);
  };
  const server = createHttpServer(createRoutes({health, metrics, isKnown, now}), log);
  server.maxConnections = limits.clients + SPARE_CONNECTIONS;
  server.on("drop", () => metrics.refused.inc({reason: "connections"}));
  server.on("upgrade", createUpgrade({messageBytes: limits.messageBytes, refusalOf, admit, metrics, log}));
  await listenOn(server, host, port).catch((error: unknown) => {
    stop();
    throw error;
  });

  async function close(): Promise<void> {
    stop();
    const closed = new Promise((resolve) => server.close(resolve));
    for (const client of roster.sockets()) closeSoon(client, CLOSE_GOING_AWAY, "sidecar is stopping");
    server.closeAllConnections();
    await closed;
  }

  return {url: urlOf(server), clients: () => roster.size, close};
}

function createHttpServer(routes: ReturnType<typeof createRoutes>, log: Logger): HttpServer {
  const timeouts = {headersTimeout: HEAD_MS, requestTimeout: HEAD_MS, connectionsCheckingInterval: HEAD_MS / 4};
  return createServer(timeouts, (request, response) => {
    routes(request, response).catch((error: unknown) => {
      log.error({error: String(error)}, "route failed");
      response.destroy();
    });
  });
}

function listenOn(server: HttpServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(listenError(error, host, port))).listen(port, host, resolve);
  });
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === "EADDRINUSE")
    return new Error(`${host}:${port} is taken: choose another by --port or SIDECAR_PORT`);
  return new Error(`unable to listen on ${host}:${port}: ${error.code ?? error.message}`);
}

function urlOf(server: HttpServer): string {
  const {address, family, port} = server.address() as AddressInfo;
  return `ws://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

function isBroadcast({url = ""}: IncomingMessage): boolean {
  return url.split("?")[0] === BROADCAST_PATH;
}
