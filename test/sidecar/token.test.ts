import {afterEach, describe, expect, it} from "vitest";
import {WebSocket} from "ws";
import {type Client, createClient} from "../../components/live/client.js";
import {defaultClientEffects, type Socket} from "../../components/live/client-effects.js";
import {storedToken} from "../../components/live/stored-token.js";
import {tokenProtocol} from "../../services/domain/token-protocol.js";
import {parseOptions} from "../../services/sidecar/options.js";
import {openSocketClient} from "./socket-client.js";
import {startTestServer, type TestServer, tickTopic} from "./test-server.js";

const token = "a token+of/enough=length".replaceAll(" ", "-");
const origin = "https://desk.example";
let server: TestServer;
let client: Client | undefined;

const bearer = (text: string) => ({headers: {authorization: text}});
const closeOf = (protocols: string[], from = origin) =>
  new Promise<string>((resolve) => {
    const socket = new WebSocket(server.url, protocols, {origin: from});
    socket.on("close", (code, reason) => resolve(`${code} ${reason}`));
    socket.on("message", () => resolve("let in"));
    socket.on("error", () => {});
  });

afterEach(async () => {
  client?.close();
  client = undefined;
  await server?.stop();
});

describe("a sidecar with a token", () => {
  it("lets in programs that bear it, and tells others 401", async () => {
    server = await startTestServer({}, {token});
    await server.connect(bearer(`Bearer ${token}`));
    await server.connect(bearer(`bearer ${token}`));
    for (const wrong of ["", token, `Bearer ${token}x`, `Bearer ${token.slice(1)}`, `Basic ${token}`, "Bearer "])
      await expect(openSocketClient(server.url, bearer(wrong))).rejects.toThrow("401");
    await expect(openSocketClient(`${server.url}/?token=${token}`)).rejects.toThrow("401");
    expect(server.clients()).toBe(2);
  });

  it("lets in pages that bear it as a sub-protocol, and tells others 4001, which a page can see", async () => {
    server = await startTestServer({}, {token});
    expect(await closeOf(["tapebook.v1.json", tokenProtocol(token)])).toBe("let in");
    expect(await closeOf(["tapebook.v1.json", tokenProtocol("another token of it")])).toBe(
      "4001 token missing or wrong"
    );
    expect(await closeOf(["tapebook.v1.json"])).toBe("4001 token missing or wrong");
    expect(await closeOf([tokenProtocol(token)], "https://elsewhere.example")).toBe("1006 ");
    expect(server.clients()).toBeLessThanOrEqual(1);
  });

  it("never says the token back as the sub-protocol it chose", async () => {
    server = await startTestServer({}, {token});
    const socket = new WebSocket(server.url, ["tapebook.v1.ticks", tokenProtocol(token)]);
    await new Promise((resolve) => socket.once("open", resolve));
    expect(socket.protocol).toBe("tapebook.v1.ticks");
    socket.terminate();
  });

  it("is followed by a page's client that has it, in either encoding", async () => {
    server = await startTestServer({}, {token});
    const open = (url: string, protocols: readonly string[]) => new WebSocket(url, [...protocols], {origin}) as Socket;
    const effects = {...defaultClientEffects, open, token: () => token};
    client = createClient({url: server.url, topics: [tickTopic], effects});
    await expect.poll(() => client!.state.connection).toBe("open");
    client.close();
    client = createClient({url: server.url, topics: [tickTopic], effects: {...defaultClientEffects, open}});
    await expect.poll(() => client!.state.lastError).toBe("token missing or wrong (4001)");
  });

  it("tells those without it of its health no more than whether it is well, and shows them no figures", async () => {
    server = await startTestServer({}, {token});
    const base = server.url.replace("ws:", "http:");
    const get = (path: string, headers = {}) => fetch(`${base}${path}`, {headers});
    expect(await (await get("/healthz")).json()).toEqual({status: "ok"});
    expect(await (await get("/readyz")).json()).toEqual({ready: true});
    const refused = await get("/metrics");
    expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    const known = {authorization: `Bearer ${token}`};
    expect(await (await get("/healthz", known)).json()).toEqual({status: "ok", feeds: []});
    expect((await get("/metrics", known)).status).toBe(200);
  });
});

describe("options", () => {
  const options =
    (env: Record<string, string>, ...args: string[]) =>
    () =>
      parseOptions(args, env);

  it("refuse to listen beyond loopback without a token", () => {
    expect(options({SIDECAR_HOST: "0.0.0.0"})).toThrow("unable to listen on 0.0.0.0 without SIDECAR_TOKEN");
    expect(options({}, "--host", "::")).toThrow("without SIDECAR_TOKEN");
    expect(options({SIDECAR_HOST: "0.0.0.0", SIDECAR_TOKEN: token})()?.token).toBe(token);
    expect(options({})()?.token).toBeUndefined();
  });

  it("refuse a token that is short or has a space, without saying it, and one that is a flag", () => {
    for (const wrong of ["short", `${token} x`, `${token}é`]) {
      expect(options({SIDECAR_TOKEN: wrong})).toThrow("invalid SIDECAR_TOKEN (16 or more");
      expect(options({SIDECAR_TOKEN: wrong})).not.toThrow(wrong);
    }
    expect(options({}, "--token", token)).toThrow("--token");
  });
});

it("beyond loopback, pages of the visitor's own machine are pages like others", async () => {
  server = await startTestServer({}, {host: "0.0.0.0", token});
  const url = server.url.replace("0.0.0.0", "127.0.0.1");
  const at = (from: string) => openSocketClient(url, {origin: from, ...bearer(`Bearer ${token}`)});
  await expect(at("http://localhost:3000")).rejects.toThrow("403");
  const {socket} = await at(origin);
  socket.terminate();
});

it("a browser's token is kept by the sidecar's address, so that a link to another brings none", () => {
  const kept = new Map([["tapebook-token wss://desk.example/live", token]]);
  const store = () => ({getItem: (name: string) => kept.get(name) ?? null});
  expect(storedToken("wss://desk.example/live", store)).toBe(token);
  expect(storedToken("wss://elsewhere.example/live", store)).toBeUndefined();
  const forbidden = () => {
    throw new Error("SecurityError");
  };
  expect(storedToken("wss://desk.example/live", forbidden)).toBeUndefined();
});
