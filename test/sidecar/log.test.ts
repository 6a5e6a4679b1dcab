import {afterEach, describe, expect, it} from "vitest";
import {createLog, createSecrets, createStrike, secretsOf} from "../../services/sidecar/watch/log.js";
import {logStatus} from "../../services/sidecar/watch/log-status.js";
import {feed, signals, snapshots} from "./health-samples.js";
import {openSocketClient} from "./socket-client.js";
import {NINE, startTestServer, type TestServer} from "./test-server.js";

let server: TestServer;
afterEach(() => server?.stop());

describe("the log", () => {
  const canary = "canary/Secret+Value=9";
  const env = {
    ...{KITE_ACCESS_TOKEN: canary, MT5_BRIDGE_TOKEN: "bridge-canary", KITE_API_SECRET: 'with"quote-canary'},
    ...{DATABASE_URL: "postgres://user:pass%2Fcanary@db/tapebook", PATH: "/usr/bin", SIDECAR_TOKEN: "sidecar-canary-1"}
  };

  it("strikes out every secret of the environment, however it came in", () => {
    const lines: string[] = [];
    const log = createLog({level: "info", strike: createSecrets(env).strike, write: (line) => void lines.push(line)});
    for (const value of Object.values(env)) {
      log.info({headers: {authorization: `Bearer ${value}`}}, `asked with ${value}`);
      log.warn({url: `https://x.example/?api=${encodeURIComponent(value)}`});
      log.error({error: new Error(`refused: ${value}`), nested: [{deep: value}]});
      log.info({protocol: `tapebook.token.${Buffer.from(value).toString("base64url")}`});
    }
    log.info({password: "pass/canary"}, "and what the address holds");
    expect(lines).toHaveLength(25);
    expect(lines.join("")).not.toMatch(/canary/i);
    expect(lines.join("")).toContain("/usr/bin");
    for (const form of [canary, encodeURIComponent(canary), Buffer.from(canary).toString("base64url")])
      expect(lines.join("")).not.toContain(form);
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty("time");
  });

  it("strikes out a token that was renewed after the start, and the old one still", () => {
    const lines: string[] = [];
    const secrets = createSecrets({KITE_ACCESS_TOKEN: "canary-of-monday"});
    const log = createLog({level: "info", strike: secrets.strike, write: (line) => void lines.push(line)});
    secrets.learn({KITE_ACCESS_TOKEN: "canary-of-tuesday"});
    log.warn({error: "canary-of-tuesday was refused, as was canary-of-monday"});
    expect(lines.join("")).toContain("[secret] was refused, as was [secret]");
  });

  it.each(["50%off-canary", "canary%zz"])(
    "strikes out a database's password that bears a sign of its own: %s",
    (password) => {
      const {strike} = createSecrets({DATABASE_URL: `postgres://user:${password}@db/tapebook`});
      expect(strike(`password ${password} is wrong at postgres://user:${password}@db/tapebook`)).toBe(
        "password [secret] is wrong at [secret]"
      );
    }
  );

  it("leaves words alone that are no secret, and short values", () => {
    const strike = createStrike(secretsOf({API_TOKEN: "abc", KITE_API_KEY: "longer-key"}));
    expect(strike("abc longer-key")).toBe("abc [secret]");
  });

  it("tells of a feed once when it is lost and once when it is had", async () => {
    const lines: string[] = [];
    const log = createLog({level: "info", strike: createStrike([]), write: (line) => void lines.push(line)});
    server = await startTestServer();
    logStatus(server.hub, log);
    const tell = (connected: boolean, error: string | null) =>
      server.hub.publish("status", [{type: "status", feeds: [feed("kite", connected, error)], serverTime: NINE}]);
    tell(false, null);
    for (const isWell of [true, true, false, false, true]) tell(isWell, isWell ? null : "mute");
    const said = lines.map((line) => JSON.parse(line) as {about: string; msg: string; error: string | null});
    expect(said.map(({about, msg, error}) => [about, msg, error])).toEqual([
      ["feed kite", "connecting", null],
      ["feed kite", "connected", null],
      ["feed kite", "not well", "mute"],
      ["feed kite", "connected", null]
    ]);
  });

  it("tells once of a snapshot that could not be taken, and once when it was", async () => {
    const lines: string[] = [];
    const log = createLog({level: "info", strike: createStrike([]), write: (line) => void lines.push(line)});
    server = await startTestServer();
    logStatus(server.hub, log);
    const tell = (lastError: string | null) =>
      server.hub.publish("status", [
        {type: "status", feeds: [], snapshots: {...snapshots, lastError}, serverTime: NINE}
      ]);
    for (const error of [null, "locked", "locked", null, null]) tell(error);
    const said = lines.map((line) => JSON.parse(line) as {about: string; msg: string; error: string | null});
    expect(said.map(({about, msg, error}) => [about, msg, error])).toEqual([
      ["snapshots", "not taken", "locked"],
      ["snapshots", "taken", null]
    ]);
  });

  it("tells once of signals that could not be looked for, and once when they were", async () => {
    const lines: string[] = [];
    const log = createLog({level: "info", strike: createStrike([]), write: (line) => void lines.push(line)});
    server = await startTestServer();
    logStatus(server.hub, log);
    for (const lastError of [null, "X:A 5m: full", "X:A 5m: full", null])
      server.hub.publish("status", [{type: "status", feeds: [], signals: {...signals, lastError}, serverTime: NINE}]);
    const said = lines.map((line) => JSON.parse(line) as {about: string; msg: string});
    expect(said.map(({about, msg}) => [about, msg])).toEqual([
      ["signals", "not looked for"],
      ["signals", "looked for"]
    ]);
  });

  it("names who was refused by reason and origin, and no token", async () => {
    const lines: string[] = [];
    const log = createLog({level: "info", strike: createStrike([]), write: (line) => void lines.push(line)});
    server = await startTestServer({}, {log, token: "the-right-token-here"});
    const headers = {authorization: "Bearer some-wrong-token"};
    await expect(openSocketClient(server.url, {headers})).rejects.toThrow("401");
    expect(JSON.parse(lines[0]!)).toMatchObject({reason: "token", msg: "client refused"});
    expect(lines.join("")).not.toContain("some-wrong-token");
  });
});
