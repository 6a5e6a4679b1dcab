import {randomBytes} from "node:crypto";
import {join} from "node:path";
import {setImmediate as nextTurn} from "node:timers/promises";
import {DAY_MS, type EpochMs} from "../domain/time.js";
import {demoCalendars} from "./calendars.js";
import {clockShift} from "./demo-clock.js";
import {startKite} from "./kite/kite.js";
import {startBridge} from "./mt5/bridge.js";
import {type BridgeQuirks, bridgeA, bridgeB} from "./mt5/quirks.js";
import type {DemoOptions} from "./options.js";
import {startPostgres} from "./postgres.js";
import {fillStore} from "./store.js";
import {createTape, type Tape} from "./tape/tape.js";
import {createTraderHistory, type TraderHistory} from "./trader/history.js";
import {traders} from "./trader/spec.js";
import {type DemoTruth, demoTruth} from "./truth.js";

/** The demo's venues, running. */
export interface Venues {
  /** Where they are and what opens them, as the environment variables that Tapebook reads. */
  readonly env: Readonly<Record<string, string>>;
  readonly shiftMs: number;
  truth(): DemoTruth;
  stop(): Promise<void>;
}

/** The part of the demo's options that its venues need. */
export type VenueOptions = Pick<DemoOptions, "seed" | "now" | "stateDir" | "hasDefects" | "ports">;

/**
 * Starts two bridges, Kite and a filled PostgreSQL over one tape, on loopback.
 *
 * @param log told of each step
 * @throws {Error} if one of them cannot start; those that did are stopped
 */
export async function startVenues(options: VenueOptions, log: (line: string) => void = () => {}): Promise<Venues> {
  const calendars = demoCalendars();
  const shiftMs = shiftOf(options, calendars);
  const now = () => Date.now() + shiftMs;
  const running = createStops();
  try {
    log("starting PostgreSQL");
    const dir = join(options.stateDir, "postgres");
    const starting = running.add(startPostgres({dir, log, ...optional("port", options.ports.postgres)}), "stop");
    starting.catch(() => undefined); // awaited below
    const tape = createTape({seed: options.seed, calendars});
    const histories = traders.map((spec) => createTraderHistory(spec, tape, calendars["fx"]!));
    const env = await startServers(options, tape, histories, now, running);
    await warm(histories, now());
    const {url} = await starting;
    log("filling the database");
    log(`${await fillStore(url, tape, now(), options.hasDefects)} bars added`);
    return {
      env: {DATABASE_URL: url, ...env, TAPEBOOK_NOW_SHIFT_MS: String(shiftMs)},
      ...{shiftMs, stop: running.stop, truth: () => demoTruth(tape, histories, now(), options.hasDefects)}
    };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

function shiftOf({now}: VenueOptions, {fx, nse}: ReturnType<typeof demoCalendars>): number {
  const real = Date.now();
  return now === undefined ? clockShift(real, [fx!, nse!]) : now - real;
}

type Stops = ReturnType<typeof createStops>;

/** What has been started, to be stopped together. */
function createStops() {
  const stops: Promise<() => Promise<void>>[] = [];
  return {
    add<K extends string, T extends Readonly<Record<K, () => Promise<void>>>>(
      starting: Promise<T>,
      end: K
    ): Promise<T> {
      stops.push(
        starting.then(
          (started) => () => started[end](),
          () => async () => {}
        )
      );
      return starting;
    },
    async stop(): Promise<void> {
      await Promise.allSettled(stops.splice(0).map(async (each) => (await each)()));
    }
  };
}

async function startServers(
  {ports, hasDefects}: VenueOptions,
  tape: Tape,
  histories: readonly TraderHistory[],
  now: () => EpochMs,
  running: Stops
) {
  const tokens = createTokens();
  const bridge = (at: number, quirks: BridgeQuirks, token: string, port: number | undefined) => {
    const shown = {
      tape,
      quirks,
      token,
      now,
      history: histories[at]!,
      hasDefects: hasDefects && at === 0,
      ...optional("port", port)
    };
    return running.add(startBridge(shown), "close");
  };
  const [a, b, kite] = await Promise.all([
    bridge(0, bridgeA, tokens.a, ports.mt5A),
    bridge(1, bridgeB, tokens.b, ports.mt5B),
    running.add(startKite({tape, keys: tokens.kite, now, ...optional("port", ports.kite)}), "close")
  ]);
  return {
    ...{MT5_API_URL: a.url, MT5_BRIDGE_TOKEN: tokens.a, MT5_B_API_URL: b.url, MT5_B_BRIDGE_TOKEN: tokens.b},
    ...{KITE_API_URL: kite.url, KITE_WS_URL: kite.socketUrl, KITE_API_KEY: tokens.kite.apiKey},
    ...{KITE_API_SECRET: tokens.kite.apiSecret, KITE_ACCESS_TOKEN: tokens.kite.accessToken},
    KITE_REQUEST_TOKEN: tokens.kite.requestToken
  };
}

/**
 * Histories are worked out while the database starts, so that the first question is answered at once; a month at a time,
 * for what the database says must be heard meanwhile.
 */
async function warm(histories: readonly TraderHistory[], now: EpochMs): Promise<void> {
  for (const history of histories)
    for (let months = 30; months >= 0; --months) {
      history.deals(now - months * 30 * DAY_MS);
      await nextTurn();
    }
}

function createTokens() {
  const token = () => randomBytes(16).toString("hex");
  const kite = {apiKey: token().slice(0, 16), apiSecret: token(), requestToken: token(), accessToken: token()};
  return {a: token(), b: token(), kite};
}

function optional<K extends string, T>(key: K, value: T | undefined): Partial<Record<K, T>> {
  return value === undefined ? {} : ({[key]: value} as Partial<Record<K, T>>);
}
