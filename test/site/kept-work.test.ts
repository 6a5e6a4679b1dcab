import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, describe, expect, it} from "vitest";
import {keepFolder, keepText, keptText, takeFolder} from "../../services/site/kept-work.js";

const kept = join("node_modules", ".cache", "tapebook");
const own = () => (existsSync(kept) ? readdirSync(kept) : []).filter((name) => name.includes("testing"));
const folders: string[] = [];

/** A folder that holds one file of that text. */
function folderOf(text?: string): string {
  const dir = mkdtempSync(join(tmpdir(), "tapebook-kept-"));
  folders.push(dir);
  if (text !== undefined) writeFileSync(join(dir, "file.txt"), text);
  return dir;
}

afterEach(() => {
  for (const name of own()) rmSync(join(kept, name), {recursive: true});
  for (const dir of folders.splice(0)) rmSync(dir, {recursive: true, force: true});
});

describe("what is kept beside the packages", () => {
  it("is a text, until another takes its place", () => {
    expect(keptText("testing.json")).toBeUndefined();
    keepText("testing.json", "1");
    keepText("testing.json", "2");
    expect(keptText("testing.json")).toBe("2");
    expect(own()).toEqual(["testing.json"]);
  });

  it("is a folder of one version, copied to where it is wanted", () => {
    keepFolder("testing", "1", folderOf("one"));
    keepFolder("testing", "2", folderOf("two"));
    const to = join(folderOf(), "taken");
    expect(takeFolder("testing-1", to)).toBe(false);
    expect(existsSync(to)).toBe(false);
    expect(takeFolder("testing-2", to)).toBe(true);
    expect(readFileSync(join(to, "file.txt"), "utf8")).toBe("two");
    expect(own()).toEqual(["testing-2"]);
  });

  it("is the first of two that keep the same at once, whole", () => {
    keepFolder("testing", "1", folderOf("one"));
    keepFolder("testing", "1", folderOf("another"));
    expect(readFileSync(join(kept, "testing-1", "file.txt"), "utf8")).toBe("one");
    expect(own()).toEqual(["testing-1"]);
  });

  it("is nothing where there is nothing to keep, and no fault", () => {
    keepFolder("testing", "1", join(tmpdir(), "tapebook-nowhere"));
    expect(own()).toEqual([]);
  });
});
