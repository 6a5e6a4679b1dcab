import {spawn} from "node:child_process";
import {once} from "node:events";
import {mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {afterEach, beforeEach, expect, it} from "vitest";
import {mountRooms} from "../../services/site/mount.js";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tapebook-mount-"));
});

afterEach(() => rmSync(root, {recursive: true}));

it("mounts a room, again without harm, and anew where the link led elsewhere", () => {
  symlinkSync(tmpdir(), join(root, "components"), "junction");
  for (let i = 0; i < 2; ++i) mountRooms(root, ["components"]);
  expect(realpathSync(join(root, "components"))).toBe(resolve("components"));
});

it("refuses to take the place of a real folder", () => {
  mkdirSync(join(root, "components"));
  expect(() => mountRooms(root, ["components"])).toThrow("exists and is not a link");
});

it("is mounted by several processes at once without a quarrel", async () => {
  const program = `
    import {mountRooms} from "./services/site/mount.ts";
    process.once("message", (root) => {
      for (let i = 0; i < 300; ++i) mountRooms(root + "/" + i);
      process.disconnect();
    });
    process.send("ready");
  `;
  const args = ["--import=tsx", "--input-type=module", "-e", program];
  const all = Array.from({length: 3}, () =>
    spawn(process.execPath, args, {stdio: ["ignore", "ignore", "inherit", "ipc"]})
  );
  const ended = Promise.all(all.map(async (each) => (await once(each, "exit"))[0]));
  await Promise.all(all.map((each) => once(each, "message"))); // all are ready: now they race
  for (const each of all) each.send(root);
  const codes = await ended;
  expect(codes).toEqual([0, 0, 0]);
}, 20_000);
