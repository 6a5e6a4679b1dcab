import {spawnSync} from "node:child_process";
import {mkdtempSync, rmSync, statSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {afterAll, describe, expect, it} from "vitest";

const dir = mkdtempSync(join(tmpdir(), "tapebook-run-"));
afterAll(() => {
  rmSync(dir, {recursive: true, force: true});
  rmSync(join(".tapebook", "run", dir), {recursive: true, force: true});
});

const half = "export const half = (n: number): number => n / 2;\n";

/** Runs a program of these lines, which imports one beside it; `null` for one that is no more. */
function run(lines: readonly string[], {beside = half as string | null, args = [] as readonly string[]} = {}) {
  const program = join(dir, "program.ts");
  if (beside === null) rmSync(join(dir, "beside.ts"));
  else writeFileSync(join(dir, "beside.ts"), beside);
  writeFileSync(program, ['import {half} from "./beside.js";', ...lines].join("\n"));
  const {status, stdout, stderr} = spawnSync(process.execPath, ["services/site/run-ts.js", program, ...args], {
    encoding: "utf8"
  });
  return {program, status, stdout, stderr};
}

/** Where the bundle of a program is kept. */
const bundleOf = (program: string) => join(".tapebook", "run", `${program.replace(/\.ts$/, "")}.mjs`);

describe("services/site/run-ts.js", () => {
  it("runs TypeScript with its arguments, its own address and the packages of the project", () => {
    const {program, status, stdout} = run(
      [
        'import {z} from "zod";',
        "const own: string = import.meta.url;",
        "console.log(JSON.stringify([process.argv[1], process.argv.slice(2), own, z.number().parse(half(6))]));"
      ],
      {args: ["--name", "a b"]}
    );
    expect([status, JSON.parse(stdout)]).toEqual([0, [program, ["--name", "a b"], pathToFileURL(program).href, 3]]);
  });

  it("names the line of the source where a program fails", () => {
    const {program, status, stderr} = run(["", "half(1);", 'throw new Error("this is the fourth line");']);
    expect(status).toBe(1);
    expect(stderr).toContain("this is the fourth line");
    expect(stderr).toContain(`${program}:4:7`);
  });

  it("bundles a program once, and anew when it or what it imports is another, or no more", () => {
    const lines = ["console.log(half(6));"];
    const first = run(lines);
    const bundle = bundleOf(first.program);
    const made = statSync(bundle).ino; // a bundle is replaced, never written over
    expect([run(lines).stdout, statSync(bundle).ino]).toEqual(["3\n", made]);
    expect(run(["console.log(half(8));"]).stdout).toBe("4\n");
    const beside = "export const half = (n: number): number => n / 4;\n";
    expect(run(["console.log(half(8));"], {beside}).stdout).toBe("2\n");
    const gone = run(["console.log(half(8));"], {beside: null});
    expect([gone.status, gone.stdout]).toEqual([1, ""]);
    expect(gone.stderr).toContain('Could not resolve "./beside.js"');
  });

  it("bundles anew where what was kept is cut short or no bundle", () => {
    const lines = ["console.log(half(6));"];
    const {program} = run(lines);
    const bundle = bundleOf(program);
    for (const kept of ["", "// {", "console.log(7);\n"]) {
      writeFileSync(bundle, kept);
      expect(run(lines).stdout).toBe("3\n");
    }
  });

  it("passes an exit code on", () => {
    expect(run(["process.exitCode = half(8);"]).status).toBe(4);
  });
});
