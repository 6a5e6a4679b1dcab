import {createHash, randomBytes} from "node:crypto";
import type {Faults} from "../venue/faults.js";

/** Who may enter: the app, its secret, the token of a login, and the access token that is good today. */
export interface KiteKeys {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly requestToken: string;
  readonly accessToken: string;
}

/** The one session of the simulated Kite. */
export interface KiteSession {
  readonly apiKey: string;
  /** Whether this pair opens the door now. */
  admits(apiKey: string | null | undefined, accessToken: string | null | undefined, path: string): boolean;
  /** A new access token for a request token, or `undefined` where the checksum or the token is wrong. */
  exchange(requestToken: string, checksum: string): string | undefined;
  end(): void;
}

/** A session that begins with the access token of *keys*; a dead token is raised by an exchange. */
export function createSession({apiKey, apiSecret, requestToken, accessToken}: KiteKeys, faults: Faults): KiteSession {
  let current: string | undefined = accessToken;
  return {
    apiKey,
    admits(key, token, path) {
      const isDead = faults.meet("dead-token", path) !== undefined;
      return !isDead && current !== undefined && key === apiKey && token === current;
    },
    exchange(given, checksum) {
      const expected = createHash("sha256")
        .update(apiKey + requestToken + apiSecret)
        .digest("hex");
      if (given !== requestToken || checksum !== expected) return undefined;
      faults.clear("dead-token");
      current = randomBytes(16).toString("hex");
      return current;
    },
    end() {
      current = undefined;
    }
  };
}

/** Key and token of `Authorization: token api_key:access_token`. */
export function readAuthorization(header: string | undefined): readonly [string | undefined, string | undefined] {
  const [, key, token] = /^token ([^:]+):(.+)$/.exec(header ?? "") ?? [];
  return [key, token];
}
