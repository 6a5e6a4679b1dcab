import {createHash, timingSafeEqual} from "node:crypto";
import type {IncomingHttpHeaders} from "node:http";
import {TOKEN_PROTOCOL_PREFIX} from "../../domain/token-protocol.js";

/** Whether a request bears the token; of a sidecar without one, every request does. */
export type TokenCheck = (headers: IncomingHttpHeaders) => boolean;

/** The shortest token that is taken. */
export const SHORTEST_TOKEN = 16;

/** A check that takes as long for a wrong token as for the right one. */
export function createTokenCheck(token: string | undefined): TokenCheck {
  if (token === undefined) return () => true;
  const right = digest(token);
  return (headers) => timingSafeEqual(digest(tokenOf(headers) ?? ""), right);
}

/** The token of a request: `Authorization: Bearer …`, else a sub-protocol that bears one. */
function tokenOf(headers: IncomingHttpHeaders): string | undefined {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "") ?? [];
  if (bearer !== undefined) return bearer;
  const protocols = (headers["sec-websocket-protocol"] ?? "").split(",").map((one) => one.trim());
  const borne = protocols.find((one) => one.startsWith(TOKEN_PROTOCOL_PREFIX));
  return borne && Buffer.from(borne.slice(TOKEN_PROTOCOL_PREFIX.length), "base64url").toString();
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
