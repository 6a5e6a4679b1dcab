import {spawn, spawnSync} from "node:child_process";
import {once} from "node:events";

const command = (program: string, args: readonly string[]) => [
  "services/site/run-ts.js",
  `loaders/${program}.ts`,
  ...args
];

/** Runs `snapshot` or `doctor` as a person does, to its end. */
export function runProgram(
  program: "snapshot" | "doctor",
  args: readonly string[],
  env: Readonly<Record<string, string>> = {}
) {
  const {status, stdout, stderr} = spawnSync(process.execPath, command(program, args), {
    env: {...process.env, DEBUG: "", TAPEBOOK_NOW_SHIFT_MS: "", ...env},
    encoding: "utf8"
  });
  return {status, stdout, stderr};
}

/** Starts `snapshot` and kills it without warning after a while, unless it ends before. */
export async function killProgram(
  args: readonly string[],
  afterMs: number,
  env: Readonly<Record<string, string>> = {}
): Promise<boolean> {
  const child = spawn(process.execPath, command("snapshot", args), {env: {...process.env, ...env}, stdio: "ignore"});
  const ended = once(child, "exit");
  const timer = setTimeout(() => child.kill("SIGKILL"), afterMs);
  const [, signal] = await ended;
  clearTimeout(timer);
  return signal === "SIGKILL";
}
