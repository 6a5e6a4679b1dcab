import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type pg from "pg";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {type Postgres, startPostgres} from "../../../services/demo/postgres.js";
import {openDatabase} from "../../../services/sources/postgres/database.js";
import {insertBars} from "../../../services/sources/postgres/insert-bars.js";
import {migrate} from "../../../services/sources/postgres/migrate.js";
import {createPostgresSource} from "../../../services/sources/postgres/source.js";
import {openDoor} from "../../acceptance/counting-door.js";
import {all, bars} from "./sample.js";

const dir = mkdtempSync(join(tmpdir(), "tapebook-sources-"));
let server: Postgres;
let pool: pg.Pool;

beforeAll(async () => {
  server = await startPostgres({dir});
  await migrate(server.url);
  pool = openDatabase(server.url);
}, 60_000);
afterAll(async () => {
  await pool.end();
  await server.stop();
  rmSync(dir, {recursive: true, force: true});
});

describe("a database in trouble", () => {
  it("that cannot be reached, or refuses, is told with what to do and without its password", async () => {
    const gone = openDatabase("postgres://someone:hunter2@127.0.0.1:1/none");
    const error = await createPostgresSource(gone, {name: "store"})
      .bars(all)
      .catch((reason: Error) => reason);
    expect(error).toMatchObject({code: "SOURCE_UNAVAILABLE", message: expect.stringMatching(/store: .*ECONNREFUSED/)});
    const wrong = openDatabase(server.url.replace(/:[^:@/]+@/, ":hunter2@"));
    const refused = await createPostgresSource(wrong, {name: "store"})
      .bars(all)
      .catch((reason: Error) => reason);
    expect(refused).toMatchObject({
      code: "SOURCE_UNAUTHORIZED",
      message: expect.stringMatching(
        /correct the user, password or database in the address that its url in settings names$/
      )
    });
    expect(String(error) + String(refused)).not.toContain("hunter2");
    await Promise.all([gone.end(), wrong.end()]);
  });

  it("without the schema is told what to run", async () => {
    await pool.query("create schema bare");
    const bare = openDatabase(`${server.url}?options=-csearch_path%3Dbare`);
    await expect(createPostgresSource(bare, {name: "store"}).bars(all)).rejects.toMatchObject({
      code: "SOURCE_REFUSED",
      message: expect.stringMatching(/npm run tapebook -- migrate/)
    });
    await bare.end();
  });

  it("that falls silent in the middle, its connection standing, is given up in its time, with no part of the answer", async () => {
    await insertBars(pool, "SILENT", "1m", bars);
    const door = await openDoor(Number(new URL(server.url).port));
    const never = new Promise<void>(() => {});
    const through = openDatabase(server.url.replace(/:\d+\//, `:${door.port}/`), {query_timeout: 2_000, max: 1});
    const silence = () => door.at("out", 200_000, () => never);
    silence();
    const source = createPostgresSource(through, {name: "store"});
    const request = {...all, symbol: "SILENT"};
    const answer = source.bars(request).catch((reason: Error) => reason);
    const outcome = await answer;
    // each try is cut, or one of the later ones finds the door open again
    if (outcome instanceof Error)
      expect(outcome).toMatchObject({code: "SOURCE_UNAVAILABLE", message: expect.stringMatching(/store: .*timeout/)});
    else expect(outcome.bars).toEqual(bars);
    expect(door.passed.out).toBeGreaterThan(200_000);
    await through.end();
    await door.close();
  }, 60_000);

  it("that stops in the middle gives an error and no part, and the whole when it is back", async () => {
    const place = mkdtempSync(join(tmpdir(), "tapebook-stop-"));
    const first = await startPostgres({dir: place});
    await migrate(first.url);
    const one = openDatabase(first.url);
    await insertBars(one, "US500", "1m", bars);
    const source = createPostgresSource(one, {name: "store"});
    const killed = source.bars(all).catch((reason: Error) => reason);
    await one
      .query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
      )
      .catch(() => {});
    const outcome = await killed;
    if (outcome instanceof Error) expect(outcome).toMatchObject({code: "SOURCE_UNAVAILABLE"});
    else expect(outcome.bars).toEqual(bars);
    await one.end();
    await first.stop();
    const stopped = openDatabase(first.url);
    await expect(createPostgresSource(stopped, {name: "store"}).bars(all)).rejects.toMatchObject({
      code: "SOURCE_UNAVAILABLE"
    });
    await stopped.end();
    const again = await startPostgres({dir: place});
    await migrate(again.url);
    const two = openDatabase(again.url);
    expect((await createPostgresSource(two, {name: "store"}).bars(all)).bars).toEqual(bars);
    expect(await insertBars(two, "US500", "1m", bars)).toBe(0);
    await two.end();
    await again.stop();
    rmSync(place, {recursive: true, force: true});
  }, 60_000);
});
