import {spawn} from "node:child_process";
import {once} from "node:events";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import pg from "pg";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {type Postgres, startPostgres} from "../../services/demo/postgres.js";
import {type BarSeries, sliceBars} from "../../services/domain/bar.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {openStore} from "../../services/snapshots/store.js";
import {copyBars} from "../../services/sources/postgres/copy-bars.js";
import {insertBars} from "../../services/sources/postgres/insert-bars.js";
import {migrate} from "../../services/sources/postgres/migrate.js";
import {hashTree} from "../loaders/job-kit.js";
import {bars} from "../sources/postgres/sample.js";
import {type CountingDoor, openDoor} from "./counting-door.js";

const folder = mkdtempSync(join(tmpdir(), "tapebook-stopped-"));
const root = join(folder, "snapshots");
const yaml = `
sources: {store: {kind: postgres, url: {env: DATABASE_URL}}}
instruments:
  - {id: CFD:US500, name: US 500, source: store, symbol: US500, assetClass: index, currency: USD, tickSize: 0.1, calendar: crypto, timeframes: {1m: all}}
`;
let server: Postgres;
let door: CountingDoor;
let stopping = Promise.resolve();

const stop = () => {
  stopping = server.stop();
  return stopping;
};
const start = async () => {
  await stopping;
  server = await startPostgres({dir: join(folder, "postgres")});
  door?.lead(Number(new URL(server.url).port));
};
const through = () => server.url.replace(/:\d+\//, `:${door.port}/`);

beforeAll(async () => {
  writeFileSync(join(folder, "settings.yaml"), yaml);
  await start();
  door = await openDoor(Number(new URL(server.url).port));
  await migrate(server.url);
}, 60_000);
afterAll(async () => {
  await door.close();
  await server.stop();
  rmSync(folder, {recursive: true, force: true});
});

/** `npm run snapshot`, or `doctor`, as a process of its own, while this one holds the door. */
async function program(name: "snapshot" | "doctor") {
  const args = ["services/site/run-ts.js", `loaders/${name}.ts`, "--settings", join(folder, "settings.yaml")];
  const env = {...process.env, DATABASE_URL: through(), TAPEBOOK_NOW_SHIFT_MS: "", SIDECAR_URL: "ws://127.0.0.1:9"};
  const child = spawn(process.execPath, [...args, "--data-dir", root], {env, stdio: ["ignore", "pipe", "pipe"]});
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const [status] = (await once(child, "exit")) as [number];
  return {status, output};
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({connectionString: url});
  client.on("error", () => undefined); // the server is stopped under it
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

const count = (contract: string) =>
  withClient(server.url, async (client) => {
    const {rows} = await client.query("select count(*)::int as n from ohlc_bars where contract_id = $1", [contract]);
    return (rows as [{n: number}])[0].n;
  });

async function held(): Promise<BarSeries> {
  return readBars((await openStore(root).read("bars/CFD-US500/1m")).bytes);
}

describe("PostgreSQL stopped in the middle of", () => {
  it("a snapshot: a clear error, what stood stands; and when it is back the rest comes, nothing doubled", async () => {
    const whole = sliceBars(bars, 0, 25_000);
    await withClient(server.url, (client) => insertBars(client, "US500", "1m", sliceBars(whole, 0, 5_000)));
    const first = await program("snapshot");
    expect(first.status, first.output).toBe(0);
    expect((await held()).length).toBe(5_000);
    const before = await hashTree(root);

    await withClient(server.url, (client) => insertBars(client, "US500", "1m", whole));
    door.at("out", 300_000, stop);
    const cut = await program("snapshot");
    expect(cut.status, cut.output).toBe(1);
    expect(cut.output).toMatch(/bars\/CFD-US500\/1m +failed: SOURCE_UNAVAILABLE: store: /);
    expect(cut.output).not.toMatch(/\n\s+at |hunter|postgres:\/\//);
    expect(await hashTree(root)).toEqual(before);

    const doctor = await program("doctor");
    expect(doctor.status).toBe(2);
    expect(doctor.output).toMatch(
      /ERROR {4}store: SOURCE_UNAVAILABLE: .*\n +do: see that it runs, and that its address/
    );

    await start();
    const resumed = await program("snapshot");
    expect(resumed.status, resumed.output).toBe(0);
    expect(resumed.output).toMatch(/25,000 rows {2}\+20,000/);
    expect(await held()).toEqual(whole);
    const after = await hashTree(root);
    expect((await program("snapshot")).status).toBe(0);
    expect(await hashTree(root)).toEqual(after);
  }, 120_000);

  it.each([
    ["a bulk load by COPY", async (client: pg.Client) => copyBars(client, "COPIED", "1m", bars), "COPIED", true],
    ["an insert of many batches", (client: pg.Client) => insertBars(client, "INSERTED", "1m", bars), "INSERTED", false]
  ] as const)(
    "%s: an error, no part of a batch, and loaded again nothing is doubled",
    async (_, load, name, isOne) => {
      door.at("in", 1_000_000, stop);
      const run: (client: pg.Client) => Promise<unknown> = load;
      await expect(withClient(through(), run)).rejects.toThrow();
      await start();
      const kept = await count(name);
      expect(isOne ? [0] : [0, 20_000]).toContain(kept);
      await withClient(through(), run);
      expect(await count(name)).toBe(bars.length);
      if (isOne) await expect(withClient(through(), run)).rejects.toMatchObject({code: "23505"});
      else expect(await withClient(through(), run)).toBe(0);
      expect(await count(name)).toBe(bars.length);
    },
    60_000
  );
});
