import {readFileSync} from "node:fs";
import {parseEnv} from "node:util";
import type {Environment} from "../sources/settings/reference.js";

/**
 * The environment of a process that outlives a day: a variable whose line in `.env` has changed since the start goes
 * before what the process was given, so that the token that `login --save` writes is used at the next connection.
 *
 * @param onRead hears what was read before anyone uses it
 * @returns a function that reads it anew
 */
export function createEnvironment(
  given: Readonly<Record<string, string | undefined>> = process.env,
  path = ".env",
  onRead: (env: Environment) => void = () => {}
): () => Environment {
  const atStart = readVariables(path);
  return () => {
    const changed = Object.entries(readVariables(path)).filter(([name, value]) => value !== atStart[name]);
    const environment = {...given, ...Object.fromEntries(changed)};
    onRead(environment);
    return environment;
  };
}

function readVariables(path: string): Readonly<Record<string, string | undefined>> {
  try {
    return parseEnv(readFileSync(path, "utf8"));
  } catch {
    return {}; // there need not be one
  }
}
