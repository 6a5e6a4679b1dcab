import type {IncomingMessage} from "node:http";
import {isAllowedOrigin} from "./origins.js";
import type {TokenCheck} from "./token.js";

/** Why a client is not let in. */
export interface Refusal {
  readonly reason: "path" | "origin" | "token" | "full";
  /** The status line's, for programs. */
  readonly status: string;
  /** For a page, which cannot see a status: it is let in and closed at once. Without one it gets the status too. */
  readonly closeCode?: number;
  readonly message: string;
}

/** Who may come in. */
export interface DoorOptions {
  readonly paths: readonly string[];
  readonly origins: readonly string[];
  /** Whether only this machine can reach the sidecar; then its own pages may come in unlisted. */
  readonly isLocal: boolean;
  readonly hasToken: TokenCheck;
  readonly isFull: () => boolean;
}

/** Close code for a page without the right token. */
export const CLOSE_UNAUTHORIZED = 4001;
/** Close code for a page that may try again when others have left. */
export const CLOSE_FULL = 1013;

/** A door: says of a request for a WebSocket why it is refused, or `undefined` if it is welcome. */
export function createDoor({paths, origins, isLocal, hasToken, isFull}: DoorOptions) {
  return ({url = "", headers}: IncomingMessage): Refusal | undefined => {
    if (!paths.includes(url.split("?")[0]!)) return {reason: "path", status: "404 Not Found", message: "no such path"};
    if (!isAllowedOrigin(headers.origin, origins, isLocal))
      return {reason: "origin", status: "403 Forbidden", message: "pages of this origin may not connect"};
    if (!hasToken(headers))
      return {
        reason: "token",
        status: "401 Unauthorized",
        closeCode: CLOSE_UNAUTHORIZED,
        message: "token missing or wrong"
      };
    if (isFull())
      return {reason: "full", status: "503 Service Unavailable", closeCode: CLOSE_FULL, message: "too many clients"};
    return undefined;
  };
}
