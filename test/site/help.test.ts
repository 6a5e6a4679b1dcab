import {spawnSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {expect, it} from "vitest";

it.each(["doctor", "snapshot"])("%s --help says how it is used, and nothing before it", (name) => {
  const {stdout, stderr, status} = spawnSync(process.execPath, ["services/site/tapebook.js", name, "--help"], {
    encoding: "utf8",
    env: {...process.env, TAPEBOOK_SETTINGS: "data/demo.yaml"}
  });
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(new RegExp(`^npm run ${name} \\[`));
});

it("the Node that is asked for is one thing in the manifest, in the lock file and in the words of the start", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {engines: {node: string}};
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {packages: Record<string, {engines?: object}>};
  expect(lock.packages[""]!.engines).toEqual(manifest.engines);
  expect(manifest.engines.node).toBe("^20.19.0 || ^22.12.0 || >=24.0.0");
  expect(readFileSync("services/site/tapebook.js", "utf8")).toContain("Tapebook needs 20.19, 22.12, or 24 and later");
});
