import {existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";

const ownerFile = "tapebook.owner";
const stopWithinMs = 10_000;

/** Notes which process a running cluster belongs to. */
export function claim(dataDir: string): void {
  writeFileSync(join(dataDir, ownerFile), `${process.pid} ${startOf(process.pid)}`, {mode: 0o600});
}

/** Whether a server runs in any cluster of a place. */
export function isInUse(place: string): boolean {
  return readdirSync(place).some((name) => {
    const pid = serverPid(join(place, name));
    return pid !== undefined && isAlive(pid);
  });
}

/**
 * Clears what a crash left in a cluster's folder: the pid file of a server that is gone, or a server whose owner is.
 *
 * @throws {Error} if a living process is using the cluster
 */
export async function clearLeftover(dataDir: string): Promise<void> {
  const pid = serverPid(dataDir);
  if (pid === undefined) return;
  if (!isAlive(pid) || !isServerOf(pid, dataDir)) return rmSync(join(dataDir, "postmaster.pid"), {force: true});
  const owner = livingOwner(dataDir);
  if (owner !== undefined)
    throw new Error(`database in use: ${dataDir} belongs to process ${owner}; stop it, or choose another folder`);
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + stopWithinMs;
  while (isAlive(pid) && Date.now() < deadline) await sleep(20);
  if (isAlive(pid)) throw new Error(`unable to stop a database server left behind: process ${pid}`);
}

function serverPid(dataDir: string): number | undefined {
  const path = join(dataDir, "postmaster.pid");
  if (!existsSync(path)) return undefined;
  const pid = Number.parseInt(readFileSync(path, "utf8"), 10);
  return pid > 0 ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0) && statOf(pid)[0] !== "Z";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A pid is used again after a restart: where the system tells, look whether the process stands in our folder. */
function isServerOf(pid: number, dataDir: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === dataDir;
  } catch {
    return process.platform !== "linux";
  }
}

function livingOwner(dataDir: string): number | undefined {
  const path = join(dataDir, ownerFile);
  const [pid, start] = existsSync(path) ? readFileSync(path, "utf8").split(" ") : [];
  const owner = Number(pid);
  return owner > 0 && isAlive(owner) && startOf(owner) === start ? owner : undefined;
}

/** When a process began, in the kernel's ticks; empty where the system does not tell. */
function startOf(pid: number): string {
  return statOf(pid)[19] ?? "";
}

/** The fields of `/proc/<pid>/stat` from the state on; none where the system has no such file. */
function statOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
  } catch {
    return [];
  }
}
