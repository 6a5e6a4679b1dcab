import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {createWorkspace, type Workspace} from "../support/workspace.js";

const good = `# Good

\`\`\`ts
const two: number = 1 + 1;
\`\`\`

Two is \${two}.
`;
let workspace: Workspace;

beforeAll(() => {
  workspace = createWorkspace({"src/index.md": good, "data/snapshots/catalog.json": '{"version":1,"datasets":[]}'});
  const {code, output} = workspace.run("build");
  expect(output).toContain("built     dist");
  expect(code).toBe(0);
}, 60_000);
afterAll(() => workspace.remove());

it.each([
  [
    "a type error",
    "# Bad\n\n```ts\nconst two: string = 1 + 1;\n```\n",
    'src/index.md, cell 1, "const two: string = 1 + 1;"'
  ],
  ["a syntax error", "# Bad\n\n```js\nconst = 1;\n```\n", "src/index.md"],
  ["a cell that throws", '# Bad\n\n```js\nthrow new Error("planted");\n```\n', "index: failed cell: planted"],
  ["an import that escapes", '# Bad\n\n```js\nimport {a} from "../package.json";\n```\n', "src/index.md"],
  [
    "a request off the site",
    "# Bad\n\n<img src='http://127.0.0.1:9/x.png'>\n",
    "request off the site: http://127.0.0.1:9"
  ],
  ["a console error", '# Bad\n\n```js\nconsole.error("planted");\n```\n', "index: console: planted"]
])(
  "refuses %s by name, and leaves the old site standing",
  (_, page, place) => {
    workspace.write("src/index.md", page);
    const {code, output} = workspace.run("build");
    expect(output).toContain(place);
    expect(code).toBe(1);
    expect(readFileSync(join(workspace.dir, "dist/index.html"), "utf8")).toContain("Good");
  },
  60_000
);

it("refuses a page that holds a secret of the environment", () => {
  workspace.write("src/index.md", "# Canary\n\nplanted-canary-9137\n");
  const {code, output} = workspace.run("build", [], {MT5_BRIDGE_TOKEN: "planted-canary-9137"});
  expect(output).toContain("index.html: holds the secret MT5_BRIDGE_TOKEN");
  expect(output).not.toContain("planted-canary");
  expect(code).toBe(1);
}, 60_000);

it("works below a sub-path, and leaves no staging folder", () => {
  workspace.write("src/index.md", good);
  expect(workspace.run("build", ["--base", "/reports/tape/", "--out", "public"]).code).toBe(0);
  expect(readFileSync(join(workspace.dir, "public/index.html"), "utf8")).toContain('href="./licences.txt"');
  expect(readFileSync(join(workspace.dir, "public/licences.txt"), "utf8")).toMatch(/^@observablehq\/framework 1\./m);
  expect(readdirSync(join(workspace.dir, ".tapebook")).filter((name) => name.startsWith("site-"))).toEqual([]);
}, 60_000);

it("says what is missing when there is no Chromium", () => {
  const {code, output} = workspace.run("build", [], {CHROME_PATH: "/nowhere/chromium"});
  expect(output).toContain("--no-verify");
  expect(code).toBe(1);
}, 60_000);
