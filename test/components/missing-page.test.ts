// @vitest-environment jsdom
import {describe, expect, it} from "vitest";
import {missingFrom, missingPage} from "../../components/parts/missing-page.js";
import {nearestPages} from "../../components/parts/nearest-pages.js";

const paths = ["/", "/live", "/markets/", "/markets/EURUSD", "/markets/INFY", "/trades/alpha", "/risk/alpha", "/sql"];
const pages = paths.map((path) => ({name: path, path}));
const near = (path: string) => nearestPages(path, pages).map((page) => page.path);

describe("nearestPages", () => {
  it("finds pages of the same kind, those that begin alike first", () => {
    expect(near("/markets/INFO")).toEqual(["/markets/INFY", "/markets/", "/markets/EURUSD"]);
  });

  it("finds pages of the same subject where the kind is mistyped, in any case of letters", () => {
    expect(near("/trads/ALPHA.html")).toEqual(["/trades/alpha", "/risk/alpha"]);
  });

  it("falls back on the menu's first", () => {
    expect(near("/moon")).toEqual(paths.slice(0, 6));
    expect(nearestPages("/moon", [])).toEqual([]);
  });
});

describe("a page that is not there", () => {
  it("names the address as text and leads to the pages of the menu, below a sub-path too", () => {
    document.head.innerHTML = '<base href="https://desk.example/reports/">';
    document.body.innerHTML = `<nav id="observablehq-sidebar"><ol><li><a href="./">Small</a></li></ol>
      <details><summary>Structure</summary><ol><li><a href="./structure/EURUSD">EURUSD</a></li></ol></details></nav>`;
    const page = {
      baseURI: document.baseURI,
      querySelectorAll: document.querySelectorAll.bind(document),
      querySelector: document.querySelector.bind(document),
      location: {pathname: "/reports/structure/%3Cimg%20onerror=x%3E"}
    } as unknown as Document;
    const missing = missingFrom(page);
    expect(missing.path).toBe("/structure/<img onerror=x>");
    const node = missingPage(missing);
    expect(node.querySelector("img")).toBeNull();
    expect(node.querySelector("code")!.textContent).toBe("/structure/<img onerror=x>");
    expect([...node.querySelectorAll("a")].map(({textContent, href}) => [textContent, href])).toEqual([
      ["EURUSD, structure", "https://desk.example/reports/structure/EURUSD"]
    ]);
    expect(node.querySelector("button")).toBeNull(); // no search without a menu's
  });
});
