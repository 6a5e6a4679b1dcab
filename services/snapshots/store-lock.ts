import {realpath, rm} from "node:fs/promises";
import {connect, createServer, type Server} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {SnapshotError} from "./snapshot-error.js";
import {sha256} from "./store-files.js";

const answerWithinMs = 500;

/** A lock that is held until released, or until its process ends in whatever way. */
export interface StoreLock {
  release(): Promise<void>;
}

/**
 * Makes this process the one writer of a folder. The lock is a listening local socket, which the system itself lets
 * go when the process dies: nothing stale is left to be told from a live owner. It holds on one machine; a folder
 * shared between machines needs one of them to be the writer.
 *
 * @throws {SnapshotError} SNAPSHOT_LOCKED naming the process that holds it
 */
export async function lockStore(root: string, address = lockAddress): Promise<StoreLock> {
  const path = address(await realpath(root));
  const server = await listen(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    const owner = await askOwner(path);
    if (owner !== undefined) throw locked(root, owner);
    await rm(path, {force: true}); // a socket file that outlived its process
    return listen(path);
  });
  return {release: () => new Promise((resolve) => server.close(() => resolve()))};
}

/** Where a folder's lock listens: a name that the system frees, on Linux and Windows; elsewhere a socket file. */
export function lockAddress(root: string, platform: string = process.platform): string {
  const name = `tapebook-${sha256(root).slice(0, 24)}`;
  if (platform === "linux") return `\0${name}`;
  return platform === "win32" ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.on("error", () => undefined).end(String(process.pid)));
    server.once("error", reject);
    server.listen(path, () => resolve(server.unref()));
  });
}

/** The process that answers at an address, or `undefined` where none listens. */
function askOwner(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path).setEncoding("utf8").setTimeout(answerWithinMs);
    let answer = "";
    const settle = (owner: string | undefined) => {
      socket.destroy();
      resolve(owner);
    };
    socket.on("data", (text: string) => {
      answer += text;
    });
    socket.on("end", () => settle(answer || "unknown"));
    socket.on("timeout", () => settle("unknown"));
    socket.on("error", ({code}: NodeJS.ErrnoException) =>
      settle(code === "ECONNREFUSED" || code === "ENOENT" ? undefined : "unknown")
    );
  });
}

function locked(root: string, owner: string): SnapshotError {
  const message = `another job is writing to ${root} (process ${owner}): wait for it to end, or stop it`;
  return new SnapshotError("SNAPSHOT_LOCKED", message);
}
