import pRetry from "p-retry";
import pThrottle from "p-throttle";
import {SourceError} from "../domain/source-error.js";
import type {EpochMs} from "../domain/time.js";
import type {SourceEffects} from "./effects.js";
import {readBody} from "./read-body.js";

/** At most `count` requests begin within any `perMs`. */
export interface RateLimit {
  readonly count: number;
  readonly perMs: number;
}

/** How one source is reached, and how long and how often a request is tried. */
export interface HttpOptions {
  /** The source's name in settings, with which messages begin. */
  readonly name: string;
  /** Address that paths are added to. */
  readonly baseUrl: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Time for one try, from the request to the reply's last byte. */
  readonly timeoutMs?: number; // 15 s
  /** Tries after the first, for what may pass: no connection, a timeout, 429 and 5xx. */
  readonly retries?: number; // 3
  /** Pause before the second try; it doubles, with jitter. */
  readonly backoffMs?: number; // 300 ms
  readonly maxBytes?: number; // 64 MiB; a longer reply is refused
}

/** One request: a GET, or a POST where it has a form. */
export interface HttpRequest {
  /** Path and query below the base address. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A form to post; such a request is not tried again, for the first may have been heard. */
  readonly form?: URLSearchParams;
  readonly signal?: AbortSignal | undefined;
}

/** A reply with a status below 500, whole. */
export interface HttpReply {
  readonly status: number;
  readonly text: string;
  readonly receivedTime: EpochMs;
}

/** Sends requests of one kind, within their rate limit. */
export type HttpClient = (request: HttpRequest) => Promise<HttpReply>;

const MEBIBYTE = 2 ** 20;

/**
 * Requests to one source: timeout, retry with backoff and jitter, rate limit, bounded replies, no redirects (which
 * could carry a token elsewhere).
 *
 * @param limits one client for each, sharing everything else
 * @throws {SourceError} from the clients: SOURCE_UNAVAILABLE when all tries failed, SOURCE_BAD_DATA for a reply too large
 */
export function createHttp(
  options: HttpOptions,
  limit: RateLimit,
  effects: Pick<SourceEffects, "fetch" | "now" | "sleep">
): HttpClient {
  const {name, retries = 3, backoffMs = 300} = options;
  const throttle = pThrottle({limit: limit.count, interval: limit.perMs, strict: true});
  const send = throttle((request: HttpRequest) => attempt(options, request, effects));
  return (request) =>
    pRetry(() => send(request), {
      retries: request.form === undefined ? retries : 0,
      minTimeout: backoffMs,
      maxTimeout: 20_000,
      factor: 2,
      randomize: true,
      ...(request.signal === undefined ? {} : {signal: request.signal}),
      shouldRetry: ({error}) => error instanceof PassingFault,
      onFailedAttempt: async ({error, retriesLeft}) => {
        if (error instanceof PassingFault && retriesLeft > 0) await effects.sleep(error.waitMs, request.signal);
      }
    }).catch((error: unknown) => {
      if (error instanceof PassingFault)
        throw new SourceError("SOURCE_UNAVAILABLE", `${name}: ${error.message}`, {cause: error.cause});
      throw error;
    });
}

/** A fault that may pass by itself. */
class PassingFault extends Error {
  readonly waitMs: number;

  constructor(message: string, waitMs: number, options?: ErrorOptions) {
    super(message, options);
    this.waitMs = waitMs;
  }
}

async function attempt(
  options: HttpOptions,
  request: HttpRequest,
  effects: Pick<SourceEffects, "fetch" | "now">
): Promise<HttpReply> {
  const {name, baseUrl, timeoutMs = 15_000, maxBytes = 64 * MEBIBYTE} = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const url = baseUrl.replace(/\/+$/, "") + request.path;
  const where = `${new URL(url).origin}${new URL(url).pathname}`;
  try {
    const response = await effects.fetch(url, {
      headers: {accept: "*/*", ...options.headers, ...request.headers},
      redirect: "error",
      signal: request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal]),
      ...(request.form === undefined ? {} : {method: "POST", body: request.form})
    });
    const text = await readBody(response, maxBytes, `${name}: ${where}`);
    if (response.status >= 500 || response.status === 429)
      throw new PassingFault(`${where} answers ${response.status}: ${text.slice(0, 200)}`, retryAfterMs(response));
    return {status: response.status, text, receivedTime: effects.now()};
  } catch (error) {
    if (error instanceof PassingFault || error instanceof SourceError || request.signal?.aborted) throw error;
    const reason = timeout.aborted ? `no answer within ${timeoutMs} ms` : describe(error);
    throw new PassingFault(`unable to fetch ${where}: ${reason}`, 0, {cause: error});
  }
}

/** What the venue asks us to wait, at most a minute. */
function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get("retry-after"));
  return seconds > 0 ? Math.min(seconds, 60) * 1000 : 0;
}

/** `fetch` hides the reason in its cause. */
function describe(error: unknown): string {
  const {message = String(error), cause} = error as {message?: string; cause?: {code?: string; message?: string}};
  return cause?.code ?? cause?.message ?? message;
}
