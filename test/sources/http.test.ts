import {createServer, type IncomingMessage, type Server, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {afterEach, describe, expect, it} from "vitest";
import {defaultSourceEffects} from "../../services/sources/effects.js";
import {createHttp, type HttpOptions} from "../../services/sources/http.js";
import {exchangeSession, sessionChecksum} from "../../services/sources/kite/login.js";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

async function serve(handler: Handler) {
  let count = 0;
  const server = createServer((request, response) => handler(request, response, ++count));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, count: () => count};
}

const client = (baseUrl: string, options: Partial<HttpOptions> = {}, limit = {count: 1_000, perMs: 1_000}) =>
  createHttp({name: "venue", baseUrl, backoffMs: 5, ...options}, limit, defaultSourceEffects);

describe("a request", () => {
  it("is tried again after a fault that may pass, and gives the first good answer", async () => {
    const {url, count} = await serve((_, response, n) => {
      if (n === 1) response.destroy();
      else response.writeHead(n === 2 ? 503 : 200).end(`answer ${n}`);
    });
    expect(await client(url)({path: "/x"})).toMatchObject({status: 200, text: "answer 3"});
    expect(count()).toBe(3);
  });

  it("is not tried again after a refusal", async () => {
    const {url, count} = await serve((_, response) => response.writeHead(400).end("no"));
    expect((await client(url)({path: "/x"})).status).toBe(400);
    expect(count()).toBe(1);
  });

  it("ends when tries are used up, with address, status and words, and without its query", async () => {
    const {url, count} = await serve((_, response) => response.writeHead(500).end("broken"));
    await expect(client(url, {retries: 2})({path: "/x?token=secret"})).rejects.toMatchObject({
      code: "SOURCE_UNAVAILABLE",
      message: `venue: ${url}/x answers 500: broken`
    });
    expect(count()).toBe(3);
  });

  it("is given up after its time, at the head or within the body", async () => {
    const head = await serve(() => {});
    await expect(client(head.url, {timeoutMs: 100, retries: 0})({path: "/x"})).rejects.toThrow(
      /no answer within 100 ms/
    );
    const body = await serve((_, response) => void response.writeHead(200).write("part"));
    await expect(client(body.url, {timeoutMs: 100, retries: 0})({path: "/x"})).rejects.toThrow(
      /no answer within 100 ms/
    );
  });

  it("reads no more than it may", async () => {
    const {url} = await serve((_, response) => response.end("x".repeat(100_000)));
    await expect(client(url, {maxBytes: 1_000})({path: "/x"})).rejects.toMatchObject({
      code: "SOURCE_BAD_DATA",
      message: expect.stringMatching(/longer than 1000 bytes/)
    });
  });

  it("refuses what is no UTF-8, and a redirect, which could carry a token elsewhere", async () => {
    const odd = await serve((_, response) => response.end(Buffer.from([0xff, 0xfe, 0x41])));
    await expect(client(odd.url)({path: "/x"})).rejects.toThrow(/not UTF-8/);
    const redirect = await serve((_, response) => response.writeHead(302, {location: "http://127.0.0.1:1/"}).end());
    await expect(client(redirect.url, {retries: 0})({path: "/x"})).rejects.toThrow(/unable to fetch/);
  });

  it("waits as long as the venue asks", async () => {
    const {url} = await serve((_, response, n) =>
      n === 1 ? response.writeHead(429, {"retry-after": "0.3"}).end() : response.end("ok")
    );
    const began = performance.now();
    await client(url)({path: "/x"});
    expect(performance.now() - began).toBeGreaterThan(290);
  });

  it("keeps to its limit, however many are asked at once", async () => {
    const times: number[] = [];
    const {url} = await serve((_, response) => {
      times.push(performance.now());
      response.end("ok");
    });
    const limited = client(url, {}, {count: 3, perMs: 200});
    await Promise.all(Array.from({length: 9}, () => limited({path: "/x"})));
    for (let i = 3; i < times.length; ++i) expect(times[i]! - times[i - 3]!).toBeGreaterThan(170);
  });

  it("ends at once when it is called off", async () => {
    const {url} = await serve(() => {});
    const controller = new AbortController();
    const pending = client(url)({path: "/x", signal: controller.signal});
    setTimeout(() => controller.abort(new Error("enough")), 30);
    await expect(pending).rejects.toThrow("enough");
  });

  it("says what a dead address is", async () => {
    const {url} = await serve(() => {});
    const server = servers.pop()!;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(client(url, {retries: 1})({path: "/x"})).rejects.toMatchObject({
      code: "SOURCE_UNAVAILABLE",
      message: `venue: unable to fetch ${url}/x: ECONNREFUSED`
    });
  });
});

describe("Kite's login exchange", () => {
  const keys = {apiKey: "key", apiSecret: "secret", requestToken: "request"};
  it("posts the checksum once and gives the day's token", async () => {
    let form = "";
    const {url, count} = await serve((request, response) => {
      request.on("data", (chunk) => {
        form += chunk;
      });
      request.on("end", () => response.end('{"status":"success","data":{"access_token":"fresh"}}'));
    });
    expect(await exchangeSession({url, ...keys})).toBe("fresh");
    expect(Object.fromEntries(new URLSearchParams(form))).toEqual({
      api_key: "key",
      request_token: "request",
      checksum: sessionChecksum(keys)
    });
    expect(count()).toBe(1);
  });

  it("tells a stale request token, and does not post twice after a 5xx", async () => {
    const stale = await serve((_, response) =>
      response
        .writeHead(403)
        .end('{"status":"error","error_type":"TokenException","message":"Token is invalid or has expired."}')
    );
    await expect(exchangeSession({url: stale.url, ...keys})).rejects.toMatchObject({code: "SOURCE_UNAUTHORIZED"});
    const broken = await serve((_, response) => response.writeHead(502).end());
    await expect(exchangeSession({url: broken.url, ...keys})).rejects.toMatchObject({code: "SOURCE_UNAVAILABLE"});
    expect(broken.count()).toBe(1);
  });
});
