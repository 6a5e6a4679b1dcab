#!/usr/bin/env node
// The one file that runs before anything is installed: it makes sure of Node and of the packages, then hands over.
import {spawnSync} from "node:child_process";
import {existsSync, lstatSync, readFileSync, realpathSync} from "node:fs";
import {fileURLToPath} from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
process.chdir(root);
if (existsSync(".env")) process.loadEnvFile(".env"); // what is set already stands

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
// As package.json states it; Node 21 and 23 never had what the build needs.
if (!(major >= 24 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)))
  fail(`Node ${process.versions.node} will not do: Tapebook needs 20.19, 22.12, or 24 and later`);

if (!isInstalled()) {
  if (isLinked())
    fail(`the packages in ${realpathSync("node_modules")} are not those of package-lock.json: run npm ci there`);
  console.error("Installing packages (once, about a minute) …");
  const {status} = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32"
  });
  if (status !== 0) fail("npm ci failed: see its message above");
}

const {register} = await import("tsx/esm/api");
register();
const {main} = await import("./cli.js");
process.exitCode = await main(process.argv.slice(2));

/** Whether node_modules holds every package of the lock file at its version; optional ones may be another platform's. */
function isInstalled() {
  if (!existsSync("node_modules/.package-lock.json")) return false;
  const installed = JSON.parse(readFileSync("node_modules/.package-lock.json", "utf8")).packages;
  const wanted = Object.entries(JSON.parse(readFileSync("package-lock.json", "utf8")).packages);
  return wanted.every(
    ([path, {version, optional, peer}]) => path === "" || optional || peer || installed[path]?.version === version
  );
}

/** Whether node_modules lies elsewhere: npm would empty that folder, which is another's. */
function isLinked() {
  return lstatSync("node_modules", {throwIfNoEntry: false})?.isSymbolicLink() === true;
}

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(message);
  process.exit(1);
}
