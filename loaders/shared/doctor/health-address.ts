/**
 * Where the doctor asks the sidecar for its health: `SIDECAR_HEALTH_URL`; else `SIDECAR_URL`, if that is this machine;
 * else where it listens by `SIDECAR_HOST` and `SIDECAR_PORT`. The address that pages elsewhere are given is not asked: a
 * login stands before it, which must not be told the token.
 *
 * @returns `undefined` if `SIDECAR_HEALTH_URL` is no address of HTTP
 */
export function healthAddress(env: NodeJS.ProcessEnv): string | undefined {
  const told = env["SIDECAR_HEALTH_URL"];
  if (told) return toHealth(told);
  const pages = env["SIDECAR_URL"];
  if (pages && URL.canParse(pages) && isThisMachine(new URL(pages).hostname)) return toHealth(pages);
  const host = env["SIDECAR_HOST"] || "127.0.0.1";
  return toHealth(`http://${isEverywhere(host) ? "127.0.0.1" : host}:${env["SIDECAR_PORT"] || "8765"}`);
}

function toHealth(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!/^(http|ws)s?:$/.test(url.protocol)) return undefined;
  url.protocol = url.protocol.replace("ws", "http");
  if (url.pathname === "/") url.pathname = "/healthz";
  return url.href;
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\./.test(host);
}

/** Hosts that a server listens on to be reached by all its addresses. */
function isEverywhere(host: string): boolean {
  return host === "0.0.0.0" || host === "::" || host === "[::]";
}
