import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import type {ProcessGroup} from "./processes.js";
import {programs} from "./programs.js";

const stateFile = join(".tapebook", "demo-running.json");

/** Addresses and tokens of the simulated venues, as environment variables. */
export type VenueEnv = Readonly<Record<string, string>>;

/** Starts the simulated venues in a group and waits until they answer; `npm run doctor` and others find them too. */
export async function startDemo(group: ProcessGroup, args: readonly string[] = []): Promise<VenueEnv> {
  const line = await group.start("demo", [...programs.demo, ...args], {ready: isReadyLine});
  const {env} = JSON.parse(line) as {env: VenueEnv};
  mkdirSync(".tapebook", {recursive: true});
  writeFileSync(stateFile, JSON.stringify({pid: process.pid, env}), {mode: 0o600});
  process.once("exit", () => rmSync(stateFile, {force: true}));
  return env;
}

/** The venues that another command of this project runs now, or `undefined`. */
export function findRunningDemo(): VenueEnv | undefined {
  if (!existsSync(stateFile)) return undefined;
  const {pid, env} = JSON.parse(readFileSync(stateFile, "utf8")) as {pid: number; env: VenueEnv};
  return isAlive(pid) ? env : undefined;
}

/** Whether a line of a program's output says that it is up: `{"ready":true,…}`. */
export function isReadyLine(line: string): boolean {
  return line.startsWith('{"ready":true');
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
