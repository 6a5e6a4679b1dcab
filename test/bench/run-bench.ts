import {spawn} from "node:child_process";
import {once} from "node:events";
import {bundle} from "./bundle.js";
import type {Row} from "./measure.js";

/**
 * Runs a bench in a process of its own.
 *
 * @throws {Error} if it ends without rows; it has said why
 */
export async function runBench(name: string): Promise<readonly Row[]> {
  const code = `import bench from "./${name}.bench.ts"; process.send(await bench.run(), () => process.exit());`;
  const stdio = ["inherit", "inherit", "inherit", "ipc"] as const;
  const child = spawn(process.execPath, [await bundle(name, code)], {stdio: [...stdio]});
  let rows: readonly Row[] | undefined;
  child.on("message", (message) => {
    rows = message as readonly Row[];
  });
  const [exitCode] = (await once(child, "close")) as [number | null];
  if (rows === undefined) throw new Error(`bench ${name} ended without results: exit code ${exitCode}`);
  return rows;
}
