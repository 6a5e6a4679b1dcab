import type {IncomingMessage, ServerResponse} from "node:http";
import type {EpochMs} from "../../domain/time.js";
import type {FeedStatus} from "../../domain/wire.js";
import type {TokenCheck} from "../clients/token.js";
import type {Metrics} from "./metrics.js";
import {type Health, observeHealth} from "./observe.js";

/** What the routes look at. */
export interface RouteOptions {
  readonly health: () => Health;
  readonly metrics: Metrics;
  /** Whether who asks may see more than that all is well. */
  readonly isKnown: TokenCheck;
  readonly now: () => EpochMs;
}

/** Something that is not well, and what it is about. */
export interface Problem {
  readonly about: string;
  readonly what: string;
  /** Mends itself: history is still to give what was missed, and who asks need not go elsewhere. */
  readonly passes?: true;
}

/**
 * Answers `GET /healthz` (200 while the process answers; `ok` or `degraded`), `/readyz` (200, or 503; with what is wrong)
 * and `/metrics` (Prometheus text). For those who are not known the first two say no more than that, and the last nothing.
 */
export function createRoutes({health, metrics, isKnown: isKnownTo, now}: RouteOptions) {
  return async ({method, url = "", headers}: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = method === "GET" ? url.split("?")[0] : undefined;
    const isKnown = isKnownTo(headers);
    if (path === "/healthz") {
      const current = health();
      const status = problemsOf(current).length === 0 ? "ok" : "degraded";
      sendJson(response, 200, isKnown ? {status, ...current} : {status});
    } else if (path === "/readyz") {
      const problems = problemsOf(health());
      const isReady = problems.every(({passes}) => passes);
      sendJson(response, isReady ? 200 : 503, isKnown ? {ready: isReady, problems} : {ready: isReady});
    } else if (path === "/metrics" && !isKnown) {
      response.setHeader("www-authenticate", "Bearer");
      sendJson(response, 401, {error: "token missing or wrong"});
    } else if (path === "/metrics") {
      observeHealth(metrics, health(), now());
      send(response, 200, metrics.registry.contentType, await metrics.registry.metrics());
    } else sendJson(response, 404, {error: "no such path"});
  };
}

/** What is wrong with feeds, store, snapshots and signals; empty if nothing is. */
function problemsOf({feeds, store, snapshots, signals}: Health): Problem[] {
  const problems = feeds.flatMap(feedProblems);
  if (store?.lastError) problems.push({about: "store", what: store.lastError});
  if (snapshots?.lastError) problems.push({about: "snapshots", what: snapshots.lastError});
  if (signals?.lastError) problems.push({about: "signals", what: signals.lastError});
  return problems;
}

function feedProblems({name, connected, lastError, gaps}: FeedStatus): Problem[] {
  const about = `feed ${name}`;
  if (!connected || lastError !== null) return [{about, what: lastError ?? "not connected"}];
  return gaps > 0 ? [{about, what: `${gaps} gaps that history has not filled yet`, passes: true}] : [];
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, "application/json", JSON.stringify(body));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {"content-type": type, "cache-control": "no-store", "x-content-type-options": "nosniff"});
  response.end(body);
}
