import {parseArgs} from "node:util";
import {type EpochMs, parseIso} from "../domain/time.js";

/** What the demo was asked for on its command line. */
export interface DemoOptions {
  readonly help: boolean;
  readonly seed: number;
  /** Where the demo's clock starts; the real time, or a moment when markets are open, by default. */
  readonly now: EpochMs | undefined;
  readonly stateDir: string;
  readonly truthFile: string | undefined;
  /** Whether the venues show their planted defects. */
  readonly hasDefects: boolean;
  readonly ports: Readonly<Record<"mt5A" | "mt5B" | "kite" | "postgres", number | undefined>>;
}

/** How the demo is called. */
export const usage = `Usage: npm run demo -- [options]

Starts the simulated venues on this machine: two MetaTrader 5 bridges, Kite (REST and WebSocket) and a PostgreSQL.
Prints one line of JSON when they are ready, {"ready":true,"env":{…}}, with the addresses and tokens that Tapebook
reads from its environment. Runs until it is interrupted (Ctrl-C) and stops all it started.

  --now <time>            where the demo's clock starts, as 2026-11-18T05:30:00Z
                          (default: now, or the last hour at which all markets were open)
  --seed <number>         another market (default 1)
  --state-dir <folder>    where the database is kept between runs (default .tapebook)
  --truth <file>          write what was planted in the data to a file
  --no-defects            serve the data as it is: no gap, no row twice, no bar restated
  --mt5-a-port, --mt5-b-port, --kite-port, --postgres-port <port>
                          ports on 127.0.0.1 (default: any that is free)
  --help                  show this`;

const text = {type: "string"} as const;

/**
 * The demo's options from its arguments.
 *
 * @throws {RangeError} naming the option and what was found
 */
export function parseOptions(args: readonly string[]): DemoOptions {
  const {values} = parseArgs({
    args: [...args],
    options: {
      ...{help: {type: "boolean", short: "h"}, now: text, seed: text, "state-dir": text, truth: text},
      "no-defects": {type: "boolean"},
      ...{"mt5-a-port": text, "mt5-b-port": text, "kite-port": text, "postgres-port": text}
    }
  });
  const port = (name: "mt5-a-port" | "mt5-b-port" | "kite-port" | "postgres-port") =>
    values[name] === undefined ? undefined : wholeNumber(`--${name}`, values[name], 65_535);
  return {
    help: values.help ?? false,
    seed: wholeNumber("--seed", values.seed ?? "1", 0xffff_ffff),
    now: values.now === undefined ? undefined : moment(values.now),
    stateDir: values["state-dir"] ?? ".tapebook",
    truthFile: values.truth,
    hasDefects: values["no-defects"] !== true,
    ports: {
      mt5A: port("mt5-a-port"),
      mt5B: port("mt5-b-port"),
      kite: port("kite-port"),
      postgres: port("postgres-port")
    }
  };
}

function wholeNumber(option: string, value: string, most: number): number {
  const number = Number(value);
  if (!(/^\d+$/.test(value) && number <= most))
    throw new RangeError(`invalid ${option}: ${value}; a whole number from 0 to ${most}`);
  return number;
}

function moment(value: string): EpochMs {
  try {
    return parseIso(value);
  } catch {
    throw new RangeError(`invalid --now: ${value}; a time with its zone, as 2026-11-18T05:30:00Z`);
  }
}
