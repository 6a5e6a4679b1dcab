import {spawn, spawnSync} from "node:child_process";
import {once} from "node:events";
import {cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {build} from "vite";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {FeedStatus} from "../../services/domain/wire.js";
import {liveSettings} from "./live-venues.js";

/** The bundled sidecar, alone in a folder with its settings and calendars. */
describe("build/services/sidecar.mjs", () => {
  const folder = mkdtempSync(join(tmpdir(), "sidecar-bundle-"));
  const nowhere = "http://127.0.0.1:9"; // the discard port: nothing answers
  const env = {
    PATH: process.env["PATH"] ?? "",
    ...{
      MT5_API_URL: nowhere,
      MT5_BRIDGE_TOKEN: "bridge-canary",
      KITE_API_URL: nowhere,
      KITE_WS_URL: "ws://127.0.0.1:9"
    },
    ...{KITE_API_KEY: "key-canary", KITE_ACCESS_TOKEN: "access-canary"}
  };
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ["sidecar.mjs", ...args], {cwd: folder, env, encoding: "utf8"});

  beforeAll(async () => {
    await build({configFile: "vite.config.ts", logLevel: "silent", build: {outDir: folder, emptyOutDir: false}});
    mkdirSync(join(folder, "data/reference"), {recursive: true});
    cpSync("data/reference/calendars.yaml", join(folder, "data/reference/calendars.yaml"));
    writeFileSync(join(folder, "data/settings.yaml"), liveSettings);
  }, 60_000);
  afterAll(() => rmSync(folder, {recursive: true, force: true}));

  it("is one file, and answers --help", () => {
    expect(readdirSync(folder).sort()).toEqual(["data", "sidecar.mjs"]);
    const {stdout, status} = run("--help");
    expect([stdout.split("\n")[0], status]).toEqual(["usage: npm run sidecar -- [options]", 0]);
  });

  it.each([
    [["--port", "x"], "invalid port: x"],
    [["--origin", "desk.example/path"], "invalid origin: desk.example/path"],
    [["--what"], "--what"],
    [["--host", "0.0.0.0"], "unable to listen on 0.0.0.0 without SIDECAR_TOKEN"],
    [["--settings", "missing.yaml"], "missing.yaml"]
  ])("refuses %j and says why", (args, words) => {
    const {stderr, status} = run(...args);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain("    at ");
    expect(status).toBe(1);
  });

  it("runs without node_modules while its venues are away, says so, but no secret, and stops when asked", async () => {
    const child = spawn(process.execPath, ["sidecar.mjs", "--port", "0"], {
      cwd: folder,
      env: {...env, SIDECAR_LOG: "trace"},
      stdio: ["ignore", "pipe", "pipe"]
    });
    let log = "";
    child.stderr.on("data", (chunk) => {
      log += String(chunk);
    });
    const ended = once(child, "exit");
    const [line] = await once(createInterface(child.stdout), "line");
    const {ready, url} = JSON.parse(String(line)) as {ready: boolean; url: string};
    expect(ready).toBe(true);
    const health = async () => {
      const response = await fetch(`${url.replace("ws:", "http:")}/healthz`);
      return (await response.json()) as {status: string; feeds: FeedStatus[]};
    };
    await expect
      .poll(async () => (await health()).feeds.every(({lastError}) => lastError !== null), {timeout: 15_000})
      .toBe(true);
    const {status, feeds} = await health();
    expect(status).toBe("degraded");
    expect(feeds.map(({name, connected}) => [name, connected])).toEqual([
      ["bridge", false],
      ["kite", false]
    ]);
    const metrics = await (await fetch(`${url.replace("ws:", "http:")}/metrics`)).text();
    expect(metrics).toContain('tapebook_feed_connected{feed="kite"} 0');
    expect(metrics).toContain("process_resident_memory_bytes");
    child.kill("SIGINT");
    expect((await ended)[0]).toBe(0);
    for (const line of log.trim().split("\n")) expect(JSON.parse(line)).toHaveProperty("msg");
    expect(log).toContain("stopping");
    expect(log + metrics).not.toContain("canary");
  }, 30_000);

  it("says which port is taken", async () => {
    const first = spawn(process.execPath, ["sidecar.mjs", "--port", "0"], {
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "inherit"]
    });
    const [line] = await once(createInterface(first.stdout), "line");
    const port = new URL((JSON.parse(String(line)) as {url: string}).url).port;
    const {stderr, status} = run("--port", port);
    expect([stderr.includes(`127.0.0.1:${port} is taken`), status]).toEqual([true, 1]);
    first.kill("SIGKILL");
  }, 30_000);
});
