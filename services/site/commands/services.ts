import type {Command} from "../command.js";
import {findRunningDemo} from "../demo-venues.js";
import {isDemoProfile, programs} from "../programs.js";
import {run} from "../run.js";

/** `npm run demo`: the simulated venues alone. */
export const demo: Command = {
  run: (args) => run([...programs.demo, ...args])
};

/** `npm run bundle`: the sidecar as one file that runs without node_modules. */
export const bundle: Command = {
  help: "npm run bundle\n\nWrites build/services/sidecar.mjs: the sidecar as one file, for a machine that has Node and nothing else.",
  run: () => run([process.execPath, "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"])
};

/** `npm run sidecar`: the WebSocket sidecar alone. */
export const sidecar: Command = {
  run: (args) => run([...programs.sidecar, ...args], {env: isDemoProfile() ? (findRunningDemo() ?? {}) : {}})
};

/** `npm run tapebook -- login`: the day's access token of Kite. */
export const login: Command = {
  run: (args) => run([...programs.login, ...args])
};

/** `npm run tapebook -- migrate`: the schema of a PostgreSQL source. */
export const migrate: Command = {
  run: (args) => run([...programs.migrate, ...args])
};
