import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {afterEach, describe, expect, it} from "vitest";
import {menuOf, menuPages} from "../../services/site/menu.js";
import {pageFooter} from "../../services/site/page-footer.js";
import {searchEntries} from "../../services/site/search-entries.js";
import {findPages} from "../../services/site/site-pages.js";
import {dataVersion, importableVersion, sourceVersion} from "../../services/site/source-version.js";

const subjects = {
  instruments: [
    {slug: "EURUSD", id: "MT5:EURUSD"},
    {slug: "INFY", id: "NSE:INFY"}
  ],
  accounts: [{id: "alpha", name: "Alpha (FX)"}]
};
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, {recursive: true});
});

function rootOf(pages: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "tapebook-menu-"));
  folders.push(root);
  for (const [path, text] of Object.entries(pages)) {
    mkdirSync(dirname(join(root, path)), {recursive: true});
    writeFileSync(join(root, path), text);
  }
  return root;
}

const asText = (menu: ReturnType<typeof menuOf>) =>
  menu.map(({name, pages}) => `${name}: ${pages.map(({path}) => path).join(" ")}`.trim());

describe("the menu", () => {
  it("has no page of an instrument of which ticks alone are kept", () => {
    const bare = {...subjects, instruments: [{slug: "EURUSD", id: "MT5:EURUSD", timeframes: []}]};
    const paths = menuPages(menuOf(bare, findPages("src"))).map(({path}) => path);
    expect(paths).toContain("/markets/");
    expect(paths.filter((path) => path.includes("EURUSD"))).toEqual([]);
  });

  it("groups the project's pages by purpose, and leaves none out", () => {
    const menu = menuOf(subjects, findPages("src"));
    expect(menu.filter(({collapsible}) => !collapsible).map(({name}) => name)).toEqual([
      "Now",
      "Explore",
      "Accounts",
      "Studies",
      "Sources"
    ]);
    const templates = new Set(
      menuPages(menu).map(({path}) => path.replace(/EURUSD|INFY/, "[instrument]").replace("alpha", "[account]"))
    );
    expect([...templates].sort()).toEqual(
      findPages("src")
        .map(({path}) => path)
        .sort()
    );
  });

  it("makes a study of a page that it does not know, under the page's own title", () => {
    const pages = findPages(
      rootOf({"index.md": "# Today\n", "studies/gaps.md": "---\ntitle: Gaps\n---\n\nHow days open.\n"})
    );
    const menu = menuOf(subjects, pages);
    expect(asText(menu)).toEqual(["Now: /", "Studies: /studies/gaps"]);
    expect(menu[1]?.pages).toEqual([{name: "Gaps", path: "/studies/gaps"}]);
  });

  it("names no page that a reader may not see, and no heading over nothing", () => {
    const pages = findPages(
      rootOf({"index.md": "", "trades/[account].md": "", "risk/[account].md": "", "data.md": ""})
    );
    expect(asText(menuOf(subjects, pages, (path) => path === "/" || path === "/risk/alpha"))).toEqual([
      "Now: /",
      "Accounts:",
      "Risk: /risk/alpha"
    ]);
  });
});

describe("a page of the source root", () => {
  it("is called by its front matter, its first heading or its file, in that order, and a draft is none", () => {
    const root = rootOf({
      "a.md": "---\ntitle: By front matter\n---\n\n# Heading\n",
      "b.md": "```ts\n# not this\n```\n\n# By heading\n",
      "c.md": "Nothing\n",
      "d.md": "---\ndraft: true\n---\n"
    });
    expect(findPages(root).map(({title}) => title)).toEqual(["By front matter", "By heading", "c"]);
  });

  it("is found by its prose, not by its code", () => {
    const [page] = findPages(
      rootOf({
        "a.md": `Said <b>aloud</b> \${hidden({a: 1}, {\n b: {}})} again\n\n\`\`\`ts\nconst secret = 1;\n\`\`\`\n`
      })
    );
    expect(page).toMatchObject({text: "Said aloud again", isIndexed: true});
  });

  it("is named where its front matter cannot be read", () => {
    expect(() => findPages(rootOf({"a.md": "---\ntitle: [\n---\n"}))).toThrow(/a\.md: front matter is not YAML/);
  });
});

it("lets a search find pages below a folder whose name means something in a pattern", () => {
  const page = (path: string) =>
    ({path, title: "Sums", text: "t", isIndexed: false}) as ReturnType<typeof findPages>[number];
  const menu = [{name: "Own", pages: [{name: "EURUSD", path: "/c++ (draft)/EURUSD"}]}] as unknown as ReturnType<
    typeof menuOf
  >;
  const [entry] = searchEntries(menu, [page("/cxx/[instrument]"), page("/c++ (draft)/[instrument]")], new Map());
  expect(entry).toMatchObject({path: "/c++ (draft)/EURUSD", title: "EURUSD: sums"});
});

it("lets a search find each instrument's pages by its symbol, its name and what the page is", () => {
  const pages = findPages("src");
  const names = new Map([["EURUSD", "Euro / US dollar"]]);
  const entries = searchEntries(menuOf(subjects, pages), pages, names);
  expect(entries).toContainEqual(
    expect.objectContaining({
      path: "/markets/EURUSD",
      title: "EURUSD: market",
      keywords: "Instruments Euro / US dollar"
    })
  );
  expect(new Set(entries.map(({title}) => title)).size).toBe(entries.length);
  const own = findPages("src").filter(({path}) => path.includes("["));
  expect(own.filter(({isIndexed}) => isIndexed).map(({path}) => path)).toEqual([]); // add index: false to its front matter
  expect(new Set(entries.map(({path}) => dirname(path))).size).toBe(own.length);
});

describe("the identity of a build", () => {
  it("changes with a page, with settings and with data, and with nothing else", () => {
    const root = rootOf({"src/index.md": "# A\n", "settings.yaml": "title: A\n", "other.txt": "a"});
    const version = () => sourceVersion(join(root, "settings.yaml"), root);
    const first = version();
    writeFileSync(join(root, "other.txt"), "b");
    expect(version()).toBe(first);
    writeFileSync(join(root, "src/index.md"), "# B\n");
    const second = version();
    writeFileSync(join(root, "settings.yaml"), "title: B\n");
    expect(new Set([first, second, version()]).size).toBe(3);
    const [a, b] = [
      {id: "bars/a", sha256: "1"},
      {id: "bars/b", sha256: "2"}
    ];
    expect(dataVersion([a, b])).toBe(dataVersion([b, a]));
    expect(dataVersion([a, {...b, sha256: "3"}])).not.toBe(dataVersion([a, b]));
  });

  it("of what pages may import changes with it and with the compiler's rules, and with nothing else", () => {
    const files = {"components/a.ts": "a", "tsconfig.json": "{}", "package-lock.json": "{}"};
    const root = rootOf({...files, "src/index.md": "# A\n", "components/a.css": "a", "test/a.test.ts": "a"});
    const seen = new Set([importableVersion(root)]);
    for (const [file, isSeen] of [
      ...Object.keys(files).map((file) => [file, 1] as const),
      ["src/index.md", 0] as const,
      ["components/a.css", 0] as const,
      ["test/a.test.ts", 0] as const
    ]) {
      const before = seen.size;
      writeFileSync(join(root, file), "another");
      seen.add(importableVersion(root));
      expect(seen.size - before, file).toBe(isSeen);
    }
  });

  it("stands at the foot of a page beside the moment it speaks of, and holds no markup of a title", () => {
    const facts = {
      title: "<b>Desk</b>",
      simulated: true,
      asOf: "20 Nov 2026, 10:00 IST",
      version: "0.1.0",
      sources: "aaaaaaaa",
      data: "bbbbbbbb"
    };
    const said = pageFooter(facts).replace(/<\/?span[^>]*>/g, "");
    expect(said).toBe(
      "&lt;b>Desk&lt;/b> · all data is simulated · data as of 20 Nov 2026, 10:00 IST · build 0.1.0 · pages aaaaaaaa · data bbbbbbbb"
    );
  });
});
