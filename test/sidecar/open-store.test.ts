import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, it} from "vitest";
import {systemEffects} from "../../services/sidecar/effects.js";
import {openStore, storeUrl} from "../../services/sidecar/store/open-store.js";
import {parseSettings} from "../../services/sources/settings/load-settings.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "open-store-"));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const open = (journal: string) =>
  openStore({url: "postgres://nobody@127.0.0.1:9/none", folder: journal, instruments: new Set()}, systemEffects());

it("openStore serves without its database, and says what is wrong", async () => {
  const store = await open(join(folder, "journal"));
  await expect
    .poll(() => store.status())
    .toMatchObject({connected: false, lastError: expect.stringMatching(/^database: /)});
  expect(await store.minutes("X:A", 0, Date.now())).toEqual([]);
  await store.close();
});

it("openStore gives a journal to one process at a time, and names a folder that cannot be used", async () => {
  const store = await open(join(folder, "journal"));
  await expect(open(join(folder, "journal"))).rejects.toThrow(/another job is writing to .*journal/);
  await store.close();
  writeFileSync(join(folder, "file"), "");
  await expect(open(join(folder, "file", "journal"))).rejects.toThrow(
    /^no journal in .*: ENOTDIR.*; choose another folder by --journal/
  );
});

it("storeUrl is there only where settings name a store and its variable is set", () => {
  const settings = (sources: string) => parseSettings(`sources: {${sources}}\ninstruments: []`, "settings.yaml", {});
  const env = {DATABASE_URL: "postgres://x"};
  expect(storeUrl(settings("store: {kind: postgres, url: {env: DATABASE_URL}}"), env)).toBe("postgres://x");
  expect(storeUrl(settings("store: {kind: postgres, url: {env: DATABASE_URL}}"), {})).toBe(undefined);
  expect(storeUrl(settings("other: {kind: postgres, url: {env: DATABASE_URL}}"), env)).toBe(undefined);
});
