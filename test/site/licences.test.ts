import {expect, it} from "vitest";
import {licencesText, packagesIn, packagesRemark} from "../../services/site/licences.js";

const inputs = {
  "src/page.js": {bytes: 1, imports: []},
  "../main/node_modules/d3/src/index.js": {bytes: 1, imports: []},
  "node_modules/@observablehq/plot/src/plot.js": {bytes: 1, imports: []},
  "node_modules/@observablehq/plot/src/marks/dot.js": {bytes: 1, imports: []},
  "node_modules/plot/node_modules/d3/src/index.js": {bytes: 1, imports: []}
};

it("finds each package that a bundle took code from once, the inner of two copies as well", () => {
  expect(packagesIn({inputs})).toEqual([
    "node_modules/@observablehq/plot",
    "node_modules/d3",
    "node_modules/plot/node_modules/d3"
  ]);
});

it("names a library's packages in a remark at the head of its file", () => {
  expect(packagesRemark({inputs: {"node_modules/d3/src/index.js": {bytes: 1, imports: []}}})).toBe(
    "/* packages: node_modules/d3 */\n"
  );
});

it("holds what each licence asks to be handed on, its notices too, and words that are the same once", () => {
  const text = licencesText(["apache-arrow", "arquero", "d3", "d3-array"].map((name) => `node_modules/${name}`));
  expect(text).toMatch(/^apache-arrow \d+\.\d+\.\d+$/m);
  expect(text).toContain("Apache License");
  expect(text).toContain("This product includes software"); // Apache Arrow's NOTICE
  expect(text).toMatch(/^arquero [\s\S]*Redistributions in binary form must reproduce/m);
  expect(text).toMatch(/^d3 \d[^\n]*\n(d3-array \d[^\n]*\n)?\nCopyright 2010-\d{4} Mike Bostock/m);
  expect(licencesText(["node_modules/d3-path", "node_modules/d3-path"]).match(/Mike Bostock/g)).toHaveLength(1);
});
