import {mkdirSync, mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {preloadLinks} from "../../services/site/preload-links.js";

/** A page in a folder of a site, as Framework writes it. */
function page(cells = ""): {html: string; file: string} {
  const dir = mkdtempSync(join(tmpdir(), "links-"));
  mkdirSync(join(dir, "_observablehq"));
  writeFileSync(join(dir, "_observablehq/client.aa.js"), 'import{Runtime as r}from"./runtime.bb.js";export{r};');
  writeFileSync(join(dir, "_observablehq/runtime.bb.js"), 'import("./search.cc.js");export class Runtime{}');
  const html = `<head><script type="module">
import {define} from "../_observablehq/client.aa.js";
${cells}
</script></head>`;
  return {html, file: join(dir, "markets/A.html")};
}

const linksOf = ({html, file}: {html: string; file: string}) =>
  [...preloadLinks(html, file, "../_import/pages/dd.js").matchAll(/<link rel="(\w+)".*?href="(.*?)">/g)].map(
    ([, rel, href]) => `${rel} ${href}`
  );

describe("preloadLinks", () => {
  it("names the modules of Framework that a page imports, theirs, and the bundle; not what is loaded later", () => {
    expect(linksOf(page())).toEqual([
      "modulepreload ../_observablehq/client.aa.js",
      "modulepreload ../_observablehq/runtime.bb.js",
      "modulepreload ../_import/pages/dd.js"
    ]);
  });

  it("names registered JSON once, in the mode in which a cell fetches it, and no file that may be large", () => {
    const registered = (path: string) => `registerFile("x", {"name":"x","path":"../_file/${path}","size":7});`;
    const links = page(["a.11.json", "a.11.json", "bars.22.parquet"].map(registered).join("\n"));
    expect(linksOf(links).slice(3)).toEqual(["preload ../_file/a.11.json"]);
    expect(preloadLinks(links.html, links.file, "./dd.js")).toContain(
      'as="fetch" crossorigin href="../_file/a.11.json"'
    );
  });

  it("fails for a module that is not there", () => {
    const {html, file} = page('import {x} from "../_observablehq/gone.js";');
    expect(() => preloadLinks(html, file, "./dd.js")).toThrow("gone.js");
  });
});
