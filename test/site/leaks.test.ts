import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, it} from "vitest";
import {findLeaks} from "../../services/site/leaks.js";

it("names the file and the variable of a secret that reached a site, not its value", () => {
  const dir = mkdtempSync(join(tmpdir(), "tapebook-leaks-"));
  writeFileSync(join(dir, "index.html"), "<p>canary-5f3a91</p>");
  writeFileSync(join(dir, "clean.html"), "<p>nothing</p>");
  const env = {MT5_BRIDGE_TOKEN: "canary-5f3a91", KITE_API_KEY: "short", HOME: "nothing"};
  expect(findLeaks(dir, env)).toEqual([{page: "index.html", message: "holds the secret MT5_BRIDGE_TOKEN"}]);
  rmSync(dir, {recursive: true});
});
