import {describe, expect, it} from "vitest";
import {databaseModule, databaseWorker, headStart} from "../../services/site/head-start.js";

/** What the head of a page does where its address ends so: the worker's address, and the links added. */
function run(script: string, search: string) {
  const started: string[] = [];
  const links: {href?: string}[] = [];
  class Worker {
    constructor(address: string) {
      started.push(address);
    }
  }
  const document = {createElement: () => ({}), head: {append: (link: {href?: string}) => links.push(link)}};
  const code = /<script data-head-start>([\s\S]*)<\/script>/.exec(script)![1]!;
  new Function("Worker", "document", "location", "globalThis", code)(Worker, document, {search}, {});
  return {started, links: links.map(({href}) => href)};
}

const editor = 'define({id: "a", inputs: ["format","queryBox","sql"], outputs: ["box"], body: () => {}});';

describe("headStart", () => {
  it("starts the database of a page with an editor, where the address holds a query", () => {
    const script = headStart(editor, "./w.js", "./d.js");
    expect(run(script, "?query=SELECT+1&view=chart")).toEqual({started: ["./w.js"], links: ["./d.js"]});
    expect(run(script, "?view=chart")).toEqual({started: [], links: []});
  });

  it("leaves a page without an editor alone", () => {
    expect(headStart('define({id: "a", inputs: ["sql"], body: () => {}});', "./w.js", "./d.js")).toBe("");
  });

  it("knows the worker among modules, and the library that a bundle loads", () => {
    const worker = "/site/_import/components/sql/database-worker.0a1b.js";
    expect(databaseWorker(["/site/_import/components/work/risk-worker.22.js", worker])).toBe(worker);
    expect(databaseWorker([])).toBeUndefined();
    expect(databaseModule('x=await import("../../_npm/@duckdb/duckdb-wasm@1.28.0/21.js");')).toBe(
      "../../_npm/@duckdb/duckdb-wasm@1.28.0/21.js"
    );
    expect(databaseModule('import("./_npm/d3@7/21.js")')).toBeUndefined();
  });
});
