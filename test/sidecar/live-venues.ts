import {type ChildProcess, type SpawnOptions, spawn} from "node:child_process";
import {once} from "node:events";
import {cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {createInterface} from "node:readline";
import {demoCalendars} from "../../services/demo/calendars.js";
import {startKite} from "../../services/demo/kite/kite.js";
import {startBridge} from "../../services/demo/mt5/bridge.js";
import {bridgeA} from "../../services/demo/mt5/quirks.js";
import {createTape} from "../../services/demo/tape/tape.js";
import {createTraderHistory} from "../../services/demo/trader/history.js";
import {traders} from "../../services/demo/trader/spec.js";

/** Two instruments, one of either venue. */
export const liveSettings = `
title: Sidecar test
simulated: true
display: {zone: UTC, locale: en-GB}
sources:
  bridge: {kind: mt5-bridge, url: {env: MT5_API_URL}, token: {env: MT5_BRIDGE_TOKEN}, clock: {zone: America/New_York, offsetHours: 7}}
  kite: {kind: kite, url: {env: KITE_API_URL}, socketUrl: {env: KITE_WS_URL}, apiKey: {env: KITE_API_KEY}, accessToken: {env: KITE_ACCESS_TOKEN}}
instruments:
  - {id: MT5:EURUSD, name: Euro, source: bridge, assetClass: fx, currency: USD, tickSize: 0.00001, contractSize: 100000, calendar: fx, live: true, timeframes: {1m: 5}}
  - {id: NSE:INFY, name: Infosys, source: kite, assetClass: equity, currency: INR, tickSize: 0.05, contractSize: 1, calendar: nse, live: true, timeframes: {1m: 5}}
`;

/** A running sidecar. */
export interface SidecarProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** Where a sidecar of these venues keeps its bars, and that it looks for signals in them. */
export const storeSettings = liveSettings.replace(
  "instruments:",
  `  store: {kind: postgres, url: {env: DATABASE_URL}}
analyzer: {targets: [{timeframes: [1m, 5m]}]}
instruments:`
);

/** What venues are started with besides the clock. */
export interface LiveVenuesOptions {
  readonly settings?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A simulated bridge and Kite over one tape, on a clock that starts at *start*, and sidecars of them as processes. */
export async function startLiveVenues(
  start: number,
  {settings = liveSettings, env: more = {}}: LiveVenuesOptions = {}
) {
  const shiftMs = Math.round(start - Date.now());
  const now = () => Date.now() + shiftMs;
  const calendars = demoCalendars();
  const tape = createTape({seed: 7, calendars});
  const history = createTraderHistory(traders[0]!, tape, calendars["fx"]!);
  const bridge = await startBridge({tape, history, quirks: bridgeA, token: "bridge-token", now});
  const keys = {apiKey: "key", apiSecret: "secret", requestToken: "request", accessToken: "access"};
  const kite = await startKite({tape, keys, now});
  const folder = mkdtempSync(join(tmpdir(), "sidecar-"));
  const path = join(folder, "settings.yaml");
  writeFileSync(path, settings);
  mkdirSync(join(folder, "data/reference"), {recursive: true});
  cpSync("data/reference/calendars.yaml", join(folder, "data/reference/calendars.yaml"));
  const children = new Set<ChildProcess>();
  const env = {
    ...{MT5_API_URL: bridge.url, MT5_BRIDGE_TOKEN: "bridge-token", KITE_API_URL: kite.url, KITE_WS_URL: kite.socketUrl},
    ...{KITE_API_KEY: "key", KITE_ACCESS_TOKEN: "access", TAPEBOOK_NOW_SHIFT_MS: String(shiftMs)},
    SIDECAR_LOG: "warn",
    ...{SIDECAR_JOURNAL: join(folder, "journal"), ...more}
  };

  /** @param limits commands of a shell that hold for the process, as `ulimit` */
  async function startSidecar(port = 0, limits?: string): Promise<SidecarProcess> {
    const program = resolve("services/sidecar/main.ts");
    const args = ["--import", import.meta.resolve("tsx"), program, "--port", String(port), "--settings", path];
    const io = {cwd: folder, stdio: ["ignore", "pipe", "inherit"]} satisfies SpawnOptions;
    const [command, given] =
      limits === undefined
        ? [process.execPath, args]
        : ["sh", ["-c", `${limits}; exec "$@"`, "sh", process.execPath, ...args]];
    const child = spawn(command as string, given as string[], {...io, env: {...process.env, ...env}});
    children.add(child);
    const ended = once(child, "exit").then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
    const line = await Promise.race([once(createInterface(child.stdout!), "line"), ended]);
    if (!Array.isArray(line)) throw new Error(`sidecar ended before it was ready: ${line}`);
    const {url} = JSON.parse(String(line[0])) as {url: string};
    return {url, child, ended};
  }

  async function stop(): Promise<void> {
    for (const child of children) child.kill("SIGKILL");
    await Promise.all([bridge.close(), kite.close()]);
    rmSync(folder, {recursive: true, force: true});
  }

  return {tape, calendars, now, env, folder, bridge, kite, startSidecar, stop};
}
