import {expect} from "vitest";
import {demoCalendars} from "../../services/demo/calendars.js";
import {type Bridge, startBridge} from "../../services/demo/mt5/bridge.js";
import type {BridgeQuirks} from "../../services/demo/mt5/quirks.js";
import {createTape} from "../../services/demo/tape/tape.js";
import {createTraderHistory} from "../../services/demo/trader/history.js";
import {type TraderSpec, traders} from "../../services/demo/trader/spec.js";

export type Row = Record<string, unknown> & {
  time: number;
  time_msc: number;
  open: number;
  high: number;
  low: number;
  close: number;
};

export const calendars = demoCalendars();
export const tape = createTape({seed: 1, calendars});
export const now = Date.UTC(2026, 10, 18, 10, 30, 15);
export const token = "a-token";
const bridges: Bridge[] = [];
export const [alpha, beta] = traders as readonly [TraderSpec, TraderSpec];
const histories = new Map(traders.map((spec) => [spec, createTraderHistory(spec, tape, calendars["fx"]!)]));

export async function start(quirks: BridgeQuirks, spec: TraderSpec, at = now, hasDefects = false): Promise<Bridge> {
  const history = histories.get(spec)!;
  const bridge = await startBridge({tape, history, quirks, token, now: () => at, hasDefects});
  bridges.push(bridge);
  return bridge;
}

export async function ask(bridge: Bridge, path: string, headers: Record<string, string> = {"x-bridge-token": token}) {
  const response = await fetch(bridge.url + path, {headers});
  const text = await response.text();
  return {
    status: response.status,
    text,
    body: response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text
  };
}

export async function rows(bridge: Bridge, path: string): Promise<Row[]> {
  const {status, body} = await ask(bridge, path);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

export function fault(bridge: Bridge, body: unknown, headers: Record<string, string> = {"x-sim-control": "yes"}) {
  return fetch(`${bridge.url}/_sim/fault`, {method: "POST", body: JSON.stringify(body), headers});
}

/** Stops every bridge that `start` started. */
export async function stopBridges(): Promise<void> {
  await Promise.all(bridges.map((bridge) => bridge.close()));
}
