import {demoCalendars} from "../../services/demo/calendars.js";
import {type Kite, startKite} from "../../services/demo/kite/kite.js";
import {type Bridge, startBridge} from "../../services/demo/mt5/bridge.js";
import {type BridgeQuirks, bridgeA, bridgeB} from "../../services/demo/mt5/quirks.js";
import {createTape} from "../../services/demo/tape/tape.js";
import {createTraderHistory} from "../../services/demo/trader/history.js";
import {traders} from "../../services/demo/trader/spec.js";
import type {EpochMs} from "../../services/domain/time.js";
import {defaultSourceEffects, type SourceEffects} from "../../services/sources/effects.js";
import {loadSettings} from "../../services/sources/settings/load-settings.js";
import type {Environment} from "../../services/sources/settings/reference.js";
import type {Settings} from "../../services/sources/settings/settings.js";

export const calendars = demoCalendars();
export const tape = createTape({seed: 1, calendars});
const bridgeToken = "a-bridge-token";
const keys = {
  apiKey: "an-api-key",
  apiSecret: "a-secret",
  requestToken: "a-request-token",
  accessToken: "an-access-token"
};

/** Simulated venues on loopback, as the real ones are reached: by settings and environment. */
export interface Venues {
  readonly a: Bridge;
  readonly b: Bridge;
  readonly kite: Kite;
  readonly settings: Settings;
  readonly env: Environment;
  readonly effects: SourceEffects;
  close(): Promise<void>;
}

export interface VenueOptions {
  readonly now: () => EpochMs;
  readonly quirksA?: Partial<BridgeQuirks>;
  readonly quirksB?: Partial<BridgeQuirks>;
}

export async function startVenues({now, quirksA, quirksB}: VenueOptions): Promise<Venues> {
  const start = (quirks: BridgeQuirks, i: number) => {
    const history = createTraderHistory(traders[i]!, tape, calendars["fx"]!);
    return startBridge({tape, history, quirks, token: bridgeToken, now});
  };
  const [a, b, kite] = await Promise.all([
    start({...bridgeA, ...quirksA}, 0),
    start({...bridgeB, ...quirksB}, 1),
    startKite({tape, keys, now})
  ]);
  const env = {
    MT5_API_URL: a.url,
    MT5_BRIDGE_TOKEN: bridgeToken,
    MT5_B_API_URL: b.url,
    MT5_B_BRIDGE_TOKEN: bridgeToken,
    KITE_API_URL: kite.url,
    KITE_WS_URL: kite.socketUrl,
    KITE_API_KEY: keys.apiKey,
    KITE_API_SECRET: keys.apiSecret,
    KITE_ACCESS_TOKEN: keys.accessToken
  };
  return {
    a,
    b,
    kite,
    settings: loadSettings({path: "data/demo.yaml", env: {}}),
    env,
    effects: {...defaultSourceEffects, now, env},
    close: async () => void (await Promise.all([a.close(), b.close(), kite.close()]))
  };
}

export {keys as kiteKeys};
