import {type ChildProcess, spawn} from "node:child_process";
import {createInterface} from "node:readline";

/** How a process of a group is started: what is added to the environment, and what its output means. */
export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** A line of standard output that means the process is up; without it, it is up at once. */
  readonly ready?: (line: string) => boolean;
  /** Receives the other lines of output; the default prints them under the process's name. */
  readonly onLine?: (line: string) => void;
}

/** Processes that start together and stop together. */
export interface ProcessGroup {
  /** Starts a process. @returns the line that said it was up. @throws {Error} if it ends before */
  start(name: string, command: readonly string[], options?: StartOptions): Promise<string>;
  /** Resolves with the name and exit code of the first process that ends by itself. */
  readonly ended: Promise<{name: string; code: number}>;
  /** Stops all, last started first: SIGTERM, and SIGKILL after *patienceMs* (5 s). */
  stop(): Promise<void>;
}

/** A group whose processes are all stopped when this process is told to end, or ends. */
export function createProcessGroup({patienceMs = 5_000}: {readonly patienceMs?: number} = {}): ProcessGroup {
  const children: {name: string; child: ChildProcess}[] = [];
  let isStopping = false;
  let end: (result: {name: string; code: number}) => void;
  const ended = new Promise<{name: string; code: number}>((resolve) => {
    end = resolve;
  });
  const killAll = () => {
    for (const {child} of children) child.kill("SIGKILL");
  };
  process.once("exit", killAll);

  return {
    ended,
    start(
      name,
      [command = "", ...args],
      {env = {}, ready, onLine = (line: string) => console.log(`${name.padEnd(8)} ${line}`)} = {}
    ) {
      const child = spawn(command, args, {env: {...process.env, ...env}, stdio: ["pipe", "pipe", "pipe"]});
      children.push({name, child});
      return new Promise<string>((resolve, reject) => {
        child.once("error", reject);
        child.once("exit", (code, signal) => {
          if (!isStopping) end({name, code: code ?? 1});
          reject(new Error(`${name} ended before it was ready: ${signal ?? `exit code ${code}`}`));
        });
        createInterface({input: child.stderr}).on("line", onLine);
        createInterface({input: child.stdout}).on("line", (line) => {
          if (ready?.(line)) resolve(line);
          else onLine(line);
        });
        if (ready === undefined) resolve("");
      });
    },
    async stop() {
      isStopping = true;
      for (const {child} of children.reverse()) await stopChild(child, patienceMs);
      process.off("exit", killAll);
    }
  };
}

async function stopChild(child: ChildProcess, patienceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const isGone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), patienceMs);
  await isGone;
  clearTimeout(timer);
}

/** Resolves when the person or the system asks this process to end (Ctrl-C, SIGTERM, a closed terminal). */
export function untilAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
  });
}
