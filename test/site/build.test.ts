import {existsSync, readdirSync, readFileSync, rmSync} from "node:fs";
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

const cell = (kind: "ts" | "js", code: string) => `# Bad\n\n\`\`\`${kind}\n${code}\n\`\`\`\n`;

it.each<[string, Readonly<Record<string, readonly [page: string, said: string]>>]>([
  [
    "does not compile",
    {
      typed: [cell("ts", "const two: string = 1 + 1;"), 'src/typed.md, cell 1, "const two: string = 1 + 1;"'],
      parsed: [cell("js", "const = 1;"), "src/parsed.md"]
    }
  ],
  ["imports what is not the site's", {escaping: [cell("js", 'import {a} from "../package.json";'), "src/escaping.md"]}],
  [
    "fails as it is opened",
    {
      thrown: [cell("js", 'throw new Error("planted");'), "thrown: failed cell: planted"],
      asking: ["# Bad\n\n<img src='http://127.0.0.1:9/x.png'>\n", "request off the site: http://127.0.0.1:9"],
      complaining: [cell("js", 'console.error("planted");'), "complaining: console: planted"]
    }
  ]
])(
  "refuses a page that %s, each such page by name, and leaves the old site standing",
  (_, pages) => {
    for (const [name, [page]] of Object.entries(pages)) workspace.write(`src/${name}.md`, page);
    const {code, output} = workspace.run("build");
    for (const name of Object.keys(pages)) rmSync(join(workspace.dir, `src/${name}.md`));
    for (const [, said] of Object.values(pages)) expect(output).toContain(said);
    expect(code).toBe(1);
    expect(readFileSync(join(workspace.dir, "dist/index.html"), "utf8")).toContain("Good");
    const built = readdirSync(join(workspace.dir, "dist"));
    expect(Object.keys(pages).filter((name) => built.includes(`${name}.html`))).toEqual([]);
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

it("works below a sub-path, leaves no staging folder, and type-checks no page anew that was right", () => {
  workspace.write("src/index.md", good);
  const check = join(workspace.dir, ".check"); // where pages stand while they are checked
  rmSync(check, {recursive: true, force: true});
  expect(workspace.run("build", ["--base", "/reports/tape/", "--out", "public"]).code).toBe(0);
  expect(readFileSync(join(workspace.dir, "public/index.html"), "utf8")).toContain('href="./licences.txt"');
  expect(readFileSync(join(workspace.dir, "public/licences.txt"), "utf8")).toMatch(/^@observablehq\/framework 1\./m);
  expect(readdirSync(join(workspace.dir, ".tapebook")).filter((name) => name.startsWith("site-"))).toEqual([]);
  expect(existsSync(check)).toBe(false);
}, 60_000);

it("says what is missing when there is no Chromium", () => {
  const {code, output} = workspace.run("build", [], {CHROME_PATH: "/nowhere/chromium"});
  expect(output).toContain("--no-verify");
  expect(code).toBe(1);
}, 60_000);
