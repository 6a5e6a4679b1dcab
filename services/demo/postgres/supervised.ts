import {type ChildProcessByStdio, spawn} from "node:child_process";
import type {Readable, Writable} from "node:stream";
import {spawnOptions} from "./cluster.js";
import type {Identity} from "./identity.js";

/** A server that lives no longer than we do. */
export interface Supervised {
  /** Resolves once the server says it is ready; rejects with its last words if it ends before. */
  readonly ready: Promise<void>;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

// The shell stands between us and the server, in a process group of its own so that a Ctrl-C at the terminal reaches
// only us. It holds the read end of a pipe that only we hold the write end of: when that closes, because we stopped the
// server or because we were killed, it shuts the server down.
const supervisor = `
exec 3<&0
"$@" 3<&- </dev/null & server=$!
trap 'kill -INT $server' INT TERM HUP
(trap - INT TERM HUP; read -r _ <&3; kill -INT $server) & watcher=$!
exec 3<&-
wait $server; code=$?
while kill -0 $server 2>/dev/null; do wait $server; code=$?; done
kill $watcher 2>/dev/null
exit $code`;

const stopWithinMs = 15_000;
const readyText = "database system is ready to accept connections";

/** Starts a server under a supervisor that ends it when this process ends, however it ends. */
export function supervise(program: string, flags: readonly string[], identity: Identity | undefined): Supervised {
  const child = spawn("/bin/sh", ["-c", supervisor, "tapebook-postgres", program, ...flags], {
    ...spawnOptions(identity),
    detached: true
  });
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const ready = whenReady(child);
  const unref = () => {
    child.unref();
    for (const stream of [child.stdin, child.stdout, child.stderr])
      if ("unref" in stream && typeof stream.unref === "function") stream.unref();
  };
  ready.then(unref, () => undefined);
  return {ready, stop: () => end(child, exited)};
}

function whenReady(child: ChildProcessByStdio<Writable, Readable, Readable>): Promise<void> {
  let said = "";
  child.stdout.resume();
  return new Promise((resolve, reject) => {
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      said = (said + chunk).slice(-4_000);
      if (said.includes(readyText)) resolve();
    });
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`database server ended with exit ${code}: ${said.trim()}`)));
  });
}

async function end(child: ChildProcessByStdio<Writable, Readable, Readable>, exited: Promise<void>): Promise<void> {
  child.ref();
  child.stdin.on("error", () => undefined).end();
  const timer = setTimeout(() => process.kill(-child.pid!, "SIGKILL"), stopWithinMs);
  await exited;
  clearTimeout(timer);
}
