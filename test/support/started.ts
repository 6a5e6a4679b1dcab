import {type ChildProcess, spawn} from "node:child_process";
import {readdirSync, readlinkSync} from "node:fs";
import {createInterface} from "node:readline";

/** `npm start`, up. */
export interface Started {
  readonly address: string;
  readonly readyMs: number;
  readonly output: readonly string[];
  /** Ctrl-C. @returns the exit code */
  interrupt(): Promise<number | null>;
}

/** Starts everything in a folder as a person would, by `npm start`, and waits for the address it prints. */
export function startAll(dir: string, args: readonly string[] = []): Promise<Started> {
  const begun = performance.now();
  const child = spawn("npm", ["start", "--", "--no-open", ...args], {cwd: dir, detached: true, env: cleanEnv()});
  const output: string[] = [];
  return new Promise((resolve, reject) => {
    const listen = (line: string) => {
      output.push(line);
      const address = /Tapebook is at (http:\/\/\S+)/.exec(line)?.[1];
      if (address !== undefined)
        resolve({address, readyMs: performance.now() - begun, output, interrupt: () => interrupt(child)});
    };
    createInterface({input: child.stdout}).on("line", listen);
    createInterface({input: child.stderr}).on("line", listen);
    child.once("exit", (code) => reject(new Error(`npm start ended: exit code ${code}\n${output.join("\n")}`)));
  });
}

function cleanEnv(): NodeJS.ProcessEnv {
  const isOwn = /^(TAPEBOOK_|MT5_|KITE_|SIDECAR_|DATABASE_URL|VITEST|NODE_ENV$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOwn.test(name)));
}

/** As a terminal does it: the whole group gets the signal; nothing, where it has ended. */
async function interrupt(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
  return ended;
}

/** Processes whose working folder lies in *dir*, by number: what a stopped start must not leave (Linux only). */
export function processesIn(dir: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => workingFolder(pid)?.startsWith(dir))
    .map(Number);
}

function workingFolder(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined; // ended meanwhile, or another's
  }
}
