import {spawnSync} from "node:child_process";
import {cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, it} from "vitest";

it("packages that lie elsewhere are never installed over: it says where to do it", () => {
  const dir = mkdtempSync(join(tmpdir(), "tapebook-linked-"));
  try {
    mkdirSync(join(dir, "project/services/site"), {recursive: true});
    mkdirSync(join(dir, "elsewhere/kept"), {recursive: true});
    cpSync("services/site/tapebook.js", join(dir, "project/services/site/tapebook.js"));
    cpSync("package.json", join(dir, "project/package.json"));
    cpSync("package-lock.json", join(dir, "project/package-lock.json"));
    writeFileSync(join(dir, "elsewhere/.package-lock.json"), '{"packages": {}}');
    symlinkSync(join(dir, "elsewhere"), join(dir, "project/node_modules"), "junction");
    const {status, stderr} = spawnSync(process.execPath, ["services/site/tapebook.js", "test"], {
      ...{cwd: join(dir, "project"), encoding: "utf8"},
      env: {...process.env, PATH: join(dir, "nothing")} // were it to install, there would be no npm
    });
    expect(stderr).toMatch(/the packages in \S+elsewhere are not those of package-lock\.json: run npm ci there/);
    expect(status).toBe(1);
    expect(existsSync(join(dir, "elsewhere/kept"))).toBe(true);
  } finally {
    rmSync(dir, {recursive: true});
  }
});
