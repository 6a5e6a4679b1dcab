import {createHash} from "node:crypto";
import {SourceError} from "../../domain/source-error.js";
import {defaultSourceEffects, type SourceEffects} from "../effects.js";
import {createHttp} from "../http.js";
import {toJsonObject} from "../json-reader.js";
import {parseData, toSourceError} from "./client.js";

/** What Kite wants for a day's access token: the app's key and secret, and a person's login. */
export interface LoginOptions {
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** What the login page hands to the redirect address; good once, for some minutes. */
  readonly requestToken: string;
}

/** Where a person logs in to be given a request token. */
export function loginUrl(apiKey: string): string {
  return `https://kite.zerodha.com/connect/login?v=3&api_key=${encodeURIComponent(apiKey)}`;
}

/** SHA-256 of key, request token and secret, in hexadecimal: Kite's proof that we know the secret. */
export function sessionChecksum({apiKey, requestToken, apiSecret}: Omit<LoginOptions, "url">): string {
  return createHash("sha256")
    .update(apiKey + requestToken + apiSecret)
    .digest("hex");
}

/**
 * Exchanges a request token for the day's access token.
 *
 * @throws {SourceError} SOURCE_UNAUTHORIZED if the request token is stale or the secret wrong
 */
export async function exchangeSession(
  {url, ...keys}: LoginOptions,
  effects: Pick<SourceEffects, "fetch" | "now" | "sleep"> = defaultSourceEffects
): Promise<string> {
  const send = createHttp(
    {name: "kite", baseUrl: url, headers: {"x-kite-version": "3"}},
    {count: 1, perMs: 1_000},
    effects
  );
  const {apiKey, requestToken} = keys;
  const form = new URLSearchParams({api_key: apiKey, request_token: requestToken, checksum: sessionChecksum(keys)});
  const reply = await send({path: "/session/token", form});
  if (reply.status !== 200) throw toSourceError(reply, "kite: /session/token");
  return parseSession(parseData(reply, "kite: /session/token"), "kite: /session/token");
}

/**
 * The access token of a `/session/token` reply; nothing else of it is read.
 *
 * @throws {SourceError} SOURCE_BAD_DATA if there is none that a header could carry
 */
export function parseSession(data: unknown, where: string): string {
  const token = toJsonObject(data, where).text("access_token");
  if (!/^[!-~]{1,200}$/.test(token)) throw new SourceError("SOURCE_BAD_DATA", `${where}: no access token`);
  return token;
}
