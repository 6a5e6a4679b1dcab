import {existsSync} from "node:fs";
import {resolve} from "node:path";

/** What runs a program, or a loader, of ours: its path and its arguments follow. */
export const interpreter = [process.execPath, "services/site/run-ts.js"] as const;

/** The project's programs, as commands to spawn from its root. */
export const programs = {
  demo: [...interpreter, "services/demo/main.ts"],
  sidecar: [...interpreter, "services/sidecar/main.ts"],
  snapshot: [...interpreter, "loaders/snapshot.ts"],
  doctor: [...interpreter, "loaders/doctor.ts"],
  login: [...interpreter, "services/sources/kite/login-main.ts"],
  migrate: [...interpreter, "services/sources/postgres/migrate-main.ts"],
  framework: [process.execPath, "node_modules/@observablehq/framework/dist/bin/observable.js"]
} as const;

/** Whether no settings of one's own are there, so that the demo profile runs. */
export function isDemoProfile(env: NodeJS.ProcessEnv = process.env): boolean {
  return !env["TAPEBOOK_SETTINGS"] && !existsSync("data/settings.yaml");
}

/** Which settings file and which snapshots a loader would read now: another answer makes every output anew. */
export function loaderOrigin(env: NodeJS.ProcessEnv = process.env): string {
  const settings = env["TAPEBOOK_SETTINGS"] || (isDemoProfile(env) ? "data/demo.yaml" : "data/settings.yaml");
  return JSON.stringify([resolve(settings), resolve(env["TAPEBOOK_DATA_DIR"] || "data/snapshots")]);
}
