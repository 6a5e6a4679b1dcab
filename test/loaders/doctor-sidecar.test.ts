import {once} from "node:events";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {describe, expect, it} from "vitest";
import {checkSidecar} from "../../loaders/shared/doctor/check-sidecar.js";
import {describeFeed, parseFeeds} from "../../loaders/shared/doctor/describe-feed.js";
import {healthAddress} from "../../loaders/shared/doctor/health-address.js";
import {noon} from "./job-settings.js";

describe("the sidecar", () => {
  it("is looked for where the environment says", () => {
    expect(healthAddress({})).toBe("http://127.0.0.1:8765/healthz");
    expect(healthAddress({SIDECAR_HOST: "10.0.0.1", SIDECAR_PORT: "9"})).toBe("http://10.0.0.1:9/healthz");
    expect(healthAddress({SIDECAR_HOST: "0.0.0.0"})).toBe("http://127.0.0.1:8765/healthz");
    expect(healthAddress({SIDECAR_URL: "ws://127.0.0.1:9"})).toBe("http://127.0.0.1:9/healthz");
    const behind = {SIDECAR_URL: "wss://desk.example/tape", SIDECAR_HEALTH_URL: "https://inside.example/tape/healthz"};
    expect(healthAddress(behind)).toBe("https://inside.example/tape/healthz");
    expect(healthAddress({SIDECAR_HEALTH_URL: "http://10.0.0.1:9"})).toBe("http://10.0.0.1:9/healthz");
    expect(healthAddress({SIDECAR_HEALTH_URL: "sidecar"})).toBe(undefined);
  });

  it("is not looked for where pages find it behind a login, and no login is told the token", async () => {
    const asked: (string | undefined)[] = [];
    const login = createServer(({headers}, response) => {
      asked.push(headers.authorization);
      response.writeHead(302, {location: `http://localhost:${(login.address() as AddressInfo).port}/`}).end();
    }).listen(0, "127.0.0.1");
    await once(login, "listening");
    const {port} = login.address() as AddressInfo;
    const told: string[] = [];
    const fetcher: typeof fetch = (input, init) => {
      told.push(String(input));
      return fetch(input, init);
    };
    const token = {SIDECAR_TOKEN: "a token of the sidecar"};
    await checkSidecar({...token, SIDECAR_URL: "wss://desk.example/tape", SIDECAR_PORT: "9"}, fetcher);
    expect(told).toEqual(["http://127.0.0.1:9/healthz"]);
    const health = {SIDECAR_HEALTH_URL: `http://127.0.0.1:${port}/healthz`};
    expect(await checkSidecar({...token, ...health})).toMatchObject([
      {severity: "warning", what: expect.stringContaining("is no sidecar (status 302)")}
    ]);
    expect(asked).toEqual(["Bearer a token of the sidecar"]);
    expect(await checkSidecar({SIDECAR_HEALTH_URL: "sidecar"})).toMatchObject([
      {severity: "warning", what: "SIDECAR_HEALTH_URL is no address"}
    ]);
    login.close();
  });

  it("is not well while a feed of it that is connected is in trouble or misses something", () => {
    const feed = {name: "mt5-a", connected: true, lastEventTime: noon, gaps: 0, lastError: null};
    const told = (changes: object) => parseFeeds({feeds: [{...feed, ...changes}]})!.map(describeFeed);
    expect(told({lastError: "GBPUSD: status 404"})).toMatchObject([
      {severity: "warning", what: "mt5-a is connected (last tick 2024-01-03T12:00:10.000Z): GBPUSD: status 404"}
    ]);
    expect(told({gaps: 3})).toMatchObject([
      {
        severity: "warning",
        what: "mt5-a is connected (last tick 2024-01-03T12:00:10.000Z): 3 gaps that history has not filled yet",
        remedy: expect.stringContaining("look again")
      }
    ]);
  });

  it("that does not run is a note; its feeds are told one by one; another server is none", async () => {
    let body = JSON.stringify({
      feeds: [
        {name: "kite", connected: true, lastEventTime: noon},
        {name: "mt5-a", connected: false, lastError: "status 503"}
      ]
    });
    const server = createServer((_, response) => response.end(body)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const env = {SIDECAR_PORT: String((server.address() as AddressInfo).port)};
    expect(await checkSidecar(env)).toMatchObject([
      {severity: "ok", what: "kite is connected, last tick 2024-01-03T12:00:10.000Z"},
      {severity: "warning", what: "mt5-a is not connected (no tick yet): status 503"}
    ]);
    body = '{"status":"degraded"}';
    expect(await checkSidecar(env)).toMatchObject([
      {severity: "warning", what: expect.stringContaining("not well"), remedy: "set SIDECAR_TOKEN"}
    ]);
    expect(await checkSidecar({...env, SIDECAR_TOKEN: "a wrong one of them"})).toMatchObject([
      {severity: "warning", remedy: "SIDECAR_TOKEN is not the sidecar's"}
    ]);
    body = "{}";
    expect(await checkSidecar(env)).toMatchObject([
      {severity: "warning", what: expect.stringContaining("is no sidecar (status 200)")}
    ]);
    server.close();
    await once(server, "close");
    expect(await checkSidecar(env)).toMatchObject([
      {severity: "note", what: expect.stringMatching(/^none answers at/)}
    ]);
  });
});
