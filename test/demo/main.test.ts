import {type ChildProcess, spawn} from "node:child_process";
import {once} from "node:events";
import {chmodSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import pg from "pg";
import {afterAll, beforeAll, describe, expect, it, vi} from "vitest";
import {demoCalendars} from "../../services/demo/calendars.js";
import {isMissing} from "../../services/demo/defects.js";
import {clockShift} from "../../services/demo/demo-clock.js";
import {createTape} from "../../services/demo/tape/tape.js";
import type {DemoTruth} from "../../services/demo/truth.js";
import {DAY_MS, HOUR_MS, MINUTE_MS} from "../../services/domain/time.js";

// A busy machine makes these slower than anything they wait for.
vi.setConfig({testTimeout: 60_000, hookTimeout: 60_000});

type Env = Record<string, string>;

const root = fileURLToPath(new URL("../..", import.meta.url));
const state = mkdtempSync(join(tmpdir(), "tapebook-demo-"));
chmodSync(state, 0o755); // so that the database may lie in it, whoever runs the server
const truthFile = join(state, "truth.json");
const began = "2026-11-18T05:30:00Z";
const start = Date.parse(began);
const running = new Set<ChildProcess>();
let demo: Awaited<ReturnType<typeof run>>;
let env: Env;

async function run(...args: string[]) {
  const child = spawn(process.execPath, ["services/site/run-ts.js", "services/demo/main.ts", ...args], {cwd: root});
  running.add(child);
  let said = "";
  let told = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });
  child.stderr.on("data", (chunk) => {
    told += chunk;
  });
  const ended = once(child, "close").then(([code]) => {
    running.delete(child);
    return code as number;
  });
  const ready = new Promise<void>((resolve) => {
    child.stdout.on("data", () => said.includes("\n") && resolve());
    ended.then(() => resolve());
  });
  return {child, ended, ready, said: () => said, told: () => told};
}

async function rows(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({connectionString: env["DATABASE_URL"]!});
  await client.connect();
  const {rows: found} = await client.query(sql, values).finally(() => client.end());
  return found;
}

beforeAll(async () => {
  demo = await run("--state-dir", state, "--now", began, "--truth", truthFile);
  await demo.ready;
  env = (JSON.parse(demo.said()) as {env: Env}).env;
});
afterAll(async () => {
  for (const child of running) child.kill("SIGTERM");
  await demo.ended;
  rmSync(state, {recursive: true, force: true});
});

describe("the demo", () => {
  it("prints one line of JSON with every address and token, and tells its progress elsewhere", () => {
    expect(demo.said().trim().split("\n")).toHaveLength(1);
    expect(JSON.parse(demo.said())).toMatchObject({ready: true});
    expect(Object.keys(env).sort()).toEqual([
      "DATABASE_URL",
      "KITE_ACCESS_TOKEN",
      "KITE_API_KEY",
      "KITE_API_SECRET",
      "KITE_API_URL",
      "KITE_REQUEST_TOKEN",
      "KITE_WS_URL",
      "MT5_API_URL",
      "MT5_BRIDGE_TOKEN",
      "MT5_B_API_URL",
      "MT5_B_BRIDGE_TOKEN",
      "TAPEBOOK_NOW_SHIFT_MS"
    ]);
    for (const [name, value] of Object.entries(env))
      if (name.endsWith("_URL")) expect(new URL(value).hostname, name).toBe("127.0.0.1");
    expect(demo.told()).toMatch(/^demo: starting PostgreSQL$/m);
    expect(demo.told()).toMatch(/^demo: ready after \d+\.\d s$/m);
  });

  it("keeps one clock in all venues", async () => {
    const now = Date.now() + Number(env["TAPEBOOK_NOW_SHIFT_MS"]);
    expect(now).toBeGreaterThan(start);
    expect(now).toBeLessThan(start + 10 * MINUTE_MS);
    const tick = (url: string, token: string) =>
      fetch(`${url}/symbol_info_tick/EURUSD`, {headers: {"x-bridge-token": token}}).then((reply) => reply.json());
    const [a, b] = [
      await tick(env["MT5_API_URL"]!, env["MT5_BRIDGE_TOKEN"]!),
      await tick(env["MT5_B_API_URL"]!, env["MT5_B_BRIDGE_TOKEN"]!)
    ];
    for (const {time_msc} of [a, b]) expect(Math.abs(time_msc - 2 * HOUR_MS - now)).toBeLessThan(30_000);
    const authorization = `token ${env["KITE_API_KEY"]}:${env["KITE_ACCESS_TOKEN"]}`;
    const reply = await fetch(`${env["KITE_API_URL"]}/quote/ltp?i=NSE:INFY`, {headers: {authorization}});
    expect(await reply.json()).toMatchObject({status: "success", data: {"NSE:INFY": {instrument_token: 408_065}}});
  });

  it("fills the database with the tape's closed bars, but for the planted gap", async () => {
    const tape = createTape({seed: 1, calendars: demoCalendars()}).of("CFD:US500");
    const stored = await rows(
      `select extract(epoch from timestamp)::float8 * 1000 as time, open, high, low, close, volume::float8 from ohlc_bars
       where contract_id = 'US500' and timeframe_unit = 2 and timeframe_value = 1 order by timestamp`
    );
    const bars = tape.minuteBars(start - 60 * DAY_MS, start, start);
    const known = new Map(stored.map((row) => [row["time"], row]));
    const missing = Array.from(bars.time).filter((time) => time < start - MINUTE_MS && !known.has(time));
    expect(missing.length).toBeGreaterThan(20);
    expect(missing.every((time) => isMissing("CFD:US500", time))).toBe(true);
    const i = bars.length - 1_000;
    expect(known.get(bars.time[i])).toEqual({
      time: bars.time[i],
      ...{open: bars.open[i], high: bars.high[i], low: bars.low[i], close: bars.close[i], volume: bars.volume[i]}
    });
    const [days] = await rows("select count(*)::int as n from ohlc_bars where timeframe_unit = 4");
    expect(days!["n"]).toBeGreaterThan(515);
  });

  it("writes what it planted where it is told to", () => {
    const truth = JSON.parse(readFileSync(truthFile, "utf8")) as DemoTruth;
    expect(new Set(truth.defects.map(({kind}) => kind))).toEqual(new Set(["gap", "duplicate", "restatement"]));
    expect(truth.accounts.map(({id, trips}) => [id, trips.length > 300])).toEqual([
      ["alpha", true],
      ["beta", true]
    ]);
    expect(truth.structures.length).toBeGreaterThan(100);
    expect(truth.clockWeeks).toContainEqual({start: "2026-03-09T00:00:00.000Z", end: "2026-03-30T00:00:00.000Z"});
  });

  it("refuses to share its database with a second demo, which then leaves nothing behind", async () => {
    const second = await run("--state-dir", state);
    expect(await second.ended).toBe(1);
    expect(second.told()).toMatch(/database in use: .* belongs to process \d+; stop it, or choose another folder/);
    expect(await rows("select 1 as n")).toEqual([{n: 1}]);
  });

  it("stops everything on an interrupt, and starts again with the same rows and nothing to add but the new", async () => {
    const count = "select count(*)::int as n, max(timestamp) as last from ohlc_bars where timeframe_unit = 2";
    const before = await rows(count);
    demo.child.kill("SIGINT");
    expect(await demo.ended).toBe(0);
    await expect(fetch(`${env["MT5_API_URL"]}/health`)).rejects.toThrow();
    await expect(rows("select 1")).rejects.toThrow();
    demo = await run("--state-dir", state, "--now", new Date(start + 5 * MINUTE_MS).toISOString());
    await demo.ready;
    env = (JSON.parse(demo.said()) as {env: Env}).env;
    const [after] = await rows(count);
    expect(Number(after!["n"]) - Number(before[0]!["n"])).toBeLessThanOrEqual(6);
    expect(demo.told()).toMatch(/^demo: [1-6] bars added$/m);
  });
});

it.each([
  [["--seed", "x"], /invalid --seed: x; a whole number/],
  [["--now", "yesterday"], /invalid --now: yesterday; a time with its zone/],
  [["--kite-port", "70000"], /invalid --kite-port: 70000/],
  [["--speed", "2"], /Unknown option '--speed'/]
])("says what is wrong with %j", async (args, message) => {
  const {ended, told} = await run(...args);
  expect([await ended, told()]).toEqual([1, expect.stringMatching(message)]);
});

it("explains itself and starts nothing", async () => {
  const {ended, said, told} = await run("--help");
  expect(await ended).toBe(0);
  expect(said()).toMatch(/^Usage: npm run demo/);
  expect(told()).toBe("");
});

it("sets the clock back to an hour at which all markets were open, and only when one is shut", () => {
  const {fx, nse} = demoCalendars();
  const at = (iso: string) => {
    const now = Date.parse(iso);
    return new Date(now + clockShift(now, [fx!, nse!])).toISOString().slice(0, 16);
  };
  expect(at("2026-11-18T05:47:00Z")).toBe("2026-11-18T05:47");
  expect(at("2026-11-18T17:00:00Z")).toBe("2026-11-18T05:30");
  expect(at("2026-11-18T02:00:00Z")).toBe("2026-11-17T05:30");
  expect(at("2026-11-22T12:00:00Z")).toBe("2026-11-20T05:30");
  expect(at("2026-11-10T06:00:00Z")).toBe("2026-11-09T05:30");
});
