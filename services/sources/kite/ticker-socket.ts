import {type RawData, WebSocket} from "ws";
import {loginRemedy} from "./client.js";

/** Where the ticker is, which instruments it is asked for, by Kite's tokens, and who is told what it sends. */
export interface TickerSocketOptions {
  readonly socketUrl: string;
  readonly apiKey: string;
  readonly accessToken: string;
  readonly tokens: readonly number[];
  readonly onOpen: () => void;
  /** A binary frame: packets, or a heartbeat of one byte. */
  readonly onFrame: (frame: Uint8Array) => void;
  /** A text frame: an order's update, an error or a message. */
  readonly onText: (text: string) => void;
}

/** One connection to Kite's ticker. */
export interface TickerSocket {
  /** Resolves, and never rejects, with why it ended. */
  readonly closed: Promise<string>;
  close(): void;
}

const HANDSHAKE_MS = 10_000;
const MAX_FRAME_BYTES = 2 ** 20;

/** Connects, subscribes to all tokens in full mode, and hands over what comes. */
export function openTickerSocket(options: TickerSocketOptions): TickerSocket {
  const url = new URL(options.socketUrl);
  url.searchParams.set("api_key", options.apiKey);
  url.searchParams.set("access_token", options.accessToken);
  const socket = new WebSocket(url, {
    handshakeTimeout: HANDSHAKE_MS,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false
  });
  const closed = new Promise<string>((resolve) => {
    socket.on("unexpected-response", (request, response) => {
      request.destroy();
      const isRefused = response.statusCode === 403 || response.statusCode === 401;
      resolve(isRefused ? `access token refused; ${loginRemedy}` : `the ticker answers ${response.statusCode}`);
    });
    // The address is not repeated: its query holds the token.
    socket.on("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code ?? error.message.replaceAll(url.search, ""))
    );
    socket.on("close", (code) => resolve(`the ticker closed the connection (${code})`));
  });
  socket.on("open", () => {
    socket.send(JSON.stringify({a: "subscribe", v: options.tokens}));
    socket.send(JSON.stringify({a: "mode", v: ["full", options.tokens]}));
    options.onOpen();
  });
  socket.on("message", (data, isBinary) => {
    if (isBinary) options.onFrame(toBytes(data));
    else options.onText(toBytes(data).toString());
  });
  return {closed, close: () => socket.terminate()};
}

function toBytes(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? Buffer.from(data) : data;
}
