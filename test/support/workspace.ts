import {execFileSync, spawnSync} from "node:child_process";
import {cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join, resolve} from "node:path";

/** A copy of the project in a folder of its own, to build and serve without touching the real one. */
export interface Workspace {
  readonly dir: string;
  /** Runs `npm run <command>` there, as a person would. */
  run(
    command: string,
    args?: readonly string[],
    env?: Readonly<Record<string, string>>
  ): {code: number; output: string};
  write(path: string, text: string): void;
  remove(): void;
}

const ownVariable = /^(TAPEBOOK_|MT5_|KITE_|SIDECAR_|DATABASE_URL)/;

/**
 * @param pages Markdown by path; replaces the project's own pages where given
 * @param dir an empty folder for it; a new one unless given
 */
export function createWorkspace(
  pages?: Readonly<Record<string, string>>,
  dir = mkdtempSync(join(tmpdir(), "tapebook-test-"))
): Workspace {
  const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], {encoding: "utf8"}).trim().split("\n");
  for (const file of files) {
    const isOwnPage = pages !== undefined && file.startsWith("src/");
    if (isOwnPage || file.startsWith("test/") || !existsSync(file)) continue;
    mkdirSync(join(dir, dirname(file)), {recursive: true});
    cpSync(file, join(dir, file));
  }
  symlinkSync(resolve("node_modules"), join(dir, "node_modules"), "junction");
  const workspace = workspaceAt(dir);
  for (const [path, text] of Object.entries(pages ?? {})) workspace.write(path, text);
  return workspace;
}

/** A copy of the project that stands already. */
export function workspaceAt(dir: string): Workspace {
  return {
    dir,
    write(path, text) {
      mkdirSync(join(dir, dirname(path)), {recursive: true});
      writeFileSync(join(dir, path), text);
    },
    run(command, args = [], env = {}) {
      const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ownVariable.test(name)));
      const {status, stdout, stderr} = spawnSync(process.execPath, ["services/site/tapebook.js", command, ...args], {
        cwd: dir,
        env: {...inherited, ...env},
        encoding: "utf8"
      });
      return {code: status ?? 1, output: stdout + stderr};
    },
    remove: () => rmSync(dir, {recursive: true, force: true})
  };
}
