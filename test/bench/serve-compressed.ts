import {existsSync, readFileSync, statSync} from "node:fs";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {extname, join, normalize} from "node:path";
import {brotliCompressSync, gzipSync} from "node:zlib";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".parquet": "application/octet-stream"
};

export interface CompressedSite {
  readonly url: string;
  close(): void;
}

/** A built site on loopback, each file in one encoding: compressed when first asked for, and held from then on. */
export async function serveCompressed(dir: string, encoding: "gzip" | "br"): Promise<CompressedSite> {
  const held = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const file = fileOf(dir, new URL(request.url ?? "/", "http://localhost").pathname);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    const content = held.get(file) ?? compress(readFileSync(file), encoding);
    held.set(file, content);
    const type = types[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, {"content-type": type, "content-encoding": encoding, "content-length": content.length});
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const {port} = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    }
  };
}

function compress(bytes: Buffer, encoding: "gzip" | "br"): Buffer {
  return encoding === "gzip" ? gzipSync(bytes, {level: 9}) : brotliCompressSync(bytes);
}

/** Clean addresses, as a web server serves a built site. */
function fileOf(dir: string, path: string): string | undefined {
  const plain = join(dir, normalize(decodeURIComponent(path)));
  const candidates = path.endsWith("/") ? [join(plain, "index.html")] : [plain, `${plain}.html`];
  return candidates.find((file) => existsSync(file) && statSync(file).isFile());
}
