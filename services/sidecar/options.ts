import {parseArgs} from "node:util";
import {parseClockShift} from "../sources/clock-shift.js";
import {isLoopback} from "./clients/origins.js";
import {SHORTEST_TOKEN} from "./clients/token.js";

/** Where and how a sidecar runs, from its flags and environment. */
export interface SidecarOptions {
  readonly host: string;
  readonly port: number;
  readonly origins: readonly string[];
  /** What clients must bear; there is one whenever *host* is beyond loopback. */
  readonly token: string | undefined;
  readonly logLevel: LogLevel;
  /** The settings file; `undefined` for the project's own. */
  readonly settingsPath: string | undefined;
  /** Where the journal of bars lies that are not stored yet. */
  readonly journalFolder: string;
  /** Where live snapshots are put; none are taken without it. */
  readonly snapshotFolder: string | undefined;
  /** How far the clock is ahead of the machine's; the demo's is often behind. */
  readonly nowShiftMs: number;
}

const logLevels = ["trace", "debug", "info", "warn", "error", "silent"] as const;
type LogLevel = (typeof logLevels)[number];

/** What `--help` prints. */
export const helpText = `usage: npm run sidecar -- [options]

Hears the feeds of the instruments that settings call live, builds their bars from 1s to 1d,
and tells pages both over WebSocket: docs/protocol.md.

  --host HOST        where to listen (SIDECAR_HOST, else 127.0.0.1)
  --port PORT        0 for any free one (SIDECAR_PORT, else 8765)
  --origin ORIGIN    let in pages of this origin, as https://desk.example; may be repeated
                     (SIDECAR_ORIGINS, separated by commas). Pages of this machine may while the host is loopback.
  --settings FILE    the settings file (TAPEBOOK_SETTINGS, else data/settings.yaml, else the demo profile)
  --journal DIR      where bars wait on disk until the database holds them (SIDECAR_JOURNAL, else .tapebook/journal)
  --snapshots DIR    where to put snapshots of live bars at each session's end, and on SIGUSR2 (SIDECAR_SNAPSHOTS; else none)
  --help

Where settings have a source named store of kind postgres, and its variable is set, bars are stored there.

  SIDECAR_TOKEN           what clients must bear, 16 or more visible characters; needed beyond loopback.
                          In the environment only: a flag can be read by everyone on the machine.
  SIDECAR_LOG             trace, debug, info (the default), warn, error or silent; lines go to standard error
  TAPEBOOK_NOW_SHIFT_MS   how far the clock is ahead of the machine's, in ms (the demo sets it)

Prints {"ready":true,"url":"ws://…"} on one line when it listens. SIGINT or SIGTERM stops it: clients are told (1001).
GET /healthz, /readyz and /metrics say how it is.`;

/**
 * A sidecar's options from its arguments and environment; an argument goes before a variable.
 *
 * @returns `undefined` if help was asked for
 * @throws {RangeError} naming the flag or variable, what was found and what would do
 */
export function parseOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>
): SidecarOptions | undefined {
  const {values} = parseFlags(args);
  if (values.help) return undefined;
  const host = values.host ?? (env["SIDECAR_HOST"] || "127.0.0.1");
  return {
    host,
    token: parseToken(env["SIDECAR_TOKEN"] || undefined, host),
    logLevel: parseLogLevel(env["SIDECAR_LOG"] || "info"),
    port: parsePort(values.port ?? (env["SIDECAR_PORT"] || "8765")),
    origins: (values.origin ?? (env["SIDECAR_ORIGINS"] ?? "").split(","))
      .map((one) => one.trim())
      .filter(Boolean)
      .map(parseOrigin),
    settingsPath: values.settings,
    journalFolder: values.journal ?? (env["SIDECAR_JOURNAL"] || ".tapebook/journal"),
    snapshotFolder: values.snapshots ?? (env["SIDECAR_SNAPSHOTS"] || undefined),
    nowShiftMs: parseClockShift(env)
  };
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        host: {type: "string"},
        port: {type: "string"},
        origin: {type: "string", multiple: true},
        settings: {type: "string"},
        journal: {type: "string"},
        snapshots: {type: "string"},
        help: {type: "boolean"}
      }
    });
  } catch (error) {
    throw new RangeError(`${(error as Error).message} (see --help)`);
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!(Number.isInteger(port) && port >= 0 && port < 65_536))
    throw new RangeError(`invalid port: ${text} (0 to 65535)`);
  return port;
}

function parseOrigin(text: string): string {
  if (!URL.canParse(text) || new URL(text).origin !== text)
    throw new RangeError(`invalid origin: ${text} (scheme and host, as https://desk.example)`);
  return text;
}

function parseToken(token: string | undefined, host: string): string | undefined {
  if (token === undefined && !isLoopback(host))
    throw new RangeError(`unable to listen on ${host} without SIDECAR_TOKEN (as from: openssl rand -hex 32)`);
  if (token !== undefined && !(token.length >= SHORTEST_TOKEN && /^[\x21-\x7e]+$/.test(token)))
    throw new RangeError(`invalid SIDECAR_TOKEN (${SHORTEST_TOKEN} or more visible ASCII characters, no space)`);
  return token;
}

function parseLogLevel(text: string): LogLevel {
  const level = logLevels.find((one) => one === text);
  if (level === undefined) throw new RangeError(`invalid SIDECAR_LOG: ${text} (${logLevels.join(", ")})`);
  return level;
}
