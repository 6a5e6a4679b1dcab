import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {pathToFileURL} from "node:url";
import {build} from "esbuild";
import {describe, expect, it} from "vitest";
import {leaveOut} from "../../services/site/leave-out.js";
import {namesUsed} from "../../services/site/names-used.js";
import {packPages} from "../../services/site/pack-pages.js";
import {encodeCloses} from "../../services/snapshots/encode-closes.js";

/** Without types of its own; in its environment esbuild does not run. */
const {JSDOM} = createRequire(import.meta.url)("jsdom") as {JSDOM: new () => {window: {document: Document}}};

/** A small site in Framework's shape: two pages of one kind, one of another, one without code. */
function site(): string {
  const dir = mkdtempSync(join(tmpdir(), "pack-"));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(dir, path)), {recursive: true});
    writeFileSync(join(dir, path), text);
  };
  write("_observablehq/stdlib.aa.js", "export const stdlib = 1;");
  write("_npm/big@1.0.0/bb.js", 'export const used = () => "used"; export const unused = () => "never wanted";');
  write("_npm/late@1.0.0/cc.js", "export const late = 3;");
  write(
    "_import/components/deep/own.dd.js",
    'import {used} from "../../../_npm/big@1.0.0/bb.js"; export const own = used;'
  );
  write(
    "_import/components/opens.ee.js",
    `import {stdlib} from "../../_observablehq/stdlib.aa.js";
export const opens = async () => (await import("../../_npm/late@1.0.0/cc.js")).late + stdlib;
export const where = () => import.meta.resolve("../../_npm/late@1.0.0/worker.js");`
  );
  write("_npm/late@1.0.0/worker.js", "");
  const page = (up: string, names: readonly string[]) => `<head>
<link rel="modulepreload" href="${up}_observablehq/stdlib.aa.js">
${names.map((name) => `<link rel="modulepreload" href="${up}_import/components/${name}">`).join("\n")}
<link rel="modulepreload" href="${up}_npm/big@1.0.0/bb.js">
<script type="module">
import {stdlib} from "${up}_observablehq/stdlib.aa.js";
const [${names.map((_, i) => `a${i}`).join()}] = await Promise.all([${names.map((name) => `import("${up}_import/components/${name}")`).join(", ")}]);
</script></head>`;
  write("markets/A.html", page("../", ["deep/own.dd.js", "opens.ee.js"]));
  write("markets/B.html", page("../", ["deep/own.dd.js", "opens.ee.js"]));
  write("index.html", page("./", ["deep/own.dd.js"]));
  write("text.html", "<p>No code.</p>");
  return dir;
}

const read = (dir: string, path: string) => readFileSync(join(dir, path), "utf8");
const bundles = (dir: string) => readdirSync(join(dir, "_import/pages")).sort();

describe("namesUsed", () => {
  const used = (code: string) => Object.fromEntries(namesUsed(code));

  it("knows what cells take of each module, in all cells together", () => {
    const cells = `const [{a, b: c}, whole] = await Promise.all([import("./x.js"), import("./y.js")]);
const {d} = await import("./x.js");`;
    expect(used(cells)).toEqual({"./x.js": ["a", "b", "d"], "./y.js": undefined});
  });

  it("takes all of a module that is imported in another way too", () => {
    expect(used('const {a} = await import("./x.js"); display(await import("./x.js"));')).toEqual({"./x.js": undefined});
    expect(used('const {a = 1} = await import("./x.js");')).toEqual({"./x.js": undefined});
    expect(used('const [{a}] = await Promise.all([import("./x.js")]); const {...b} = await import("./x.js");')).toEqual(
      {
        "./x.js": undefined
      }
    );
  });
});

describe("packPages", () => {
  it("makes one file of a page's modules, shared by pages of a kind", async () => {
    const dir = site();
    expect(await packPages(dir)).toEqual({pages: 4, bundles: 2, removed: 3, packages: []});
    const html = read(dir, "markets/A.html");
    const [, bundle = ""] =
      /import\("(\.\.\/_import\/pages\/[0-9a-f]{8}\.js)"\)\.then\(\(bundle\) => bundle\.m0\)/.exec(html) ?? [];
    expect(html).toContain(`<link rel="modulepreload" href="${bundle}">`);
    expect(html).not.toContain("own.dd.js");
    expect(read(dir, "markets/B.html")).toBe(html);
    expect(read(dir, "index.html")).toContain('import("./_import/pages/');
  });

  it("keeps what a library's user uses and no more of it", async () => {
    const dir = site();
    await packPages(dir);
    const text = bundles(dir)
      .map((name) => read(dir, `_import/pages/${name}`))
      .join("");
    expect(text).toContain('"used"');
    expect(text).not.toContain("never wanted");
  });

  it("leaves apart what is loaded later and Framework's own, by paths that lead there", async () => {
    const dir = site();
    await packPages(dir);
    const [, name = ""] = /pages\/([0-9a-f]{8}\.js)/.exec(read(dir, "markets/A.html")) ?? [];
    const path = join(dir, "_import/pages", name);
    writeFileSync(join(dir, "package.json"), '{"type": "module"}');
    const {m0, m1} = await import(/* @vite-ignore */ pathToFileURL(path).href);
    expect(m0.own()).toBe("used");
    expect(await m1.opens()).toBe(4);
    expect(readFileSync(path, "utf8")).toContain('import.meta.resolve("../../_npm/late@1.0.0/worker.js")');
    expect(existsSync(join(dir, "_npm/late@1.0.0/worker.js"))).toBe(true);
  });

  it("removes modules that nothing names any more, and keeps the preloads that something does", async () => {
    const dir = site();
    await packPages(dir);
    expect(existsSync(join(dir, "_npm/big@1.0.0/bb.js"))).toBe(false);
    expect(existsSync(join(dir, "_import/components/opens.ee.js"))).toBe(false);
    expect(existsSync(join(dir, "_npm/late@1.0.0/cc.js"))).toBe(true);
    expect(read(dir, "index.html")).toContain('<link rel="modulepreload" href="./_observablehq/stdlib.aa.js">');
  });

  it("makes one file of a worker and of what is loaded later, where they are the site's own", async () => {
    const dir = site();
    const write = (path: string, text: string) => writeFileSync(join(dir, path), text);
    write("_import/components/shared.11.js", 'export const shared = "shared";');
    write("_import/components/later.22.js", 'import {shared} from "./shared.11.js"; export const later = shared + 1;');
    write("_import/components/worker.33.js", 'import {shared} from "./shared.11.js"; globalThis.answer = shared;');
    write(
      "_import/components/opens.ee.js",
      `export const opens = async () => (await import("./later.22.js")).later;
export const where = () => import.meta.resolve("./worker.33.js");`
    );
    await packPages(dir);
    const [, name = ""] = /pages\/([0-9a-f]{8}\.js)/.exec(read(dir, "markets/A.html")) ?? [];
    writeFileSync(join(dir, "package.json"), '{"type": "module"}');
    const {m1} = await import(/* @vite-ignore */ pathToFileURL(join(dir, "_import/pages", name)).href);
    expect(await m1.opens()).toBe("shared1");
    const [, worker = ""] = /import\.meta\.resolve\("(.*?)"\)/.exec(read(dir, `_import/pages/${name}`)) ?? [];
    expect(read(dir, join("_import/pages", worker))).toContain("globalThis.answer");
    expect(existsSync(join(dir, "_import/components/worker.33.js"))).toBe(false);
  });

  it("leaves out the parts of libraries that no page uses, and says so when one is called", async () => {
    const dir = site();
    mkdirSync(join(dir, "_npm/d3-geo@3.1.2"), {recursive: true});
    mkdirSync(join(dir, "_npm/d3-scale-chromatic@3.1.0"), {recursive: true});
    writeFileSync(join(dir, "_npm/d3-geo@3.1.2/aa.js"), "");
    writeFileSync(join(dir, "_npm/d3-scale-chromatic@3.1.0/bb.js"), "");
    writeFileSync(
      join(dir, "_import/components/deep/own.dd.js"),
      `import {geoPath} from "../../../_npm/d3-geo@3.1.2/aa.js";
import {interpolateViridis, schemeTableau10} from "../../../_npm/d3-scale-chromatic@3.1.0/bb.js";
export const own = {path: () => geoPath(), colour: () => interpolateViridis(0), scheme: schemeTableau10};`
    );
    await packPages(dir);
    const [, name = ""] = /pages\/([0-9a-f]{8}\.js)/.exec(read(dir, "index.html")) ?? [];
    writeFileSync(join(dir, "package.json"), '{"type": "module"}');
    const {m0} = await import(/* @vite-ignore */ pathToFileURL(join(dir, "_import/pages", name)).href);
    expect(m0.own.path).toThrow("left out of packed pages: geoPath");
    expect(m0.own.colour).toThrow("left out of packed pages: interpolateViridis");
    expect(m0.own.scheme).toHaveLength(10);
  });

  it("loads and draws with what is left of these libraries, and says so where it is asked for the rest", async () => {
    const contents = `export {dodgeX, dot, plot} from "@observablehq/plot"; export {parquetReadObjects} from "hyparquet";`;
    const {outputFiles} = await build({
      ...{stdin: {contents, resolveDir: process.cwd()}, bundle: true, write: false, format: "esm", platform: "browser"},
      plugins: [leaveOut]
    });
    const file = join(mkdtempSync(join(tmpdir(), "left-")), "libraries.mjs");
    writeFileSync(file, outputFiles[0]!.contents);
    const {dodgeX, dot, plot, parquetReadObjects} = await import(/* @vite-ignore */ pathToFileURL(file).href);
    const {document} = new JSDOM().window;
    const drawn = (options = {}) =>
      plot({document, marks: [dot([1, 2, 2], dodgeX({y: (d: number) => d}))], ...options});
    expect(drawn().querySelectorAll("circle").length).toBe(3);
    expect(() => drawn({projection: "mercator"})).toThrow(/left out of packed pages: .*[pP]rojection/);
    const bars = (fill: readonly unknown[], color = {}) =>
      plot({document, color, marks: [dot(fill, {x: (_: unknown, i: number) => i, fill: (d: unknown) => d})]});
    const inks = (svg: Element) => [...svg.querySelectorAll("circle")].map((each) => each.getAttribute("fill"));
    expect(new Set(inks(bars(["a", "b", "a"]))).size).toBe(2);
    expect(inks(bars([1, 2], {range: ["red", "blue"]}))).toEqual(["rgb(255, 0, 0)", "rgb(0, 0, 255)"]);
    expect(() => bars([1, 2])).toThrow("left out of packed pages: quantitativeScheme");
    expect(() => bars([true, false])).toThrow("left out of packed pages: maybeBooleanRange");
    const parquet = encodeCloses(
      new Map([["X:A", {length: 2, time: Float64Array.of(0, 1), close: Float64Array.of(3, 4)}]]),
      {id: "closes/a"}
    );
    expect(await parquetReadObjects({file: parquet, columns: ["close"]})).toEqual([{close: 3}, {close: 4}]);
    const filtered = parquetReadObjects({file: parquet, filter: {close: {$gt: 3}}});
    await expect(filtered).rejects.toThrow(/left out of packed pages: (columns|paths)NeededForFilter/);
  });

  it("gives the same bytes for the same site", async () => {
    const [a, b] = [site(), site()];
    await packPages(a);
    await packPages(b);
    expect(bundles(a)).toEqual(bundles(b));
    expect(read(a, "markets/A.html")).toBe(read(b, "markets/A.html"));
  });

  it("names the module that cannot be bundled", async () => {
    const dir = site();
    writeFileSync(join(dir, "_import/components/deep/own.dd.js"), 'import "./missing.js";');
    await expect(packPages(dir)).rejects.toThrow("missing.js");
  });
});
