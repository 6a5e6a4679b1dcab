import {realpathSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {mountedRooms, mountRooms} from "../services/site/mount.js";
import {browserRooms, importFault, importsOf, neededBy, roomOf, sourceFiles, targetOf} from "./support/rooms.js";

const files = sourceFiles();

describe("the house", () => {
  it("has no file outside a room", () => {
    expect(files.filter((file) => roomOf(file) === undefined && !file.startsWith("data/"))).toEqual([]);
  });

  it("lets every room import only what the table allows", () => {
    const faults = files.flatMap((file) =>
      importsOf(file).flatMap((specifier) => {
        const fault = importFault(file, specifier);
        return fault === undefined ? [] : [`${file} imports ${specifier}: ${fault}`];
      })
    );
    expect(faults).toEqual([]);
  });

  it("keeps Node out of everything a page can reach", () => {
    const reached = new Set<string>();
    const visit = (file: string): string[] => {
      if (reached.has(file) || !/\.(ts|js|md)$/.test(file)) return [];
      reached.add(file);
      return importsOf(file).flatMap((specifier) => {
        if (specifier.startsWith("node:")) return [`${file} imports ${specifier}`];
        return specifier.startsWith(".") ? visit(targetOf(file, specifier)) : [];
      });
    };
    const entries = files.filter((file) => browserRooms.some((room) => file.startsWith(`${room}/`)));
    expect(entries.flatMap(visit)).toEqual([]);
  });

  it("lets no report wait for arquero, whose group-bys come when they are asked for", () => {
    const neededFrom = (file: string, seen = new Set<string>()): Set<string> => {
      for (const specifier of neededBy(file)) {
        const target = specifier.startsWith(".") ? targetOf(file, specifier) : specifier;
        if (seen.has(target)) continue;
        seen.add(target);
        if (target.endsWith(".ts")) neededFrom(target, seen);
      }
      return seen;
    };
    const reports = ["index", "markets/[instrument]", "trades/[account]", "pulse/[account]", "risk/[account]"];
    expect(reports.filter((page) => neededFrom(`src/${page}.md`).has("npm:arquero"))).toEqual([]);
    expect(neededFrom("components/why/group-why.ts")).toContain("npm:arquero");
  });

  it("has no circle of imports", () => {
    const state = new Map<string, "open" | "done">();
    const visit = (file: string, path: readonly string[]): string[] => {
      if (state.get(file) === "open") return [[...path.slice(path.indexOf(file)), file].join(" → ")];
      if (state.has(file) || !/\.(ts|js)$/.test(file)) return [];
      state.set(file, "open");
      const targets = importsOf(file).filter((specifier) => specifier.startsWith("."));
      const circles = targets.flatMap((specifier) => visit(targetOf(file, specifier), [...path, file]));
      state.set(file, "done");
      return circles;
    };
    expect(files.filter((file) => file.endsWith(".ts")).flatMap((file) => visit(file, []))).toEqual([]);
  });

  it.each(mountedRooms)("mounts %s inside src as the room of that name", (room) => {
    mountRooms("src");
    expect(realpathSync(`src/${room}`)).toBe(realpathSync(room));
  });
});

describe("a room that is broken into", () => {
  it.each([
    ["src/index.md", "./services/sources/settings/load-settings.js", "src may not import services/sources"],
    ["src/index.md", "../services/domain/bar.js", "a page sees nothing above src"],
    ["components/panels/any.ts", "../../loaders/snapshot.js", "components may not import loaders"],
    ["components/panels/any.ts", "node:fs", "a browser has no node: modules"],
    ["components/panels/any.ts", "npm:left-pad", "not pinned by the lock file"],
    ["services/domain/any.ts", "../analytics/indicators/sma.js", "services/domain may not import services/analytics"],
    ["services/analytics/any.ts", "d3", "a pure room has no packages"],
    ["services/sources/any.ts", "../sidecar/main.js", "services/sources may not import services/sidecar"],
    ["services/demo/any.ts", "../sources/settings/load-settings.js", "services/demo may not import services/sources"],
    ["services/stray.ts", "./domain/bar.js", "the file is in no room"],
    ["services/site/any.ts", "https://example.com/x.js", "code from the network"]
  ])("is told: %s importing %s", (file, specifier, fault) => {
    expect(importFault(file, specifier)).toBe(fault);
  });
});
