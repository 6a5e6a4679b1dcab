import {type SpawnSyncOptions, spawnSync} from "node:child_process";
import {existsSync} from "node:fs";
import {createRequire} from "node:module";
import {delimiter, join} from "node:path";
import type {Browser, chromium as playwrightChromium} from "playwright-core";

/** Best first: the shell has no windows to draw, and opens a page in a third of the time. */
const debianPackages = ["chromium-headless-shell", "chromium"];
const names = [...debianPackages, "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "msedge"];
const macApps = ["Google Chrome", "Chromium"].map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);

/** The Chromium to drive: `CHROME_PATH`, else one on the PATH, else playwright's own; `undefined` if there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const own = env["CHROME_PATH"];
  if (own !== undefined && own !== "") return existsSync(own) ? own : undefined;
  const folders = (env["PATH"] ?? "").split(delimiter);
  const found = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...macApps].find(existsSync);
  if (found !== undefined) return found;
  const installed = playwright().executablePath();
  return existsSync(installed) ? installed : undefined;
}

/**
 * The Chromium to drive, installed if there is none: Debian's package as root, playwright's own otherwise.
 *
 * @throws {Error} naming what to do, if it can neither be found nor installed
 */
export function ensureChromium(): string {
  const found = findChromium();
  if (found !== undefined) return found;
  if (process.env["CHROME_PATH"]) throw new Error(`no Chromium at CHROME_PATH: ${process.env["CHROME_PATH"]}`);
  console.error("Installing Chromium (once) …");
  if (process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0) {
    const env = {...process.env, DEBIAN_FRONTEND: "noninteractive"};
    const options: SpawnSyncOptions = {stdio: ["ignore", "ignore", "inherit"], env};
    spawnSync("apt-get", ["update", "-qq"], options);
    const install = (name: string) =>
      spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], options);
    for (const name of debianPackages) if (install(name).status === 0) break;
  } else {
    const cli = join("node_modules", "playwright-core", "cli.js");
    spawnSync(process.execPath, [cli, ...installWords(), "chromium"], {stdio: ["ignore", "ignore", "inherit"]});
  }
  const installed = findChromium();
  if (installed === undefined) throw new Error("no Chromium: install one, or name it in CHROME_PATH");
  return installed;
}

/**
 * How playwright is told to install: with what the browser needs of the system where that asks nobody for a password.
 * Elsewhere without, for it would fail before it fetches the browser.
 *
 * @param mayBeRoot whether commands can be run as root unasked
 */
export function installWords(mayBeRoot = () => spawnSync("sudo", ["-n", "true"]).status === 0): string[] {
  return process.platform !== "linux" || mayBeRoot() ? ["install", "--with-deps"] : ["install"];
}

/** Starts a headless Chromium that speaks to nobody but the pages it is shown. */
export function launchChromium(executablePath: string): Promise<Browser> {
  const quiet = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run"
  ];
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return playwright().launch({executablePath, args: [...quiet, ...sandbox]});
}

/** Loaded by who drives a browser, for it takes most of a second, and by nobody else. */
function playwright(): typeof playwrightChromium {
  const {chromium} = createRequire(import.meta.url)("playwright-core") as {chromium: typeof playwrightChromium};
  return chromium;
}
