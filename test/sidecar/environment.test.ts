import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, it} from "vitest";
import {createEnvironment} from "../../services/sidecar/environment.js";

it("createEnvironment puts a line of .env that changed since the start before what was given, and no other", () => {
  const folder = mkdtempSync(join(tmpdir(), "environment-"));
  const path = join(folder, ".env");
  writeFileSync(path, "KITE_ACCESS_TOKEN=yesterday\nDATABASE_URL=from-file\n");
  const given = {KITE_ACCESS_TOKEN: "yesterday", DATABASE_URL: "from-shell"};
  const read: object[] = [];
  const environment = createEnvironment(given, path, (env) => read.push(env));
  expect(environment()).toEqual(given);
  writeFileSync(path, "KITE_ACCESS_TOKEN=today\nDATABASE_URL=from-file\n");
  expect(environment()).toEqual({KITE_ACCESS_TOKEN: "today", DATABASE_URL: "from-shell"});
  expect(read).toEqual([given, {KITE_ACCESS_TOKEN: "today", DATABASE_URL: "from-shell"}]);
  rmSync(folder, {recursive: true});
  expect(environment()).toEqual(given);
});
