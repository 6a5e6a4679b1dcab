import {spawn} from "node:child_process";
import {once} from "node:events";
import {cpSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {createInterface} from "node:readline";
import {afterEach, describe, expect, it} from "vitest";
import type {StatusEvent} from "../../services/domain/wire.js";
import {startBusyKite} from "./busy-kite.js";
import {startStoppable} from "./store-kit.js";

const MINUTE = 60_000;
const [count, perSecond, stoppedMs] = [50, 40, 30_000];

/** Processor time of a process in seconds, and its memory in MB. */
function usageOf(pid: number): {seconds: number; megabytes: number} {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return {seconds: (Number(fields[11]) + Number(fields[12])) / 100, megabytes: (Number(fields[21]) * 4096) / 1e6};
}

describe.runIf(process.env["TAPEBOOK_VERIFY"])("a sidecar under 2,000 ticks a second", () => {
  const closings: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closings.reverse()) await close();
  });

  it("loses no bar while its database is stopped for 30 s, and says so meanwhile", async () => {
    const db = await startStoppable();
    closings.push(() => db.close());
    const kite = await startBusyKite(count, perSecond);
    closings.push(() => kite.close());
    const listed = kite.symbols.map(
      (name) =>
        `  - {id: NSE:${name}, name: ${name}, source: kite, assetClass: equity, currency: INR, tickSize: 0.01, calendar: crypto, live: true, timeframes: {1m: 1}}`
    );
    const settings = `sources:
  kite: {kind: kite, url: {env: KITE_API_URL}, socketUrl: {env: KITE_WS_URL}, apiKey: {env: KITE_API_KEY}, accessToken: {env: KITE_ACCESS_TOKEN}}
  store: {kind: postgres, url: {env: DATABASE_URL}}
instruments:
${listed.join("\n")}
`;
    writeFileSync(join(db.folder, "settings.yaml"), settings);
    mkdirSync(join(db.folder, "data/reference"), {recursive: true});
    cpSync("data/reference/calendars.yaml", join(db.folder, "data/reference/calendars.yaml"));
    const env = {
      ...{DATABASE_URL: db.url, KITE_API_URL: kite.url, KITE_WS_URL: kite.socketUrl, SIDECAR_LOG: "error"},
      ...{KITE_API_KEY: "key", KITE_ACCESS_TOKEN: "token", TAPEBOOK_NOW_SHIFT_MS: "0"}
    };
    const args = ["--import", import.meta.resolve("tsx"), resolve("services/sidecar/main.ts"), "--port", "0"];
    const child = spawn(process.execPath, [...args, "--settings", "settings.yaml"], {
      cwd: db.folder,
      env: {...process.env, ...env},
      stdio: ["ignore", "pipe", "inherit"]
    });
    closings.push(() => child.kill("SIGKILL"));
    const [line] = await once(createInterface(child.stdout), "line");
    const {url} = JSON.parse(String(line)) as {url: string};
    const health = async () => {
      const reply = await fetch(`${url.replace("ws:", "http:")}/healthz`);
      return (await reply.json()) as Required<Pick<StatusEvent, "feeds" | "store">>;
    };
    const until = (time: number) => new Promise((done) => setTimeout(done, Math.max(0, time - Date.now())));
    const whole = Math.ceil((Date.now() + 5_000) / MINUTE) * MINUTE; // the first minute that is heard whole
    await until(whole + 10_000);
    const begun = {sent: kite.sent(), ...usageOf(child.pid!), time: Date.now()};
    await until(whole + MINUTE - stoppedMs / 2);
    await db.stop();
    await until(whole + MINUTE + stoppedMs / 2 - 2_000);
    const during = (await health()).store;
    expect(during).toMatchObject({
      connected: false,
      isJournaled: true,
      lastError: expect.stringMatching(/^database: /)
    });
    expect(during.waiting).toBeGreaterThanOrEqual(count);
    await db.start();
    await expect.poll(async () => (await health()).store.connected, {timeout: 20_000}).toBe(true);
    await until(whole + 2 * MINUTE + 10_000);
    await expect
      .poll(async () => (await health()).store, {timeout: 20_000})
      .toMatchObject({waiting: 0, lastError: null});
    const seconds = (Date.now() - begun.time) / 1_000;
    const {seconds: used, megabytes} = usageOf(child.pid!);
    const {feeds, store} = await health();
    for (const name of kite.symbols) {
      const stored = async () =>
        (await db.bars(`NSE:${name}`)).filter(({time}) => time >= whole && time < whole + 2 * MINUTE);
      await expect.poll(async () => (await stored()).length, {timeout: 60_000}).toBe(2);
      expect(await stored()).toEqual([kite.minute(name, whole), kite.minute(name, whole + MINUTE)]);
    }
    expect(feeds[0]).toMatchObject({connected: true, reconnects: 0, late: 0});
    const figures = {
      ticksPerSecond: Math.round((kite.sent() - begun.sent) / seconds),
      cpuShare: Math.round((100 * (used - begun.seconds)) / seconds) / 100,
      ...{megabytes: Math.round(megabytes), waitingAtMost: during.waiting, ticksNotNotified: store.ticksDropped}
    };
    console.log(JSON.stringify(figures));
    expect(figures.ticksPerSecond).toBeGreaterThan(1_900);
  }, 400_000);
});
