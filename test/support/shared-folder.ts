import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";

const variable = "TEST_RUN_SHARED_DIR";

/** Vitest's own set-up of a run: a folder for what several files of tests use, removed at the end. */
export default function setup(): () => void {
  const dir = mkdtempSync(join(tmpdir(), "tapebook-shared-"));
  process.env[variable] = dir;
  return () => rmSync(dir, {recursive: true, force: true});
}

/**
 * The folder of that name, filled once in a run by whichever file of tests asks first; the others wait for it.
 *
 * @param fill makes what belongs into it; what it throws, all who wait are told
 */
export async function shared(name: string, fill: (dir: string) => void | Promise<void>): Promise<string> {
  const dir = join(process.env[variable]!, name);
  const outcome = `${dir}.outcome`;
  if (mkdirSync(dir, {recursive: true}) !== undefined) {
    try {
      await fill(dir);
      writeFileSync(outcome, "");
    } catch (error) {
      writeFileSync(outcome, String(error));
    }
  }
  while (!existsSync(outcome)) await sleep(200);
  const fault = readFileSync(outcome, "utf8");
  if (fault !== "") throw new Error(`${name}: ${fault}`);
  return dir;
}
