import {type ChildProcess, spawn} from "node:child_process";
import {once} from "node:events";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {createInterface} from "node:readline";
import type {DemoTruth} from "../../services/demo/truth.js";

/** The demo's venues as a process of their own, as `npm run demo` starts them. */
export interface RunningDemo {
  readonly env: Readonly<Record<string, string>>;
  readonly truth: DemoTruth;
  stop(): Promise<void>;
}

/** Starts the demo with its clock at *now*; state and truth are kept in *folder*. */
export async function startDemo(folder: string, now: string, ...options: readonly string[]): Promise<RunningDemo> {
  const truthFile = join(folder, "truth.json");
  const args = ["--now", now, "--state-dir", join(folder, "state"), "--truth", truthFile, ...options];
  const child: ChildProcess = spawn(process.execPath, ["services/site/run-ts.js", "services/demo/main.ts", ...args], {
    stdio: ["ignore", "pipe", "ignore"]
  });
  const ended = once(child, "exit");
  const line = await Promise.race([once(createInterface({input: child.stdout!}), "line"), ended]);
  if (typeof line[0] !== "string") throw new Error(`the demo did not start: exit code ${line[0]}`);
  const {env} = JSON.parse(line[0]) as {env: Record<string, string>};
  return {
    env: {...env, SIDECAR_URL: "ws://127.0.0.1:9"},
    truth: JSON.parse(readFileSync(truthFile, "utf8")) as DemoTruth,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    }
  };
}
