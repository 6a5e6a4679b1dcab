/**
 * Whether a browser's page may connect: a page of this machine may while no other machine can, others must be listed. A
 * request without an origin does not come from a page (browsers always send one) and is let through.
 *
 * @param allowed origins as a browser writes them, `https://desk.example`
 * @param isLocal whether only this machine can reach the sidecar
 * @example
 * isAllowedOrigin("http://127.0.0.1:3000", []); // true
 * isAllowedOrigin("https://elsewhere.example", []); // false
 */
export function isAllowedOrigin(origin: string | undefined, allowed: readonly string[], isLocal = true): boolean {
  if (origin === undefined || allowed.includes(origin)) return true;
  return isLocal && URL.canParse(origin) && isLoopback(new URL(origin).hostname);
}

/** Whether a host name means this machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host === "::1" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/**
 * Whether a request was meant for this sidecar: its `Host` is this machine, or that of a page that may connect. A page
 * elsewhere whose name was made to mean this machine (DNS rebinding) sends its own name.
 */
export function isOwnHost(host: string | undefined, allowed: readonly string[]): boolean {
  const url = `http://${host}`;
  if (host === undefined || !URL.canParse(url)) return false;
  return isLoopback(new URL(url).hostname) || allowed.some((origin) => new URL(origin).host === host);
}
