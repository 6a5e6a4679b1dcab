import {spawnSync} from "node:child_process";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {afterAll, describe, expect, it} from "vitest";

const dir = mkdtempSync(join(tmpdir(), "tapebook-run-"));
afterAll(() => {
  rmSync(dir, {recursive: true, force: true});
  rmSync(join(".tapebook", "run", dir), {recursive: true, force: true});
});

/** Runs a program of these lines, which imports one beside it. */
function run(lines: readonly string[], ...args: readonly string[]) {
  const program = join(dir, "program.ts");
  writeFileSync(join(dir, "beside.ts"), "export const half = (n: number): number => n / 2;\n");
  writeFileSync(program, ['import {half} from "./beside.js";', ...lines].join("\n"));
  const {status, stdout, stderr} = spawnSync(process.execPath, ["services/site/run-ts.js", program, ...args], {
    encoding: "utf8"
  });
  return {program, status, stdout, stderr};
}

describe("services/site/run-ts.js", () => {
  it("runs TypeScript with its arguments, its own address and the packages of the project", () => {
    const {program, status, stdout} = run(
      [
        'import {z} from "zod";',
        "const own: string = import.meta.url;",
        "console.log(JSON.stringify([process.argv[1], process.argv.slice(2), own, z.number().parse(half(6))]));"
      ],
      "--name",
      "a b"
    );
    expect([status, JSON.parse(stdout)]).toEqual([0, [program, ["--name", "a b"], pathToFileURL(program).href, 3]]);
  });

  it("names the line of the source where a program fails", () => {
    const {program, status, stderr} = run(["", "half(1);", 'throw new Error("this is the fourth line");']);
    expect(status).toBe(1);
    expect(stderr).toContain("this is the fourth line");
    expect(stderr).toContain(`${program}:4:7`);
  });

  it("passes an exit code on", () => {
    expect(run(["process.exitCode = half(8);"]).status).toBe(4);
  });
});
