import {SourceError} from "../../domain/source-error.js";
import type {EpochMs} from "../../domain/time.js";
import type {SourceEffects} from "../effects.js";
import {createHttp, type HttpReply} from "../http.js";
import {parseJson} from "../json-reader.js";

/** Where a bridge is, its token where it wants one, and how often it is tried: defaults as in `HttpOptions`. */
export interface BridgeOptions {
  /** The source's name in settings. */
  readonly name: string;
  readonly url: string;
  readonly token?: string;
  readonly timeoutMs?: number;
  readonly retries?: number;
  readonly backoffMs?: number;
}

/** A parsed reply of the bridge, and what to call it in messages. */
export interface BridgeReply {
  readonly body: unknown;
  readonly where: string;
  readonly receivedTime: EpochMs;
}

/** Asks the bridge and knows nothing of what it answers. */
export interface BridgeClient {
  readonly name: string;
  /** @throws {SourceError} SOURCE_UNAUTHORIZED, SOURCE_REFUSED for a 4xx with the bridge's words, SOURCE_UNAVAILABLE */
  get(route: string, query?: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<BridgeReply>;
}

/** A terminal on the same machine: enough for the stops of some hundred orders in a second. */
const limit = {count: 500, perMs: 1_000};

/** A client of a MetaTrader 5 terminal's REST bridge. */
export function createBridgeClient(
  {name, url, token, ...tries}: BridgeOptions,
  effects: Pick<SourceEffects, "fetch" | "now" | "sleep">
): BridgeClient {
  const headers = token === undefined ? {} : {"x-bridge-token": token};
  const send = createHttp({name, baseUrl: url, headers, ...tries}, limit, effects);
  return {
    name,
    async get(route, query = {}, signal) {
      const search = new URLSearchParams(query).toString();
      const reply = await send({path: search === "" ? route : `${route}?${search}`, signal});
      const where = `${name}: ${route}`;
      if (reply.status !== 200) throw refusal(reply, where);
      return {body: parseJson(reply.text, where), where, receivedTime: reply.receivedTime};
    }
  };
}

/** A refusal with its status, so that a caller can tell a missing route from a missing parameter. */
export class BridgeRefusal extends SourceError {
  readonly status: number;

  constructor(status: number, message: string) {
    super("SOURCE_REFUSED", message);
    this.status = status;
  }
}

function refusal({status, text}: HttpReply, where: string): SourceError {
  const words = `${where} answers ${status}: ${errorText(text)}`;
  if (status === 401 || status === 403)
    return new SourceError("SOURCE_UNAUTHORIZED", `${words}; check the token in the environment`);
  return new BridgeRefusal(status, words);
}

function errorText(text: string): string {
  try {
    const {error} = JSON.parse(text) as {error?: unknown};
    return typeof error === "string" ? error.slice(0, 200) : text.slice(0, 200);
  } catch {
    return text.slice(0, 200);
  }
}
