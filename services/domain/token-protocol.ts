/** What a sub-protocol begins with that bears a token. */
export const TOKEN_PROTOCOL_PREFIX = "tapebook.token.";

/**
 * A token as a sub-protocol: a page cannot set a header on a WebSocket, and a token in an address would be logged.
 *
 * @param token visible ASCII
 * @returns the prefix and the token in base64url, which holds only what a sub-protocol may
 * @example
 * tokenProtocol("correct horse"); // "tapebook.token.Y29ycmVjdCBob3JzZQ"
 */
export function tokenProtocol(token: string): string {
  const base64 = btoa(token).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return TOKEN_PROTOCOL_PREFIX + base64;
}
