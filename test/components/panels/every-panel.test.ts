import {readFileSync} from "node:fs";
import {basename} from "node:path/posix";
import {globSync} from "tinyglobby";
import {expect, it} from "vitest";

/** A panel's file gives an element to a page; the others choose, count or word what panels show. */
const givesElement =
  /^export function \w+(?:<[^>]*>)?\([\s\S]*?\)(?:: HTMLElement)? \{\n[\s\S]*?(?:html`|dataTable|tileRow|chartFrame|html\()/m;

it("each panel says what it says in a file, in its usual, optional and empty states", () => {
  const tests = globSync("test/components/panels/*-states.test.ts").map((file) => readFileSync(file, "utf8"));
  const isShown = (panel: string) => tests.some((test) => test.includes(`/${panel}.js"`));
  const answers = "components/sql/{result-{table,chart,view},fault-view,query-history,run-words}.ts"; // what the SQL page shows of a query
  const panels = globSync(["components/panels/*.ts", answers]).filter((file) =>
    givesElement.test(readFileSync(file, "utf8"))
  );
  const missing = panels.map((file) => basename(file, ".ts")).filter((panel) => !isShown(panel));
  expect(missing).toEqual([]); // add it to one of them; what it stands on is in test/components/sample-*.ts
  expect(panels.length).toBeGreaterThan(30);
});

it("each panel's file holds its usual state, what it says of nothing, and no state by another name", () => {
  const always = ["trip-deals", "trip-panel"]; // of one round trip: there is no such panel of none
  const faults = globSync("test/output/panels/*.txt").flatMap((file) => {
    const name = basename(file, ".txt");
    const states = [...readFileSync(file, "utf8").matchAll(/^=== (.*)$/gm)].map(([, state = ""]) => state);
    const missing = ["usual", always.includes(name) ? "optional" : "empty"].filter((state) => !states.includes(state));
    const unknown = states.filter((state) => !["usual", "optional", "empty"].includes(state));
    return [...missing.map((state) => `${name}: no ${state} state`), ...unknown.map((state) => `${name}: ${state}`)];
  });
  expect(faults).toEqual([]);
});

it("no file is left of a panel that there is no more", () => {
  const tests = globSync("test/components/panels/*-states.test.ts").map((file) => readFileSync(file, "utf8"));
  const files = globSync("test/output/panels/*.txt").map((file) => basename(file, ".txt"));
  expect(files.filter((name) => !tests.some((test) => test.includes(`name: "${name}"`)))).toEqual([]);
});
