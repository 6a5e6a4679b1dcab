import {SourceError} from "../../domain/source-error.js";
import type {SourceEffects} from "../effects.js";
import {createHttp, type HttpClient, type HttpReply} from "../http.js";
import {parseJson, toJsonObject} from "../json-reader.js";

/** Where Kite Connect is, by which key and token it is asked, and how often: defaults as in `HttpOptions`. */
export interface KiteOptions {
  /** The source's name in settings. */
  readonly name: string;
  readonly url: string;
  readonly apiKey: string;
  readonly accessToken: string; // good until the next morning
  readonly timeoutMs?: number;
  readonly retries?: number;
  readonly backoffMs?: number;
}

/** What a request counts against. */
export type KiteLimit = "quote" | "historical" | "other";

/** Asks Kite Connect and knows nothing of what it answers. */
export interface KiteClient {
  readonly name: string;
  /**
   * The `data` of a reply, and what to call it in messages.
   *
   * @throws {SourceError} SOURCE_UNAUTHORIZED for a dead token, SOURCE_REFUSED with Kite's words, SOURCE_UNAVAILABLE
   */
  get(path: string, limit: KiteLimit, signal?: AbortSignal): Promise<{data: unknown; where: string}>;
  /** A reply that is no JSON, as the instruments' CSV. */
  getText(path: string, limit: KiteLimit, signal?: AbortSignal): Promise<{text: string; where: string}>;
}

/** What to do about a dead access token. */
export const loginRemedy = "access tokens die every morning: run `npm run tapebook -- login` for a new one";

/** A client of Kite Connect 3, within its limits: quotes 1 a second, historical 3, others 10. */
export function createKiteClient(
  {name, url, apiKey, accessToken, ...tries}: KiteOptions,
  effects: Pick<SourceEffects, "fetch" | "now" | "sleep">
): KiteClient {
  const headers = {authorization: `token ${apiKey}:${accessToken}`, "x-kite-version": "3"};
  const http = (count: number) => createHttp({name, baseUrl: url, headers, ...tries}, {count, perMs: 1_000}, effects);
  const clients: Readonly<Record<KiteLimit, HttpClient>> = {quote: http(1), historical: http(3), other: http(10)};
  const ask = async (path: string, limit: KiteLimit, signal: AbortSignal | undefined) => {
    const reply = await clients[limit]({path, signal});
    const where = `${name}: ${path.split("?")[0]}`;
    if (reply.status !== 200) throw toSourceError(reply, where);
    return {reply, where};
  };
  return {
    name,
    async get(path, limit, signal) {
      const {reply, where} = await ask(path, limit, signal);
      return {data: parseData(reply, where), where};
    },
    async getText(path, limit, signal) {
      const {reply, where} = await ask(path, limit, signal);
      return {text: reply.text, where};
    }
  };
}

/** @throws {SourceError} if the reply is not `{status: "success", data}` */
export function parseData(reply: HttpReply, where: string): unknown {
  const body = toJsonObject(parseJson(reply.text, where), where);
  if (body.text("status") !== "success") throw toSourceError(reply, where);
  return body.raw("data");
}

/** What Kite says is wrong, as a source's error. */
export function toSourceError({status, text}: HttpReply, where: string): SourceError {
  const {type, message} = errorOf(text);
  const words = `${where} answers ${status}: ${type}${message}`;
  if (status === 403 || status === 401 || type.startsWith("TokenException"))
    return new SourceError("SOURCE_UNAUTHORIZED", `${words}; ${loginRemedy}`);
  return new SourceError("SOURCE_REFUSED", words);
}

function errorOf(text: string): {type: string; message: string} {
  try {
    const {error_type: type, message} = JSON.parse(text) as {error_type?: unknown; message?: unknown};
    const isKites = typeof type === "string" && typeof message === "string";
    return isKites
      ? {type: `${type.slice(0, 40)}: `, message: message.slice(0, 200)}
      : {type: "", message: text.slice(0, 200)};
  } catch {
    return {type: "", message: text.slice(0, 200)};
  }
}
