import {resolve} from "node:path";

/** A built site on loopback. */
export interface ServedSite {
  /** Its address with a final slash, base path included. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a built site as a plain web server would: clean URLs, the base path, nothing else. */
export async function serveSite(dir: string, {base = "/", port = 0} = {}): Promise<ServedSite> {
  const {preview} = await import("vite"); // half a second that most commands need not wait
  const server = await preview({
    configFile: false,
    appType: "mpa",
    root: resolve(dir, ".."),
    base,
    logLevel: "silent",
    build: {outDir: resolve(dir)},
    preview: {host: "127.0.0.1", port, strictPort: port !== 0}
  });
  const address = server.httpServer.address();
  const bound = typeof address === "object" && address ? address.port : port;
  return {url: `http://127.0.0.1:${bound}${base}`, close: () => server.close()};
}
