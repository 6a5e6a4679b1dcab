import {spawn} from "node:child_process";
import {once} from "node:events";
import {appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {type Journal, openJournal} from "../../services/sidecar/store/journal.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-"));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const parse = (value: unknown) => (typeof value === "string" ? value : undefined);
const open = (changes: {segmentBytes?: number; mostBytes?: number} = {}) =>
  openJournal({folder, parse, now: () => 0, ...changes});
const write = (journal: Journal<string>, ...values: string[]) =>
  journal.append(values.map((value) => ({seq: journal.nextSeq(), value})));
const files = () => readdirSync(folder).filter((name) => name.endsWith(".log"));
const values = (journal: Journal<string>) => journal.left.map(({value}) => value);

describe("openJournal", () => {
  it("gives back what was written and not confirmed, in order, numbers going on", async () => {
    const first = await open();
    await write(first, "a", "b");
    await write(first, 'c\n"');
    await first.close();
    const second = await open();
    expect(second.left).toEqual([
      {seq: 1, value: "a"},
      {seq: 2, value: "b"},
      {seq: 3, value: 'c\n"'}
    ]);
    expect([second.id, second.nextSeq(), second.damaged]).toEqual([first.id, 4, 0]);
  });

  it("uses no number of an earlier run, not even one that was never written", async () => {
    const first = await openJournal({folder, parse, now: () => 1_000});
    await first.append([{seq: first.nextSeq(), value: "a"}]);
    const lost = [first.nextSeq(), first.nextSeq()];
    await first.close();
    const second = await openJournal({folder, parse, now: () => 1_001});
    expect([...lost, second.nextSeq()]).toEqual([1_000_002, 1_000_003, 1_001_001]);
  });

  it("names its files by the clock it was given, and goes on above a number it is told of", async () => {
    const journal = await openJournal({folder, parse, now: () => 36});
    journal.raise(50_000);
    await write(journal, "a");
    journal.raise(7);
    expect([journal.nextSeq(), files()]).toEqual([50_002, ["0000000000050001-10.log"]]);
    await journal.close();
  });

  it("passes over the torn end of a crash, and a line that was damaged, and counts them", async () => {
    const first = await open();
    await write(first, "a", "b", "c");
    await first.close();
    const path = join(folder, files()[0]!);
    writeFileSync(path, readFileSync(path, "utf8").replace('"b"', '"x"'));
    appendFileSync(path, '0badc0de 4 "tor');
    const second = await open();
    expect([values(second), second.damaged]).toEqual([["a", "c"], 2]);
    await write(second, "d");
    await second.close();
    expect(values(await open())).toEqual(["a", "c", "d"]);
  });

  it("lets go of files whose records are confirmed, and keeps the numbers rising across a restart", async () => {
    const journal = await open({segmentBytes: 30});
    for (const value of "abcdefgh") await write(journal, value);
    expect(files().length).toBeGreaterThan(2);
    await journal.confirm(6);
    await journal.close();
    const second = await open({segmentBytes: 30});
    expect(values(second).slice(-2)).toEqual(["g", "h"]);
    await write(second, "i");
    await second.confirm(9);
    await second.close();
    const third = await open({segmentBytes: 30});
    expect([third.nextSeq(), files().length]).toEqual([10, 1]);
    expect(third.bytes).toBeLessThan(30);
  });

  it("writes no more than it may hold, and goes on once something is confirmed", async () => {
    const journal = await open({segmentBytes: 40, mostBytes: 100});
    for (let i = 0; i < 5; ++i) await write(journal, "some text").catch(() => {});
    await expect(write(journal, "more")).rejects.toThrow(/journal is full: \d+ bytes, at most 100/);
    await journal.confirm(4);
    await write(journal, "again");
    await journal.close();
    expect(values(await open()).at(-1)).toBe("again");
  });

  it("fails where the disk is full, and writes the same records once there is room", async () => {
    const journal = await open();
    const records = ["a", "b"].map((value) => ({seq: journal.nextSeq(), value}));
    symlinkSync("/dev/full", join(folder, "0000000000000001-0.log")); // every write says that no space is left
    await expect(journal.append(records)).rejects.toThrow("ENOSPC");
    rmSync(join(folder, "0000000000000001-0.log"));
    await journal.append(records);
    await journal.close();
    expect(values(await open())).toEqual(["a", "b"]);
  });

  it("loses nothing that it said was on disk when its process is killed", async () => {
    const program = `
      import {openJournal} from "./services/sidecar/store/journal.ts";
      const journal = await openJournal({folder: process.argv[1], parse: (value) => value, segmentBytes: 2000, now: () => 0});
      for (;;) {
        const seq = journal.nextSeq();
        await journal.append([{seq, value: "x".repeat(seq % 90)}]);
        console.log(seq);
      }`;
    let said = 0;
    for (let kill = 0; kill < 3; ++kill) {
      const args = ["--import", "tsx", "--input-type=module", "-e", program, folder];
      const child = spawn(process.execPath, args, {stdio: ["ignore", "pipe", "inherit"]});
      const lines = createInterface(child.stdout).on("line", (line) => {
        said = Number(line);
        if (said % 40 === 39) child.kill("SIGKILL");
      });
      await once(lines, "close");
      const seqs = (await open()).left.map(({seq}) => seq);
      expect(seqs.slice(0, said)).toEqual(Array.from({length: said}, (_, i) => i + 1));
    }
    expect(said).toBeGreaterThan(100);
  }, 60_000);
});
