import {type SpawnOptions, spawn} from "node:child_process";

/** How a command is run: what is added to this process's environment, and how much of it is seen. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Print nothing unless it fails. */
  readonly quiet?: boolean;
  /** What to do with what a quiet command said before it failed; printed by default. */
  readonly onFailure?: (said: string) => void;
}

/**
 * Runs a command to its end on this terminal; Ctrl-C reaches it too.
 *
 * @returns its exit code; 1 if a signal ended it
 */
export function run(
  [command = "", ...args]: readonly string[],
  {env = {}, quiet = false, onFailure = (said) => process.stderr.write(said)}: RunOptions = {}
): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = {
      env: {...process.env, ...env},
      stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit"
    } satisfies SpawnOptions;
    const child = spawn(command, args, options as SpawnOptions);
    let output = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk;
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      output += chunk;
    });
    const forward = (signal: NodeJS.Signals) => {
      child.kill(signal);
    };
    process.on("SIGINT", forward).on("SIGTERM", forward);
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("SIGINT", forward).off("SIGTERM", forward);
      if (code !== 0 && output !== "") onFailure(output);
      resolve(code ?? 1);
    });
  });
}
