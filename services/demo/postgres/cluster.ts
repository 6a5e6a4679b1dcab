import {type ChildProcess, spawn} from "node:child_process";
import {randomBytes} from "node:crypto";
import {chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import type {Binaries} from "./binaries.js";
import type {Identity} from "./identity.js";

/** A folder that holds a PostgreSQL cluster, and the password of its one user. */
export interface Cluster {
  readonly dataDir: string;
  readonly password: string;
}

const passwordFile = "tapebook.password";

/** What PostgreSQL's programs are told of the world: nothing of ours, so that no PGDATA or locale leaks in. */
const serverEnvironment = {PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC"} as const;

/** The cluster of a place: the one that is there, or a new one, made beside it and renamed when whole. */
export async function openCluster(
  place: string,
  {initdb}: Binaries,
  identity: Identity | undefined,
  log: (line: string) => void
): Promise<Cluster> {
  const dataDir = join(place, `cluster-${identity?.uid ?? process.getuid?.() ?? 0}`);
  if (!existsSync(join(dataDir, passwordFile))) {
    log("creating the database (once)");
    const partial = mkdtempSync(join(place, "partial-"));
    try {
      await initialise(initdb, partial, identity);
      rmSync(dataDir, {recursive: true, force: true});
      renameSync(partial, dataDir);
    } catch (error) {
      rmSync(partial, {recursive: true, force: true});
      if (!existsSync(join(dataDir, passwordFile))) throw error; // else another process was first
    }
  }
  return {dataDir, password: readFileSync(join(dataDir, passwordFile), "utf8").trim()};
}

async function initialise(initdb: string, dir: string, identity: Identity | undefined): Promise<void> {
  const asking = `${dir}.asking`;
  const password = randomBytes(24).toString("base64url");
  writeFileSync(asking, `${password}\n`, {mode: 0o600});
  chmodSync(dir, 0o700);
  for (const path of identity ? [dir, asking] : []) chownSync(path, identity!.uid, identity!.gid);
  const flags = ["--username=tapebook", "--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-sync"];
  try {
    await run(spawn(initdb, [`--pgdata=${dir}`, `--pwfile=${asking}`, ...flags], spawnOptions(identity)));
  } finally {
    rmSync(asking, {force: true});
  }
  writeFileSync(join(dir, passwordFile), `${password}\n`, {mode: 0o600});
}

/** How a program of PostgreSQL's is spawned: from a folder anyone may stand in, as the server's user. */
export function spawnOptions(identity: Identity | undefined) {
  return {
    cwd: "/",
    env: {...serverEnvironment},
    stdio: ["pipe", "pipe", "pipe"] as ["pipe", "pipe", "pipe"],
    ...identity
  };
}

function run(child: ChildProcess): Promise<void> {
  let said = "";
  child.stdout?.resume();
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`unable to create a database: initdb exit ${code}: ${said.trim()}`))
    );
  });
}
