import {randomUUID} from "node:crypto";
import {collectDefaultMetrics} from "prom-client";
import {loadSettings} from "../sources/settings/load-settings.js";
import {systemEffects, tapeEffects} from "./effects.js";
import {openEngine} from "./engine.js";
import {createEnvironment} from "./environment.js";
import {defaultLimits as limits} from "./limits.js";
import {helpText, parseOptions, type SidecarOptions} from "./options.js";
import {listen} from "./server.js";
import type {SnapshotResult} from "./snapshots/snapshot-desk.js";
import {tapeClock} from "./tape-clock.js";
import {createLog, createSecrets} from "./watch/log.js";
import {logStatus} from "./watch/log-status.js";
import {createMetrics} from "./watch/metrics.js";

const secrets = createSecrets(process.env);
try {
  const options = parseOptions(process.argv.slice(2), process.env);
  if (options) await run(options);
  else console.log(helpText);
} catch (error) {
  console.error(secrets.strike(`sidecar: ${error instanceof Error ? error.message : error}`));
  process.exitCode = 1;
}

async function run(options: SidecarOptions): Promise<void> {
  const {host, port, origins, token, logLevel, nowShiftMs} = options;
  const {settingsPath, journalFolder, snapshotFolder} = options;
  const write = (line: string) => void process.stderr.write(line);
  const log = createLog({level: logLevel, strike: secrets.strike, write});
  const metrics = createMetrics();
  collectDefaultMetrics({register: metrics.registry});
  const settings = loadSettings(settingsPath === undefined ? {} : {path: settingsPath});
  const tape = tapeClock(settings, process.env);
  const effects = tape ? tapeEffects(tape) : systemEffects(nowShiftMs);
  const boot = randomUUID();
  const environment = createEnvironment(process.env, ".env", secrets.learn);
  const parts = {settings, journalFolder, snapshotFolder, boot, limits, environment};
  const engine = await openEngine(parts, effects);
  const {hub, health, snapshots, stop: stopEngine} = engine;
  const context = {hub, limits, simulated: settings.site.simulated, boot, now: effects.now, metrics, log};
  logStatus(hub, log);
  const server = await listen({...context, host, port, origins, token, health}).catch(async (error: unknown) => {
    await stopEngine();
    throw error;
  });
  log.info({url: server.url, boot, hasToken: token !== undefined, origins}, "listening");
  console.log(JSON.stringify({ready: true, url: server.url}));
  const stop = (signal: string) => {
    log.info({signal}, "stopping");
    void server.close().then(stopEngine);
  };
  const tell = (results: readonly SnapshotResult[]) =>
    log[results.some(({error}) => error !== undefined) ? "warn" : "info"]({results}, "snapshots");
  process.on("SIGUSR2", () => void snapshots?.take().then(tell));
  process.once("SIGINT", stop).once("SIGTERM", stop);
}
