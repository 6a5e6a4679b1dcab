import {createServer, type IncomingMessage, type Server} from "node:http";
import type {AddressInfo} from "node:net";
import {setTimeout as sleep} from "node:timers/promises";
import {type Faults, parseFault} from "./faults.js";

/** A request as a venue's routes see it. */
export interface VenueRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A reply: JSON unless it is text, which goes out as it is. */
export interface VenueReply {
  readonly status: number;
  readonly body: unknown;
  readonly type?: string;
}

/** A venue's HTTP server on loopback. */
export interface HttpVenue {
  readonly url: string;
  readonly server: Server;
  /** Stops listening, drops every connection, and waits until it is gone. */
  close(): Promise<void>;
}

/** A venue's own part of its server. */
export interface HttpOptions {
  readonly port?: number;
  readonly faults: Faults;
  readonly answer: (request: VenueRequest) => VenueReply;
  /** How the venue words what a fault makes it say. */
  readonly refuse: (status: number, message: string) => VenueReply;
  /** Called after a fault was set or cleared by request. */
  readonly onFault?: () => void;
}

const controlPath = "/_sim/fault";
const mostBody = 100_000;

/**
 * A venue's server on 127.0.0.1, with its faults. `POST /_sim/fault` with the header `X-Sim-Control: yes` sets one
 * (`{"kind": "none"}` clears all); the header keeps a web page from doing so, for a browser asks first and is not answered.
 */
export async function startHttp({port = 0, faults, answer, refuse, onFault}: HttpOptions): Promise<HttpVenue> {
  const server = createServer((incoming, outgoing) => {
    const send = ({status, body, type = "application/json"}: VenueReply, isBroken = false) => {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      outgoing.writeHead(status, {"content-type": type});
      outgoing.end(isBroken ? text.slice(0, Math.floor(text.length / 2)) : text);
    };
    readRequest(incoming)
      .then(async (request) => {
        if (request.path === controlPath) return send(control(request, faults, onFault));
        const {path} = request;
        const slow = faults.meet("slow", path);
        if (slow) await sleep(slow.delayMs ?? 1_000);
        if (faults.meet("unavailable", path)) return send(refuse(503, "the terminal is away"));
        if (faults.meet("rate-limit", path)) return send(refuse(429, "too many requests"));
        return send(answer(request), faults.meet("broken-reply", path) !== undefined);
      })
      .catch((error: unknown) => send(refuse(500, error instanceof Error ? error.message : String(error))));
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return {server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => closeServer(server)};
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function readRequest(incoming: IncomingMessage): Promise<VenueRequest> {
  const {pathname, searchParams} = new URL(incoming.url ?? "/", "http://127.0.0.1");
  let body = "";
  for await (const chunk of incoming) {
    body += chunk;
    if (body.length > mostBody) throw new RangeError(`request too long: over ${mostBody} characters`);
  }
  const {method = "GET", headers} = incoming;
  return {method, path: decodeURIComponent(pathname), query: searchParams, headers, body};
}

function control({method, headers, body}: VenueRequest, faults: Faults, onFault = () => {}): VenueReply {
  if (method !== "POST" || headers["x-sim-control"] !== "yes")
    return {status: 403, body: {error: "send POST with the header X-Sim-Control: yes"}};
  try {
    const fault = parseFault(JSON.parse(body));
    if (fault === "none") faults.clear();
    else faults.set(fault);
    onFault();
    return {status: 200, body: {active: faults.list()}};
  } catch (error) {
    return {status: 400, body: {error: error instanceof Error ? error.message : String(error)}};
  }
}
