// @vitest-environment jsdom
import {afterEach, beforeEach, describe, expect, it, vi} from "vitest";
import {followedSibling, siblingSlug} from "../../components/parts/followed-sibling.js";
import {type PageSubject, pageSubjects} from "../../components/parts/page-subjects.js";
import {readSibling, subjectFiles} from "../../components/parts/sibling-page.js";

const slugs = ["EURUSD", "M&M", ...Array.from({length: 12}, (_, i) => `S${i}`)];
const foot = (data: string) =>
  `<footer id="observablehq-footer"><nav><a rel="next" href="./S0"><span>S0</span></a></nav><div><span class="build">build 1 · data ${data}</span></div></footer>`;
const pageOf = (slug: string, data = "a1") => `<html><head><script type="module">
import {registerFile} from "../_observablehq/stdlib.js";
registerFile("../loaders/bars/${slug}/base.parquet", {"name":"../loaders/bars/${slug}/base.parquet","path":"../_file/bars/${slug}/base.0f.parquet","size":3});
registerFile("../loaders/catalog.json", {"name":"../loaders/catalog.json","path":"../_file/catalog.12.json"});
</script></head><body><main id="observablehq-main"></main>${foot(data)}</body></html>`;

beforeEach(() => {
  history.replaceState(null, "", "/desk/markets/EURUSD");
  document.body.innerHTML = `<nav id="observablehq-sidebar"><li class="observablehq-link observablehq-link-active"><a href="./EURUSD">EURUSD</a></li>
    ${slugs
      .slice(1)
      .map((slug) => `<li class="observablehq-link"><a href="./${encodeURIComponent(slug)}">${slug}</a></li>`)
      .join("")}</nav>
    <main id="observablehq-main"></main>${foot("a1")}`;
  vi.spyOn(window, "scrollTo").mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

/** What a click on a link asks for; the browser's own answer is held back. */
function click(markup: string, init: MouseEventInit = {}): ReturnType<typeof followedSibling> {
  document.body.insertAdjacentHTML("beforeend", `<p id="tried">${markup}</p>`);
  const tried = document.querySelector("#tried")!;
  let followed: ReturnType<typeof followedSibling>;
  tried.addEventListener("click", (event) => {
    followed = followedSibling(event as MouseEvent, slugs);
    event.preventDefault();
  });
  (tried.querySelector("a b") ?? tried.firstElementChild!).dispatchEvent(
    new MouseEvent("click", {bubbles: true, cancelable: true, ...init})
  );
  tried.remove();
  return followed;
}

describe("followedSibling", () => {
  it("is a plain click on a link to a page beside this one, with or without its ending and its query", () => {
    expect(click('<a href="./S1"><b>S1</b></a>')).toEqual({slug: "S1", href: "http://localhost:3000/desk/markets/S1"});
    expect(click('<a href="S1.html?timeframe=1h">S1</a>')?.href).toMatch(/S1\.html\?timeframe=1h$/);
    expect(click('<a href="./M%26M">M&amp;M</a>')?.slug).toBe("M&M");
  });

  it.each([
    ["another kind of page", '<a href="../trends/S1">S1</a>'],
    ["a page that is not one of them", '<a href="./DOGE">DOGE</a>'],
    ["the list of them", '<a href="./">Markets</a>'],
    ["another site", '<a href="https://desk.example/desk/markets/S1">S1</a>'],
    ["a place within a page", '<a href="./S1#last-bars">S1</a>'],
    ["a window of its own", '<a href="./S1" target="_blank">S1</a>'],
    ["a file", '<a href="./S1" download>S1</a>'],
    ["no link", "<b>S1</b>"]
  ])("leaves %s to the browser", (_, markup) => {
    expect(click(markup)).toBeUndefined();
  });

  it.each([{ctrlKey: true}, {metaKey: true}, {shiftKey: true}, {altKey: true}, {button: 1}])(
    "leaves a click with %o to the browser",
    (init) => {
      expect(click('<a href="./S1">S1</a>', init)).toBeUndefined();
    }
  );

  it("finds the slug of an address that is no text", () => {
    expect(siblingSlug(new URL("http://localhost:3000/desk/markets/%E0%A4%A"), slugs)).toBeUndefined();
  });
});

/** Answers as the site would; what is not listed is not there. */
function serve(answers: Readonly<Record<string, string>>) {
  return vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const {pathname} = new URL(String(input), location.href);
    const body = answers[pathname];
    return {
      ok: body !== undefined,
      status: body === undefined ? 404 : 200,
      text: async () => body,
      arrayBuffer: async () => new TextEncoder().encode(body).buffer
    } as Response;
  });
}

describe("readSibling", () => {
  it("finds a page's own files by their names, and its neighbours", async () => {
    serve({"/desk/markets/S1": pageOf("S1"), "/desk/_file/bars/S1/base.0f.parquet": "abc"});
    const page = await readSibling("http://localhost:3000/desk/markets/S1");
    const files = subjectFiles(page, "S1", ["base.parquet"]);
    expect((await files["base.parquet"]()).byteLength).toBe(3);
    expect(page.neighbours?.textContent).toBe("S0");
    expect(() => subjectFiles(page, "S1", ["daily.parquet"])).toThrow("the page of S1 attaches no S1/daily.parquet");
  });

  it("refuses a page that does not come, one of another build, and a file that does not come", async () => {
    serve({"/desk/markets/S2": pageOf("S2", "b2"), "/desk/markets/S3": pageOf("S3")});
    await expect(readSibling("http://localhost:3000/desk/markets/S1")).rejects.toThrow("answered 404");
    await expect(readSibling("http://localhost:3000/desk/markets/S2")).rejects.toThrow(
      "another build: build 1 · data b2"
    );
    const files = subjectFiles(await readSibling("http://localhost:3000/desk/markets/S3"), "S3", ["base.parquet"]);
    await expect(files["base.parquet"]()).rejects.toThrow("Unable to load file: base.parquet");
  });
});

describe("pageSubjects", () => {
  const everything = () =>
    serve(
      Object.fromEntries(
        slugs.flatMap((slug) => [
          [`/desk/markets/${encodeURIComponent(slug)}`, pageOf(slug)],
          [`/desk/_file/bars/${slug}/base.0f.parquet`, slug]
        ])
      )
    );
  const start = () => {
    const told: PageSubject<{slug: string}>[] = [];
    const subjects = pageSubjects({
      slug: "EURUSD",
      slugs,
      files: {"base.parquet": async () => new ArrayBuffer(0)},
      hold: (files, slug) => ({slug, bytes: () => files["base.parquet"]()}),
      ready: ({bytes}) => bytes()
    });
    subjects.observe((subject) => told.push(subject));
    return {told, subjects, said: () => told.map(({slug, arrival, held}) => [slug, arrival, held.slug])};
  };
  const follow = (slug: string) =>
    document.querySelector<HTMLAnchorElement>(`#observablehq-sidebar a[href="./${encodeURIComponent(slug)}"]`)!.click();

  it("tells the opened, the followed and the returned, each with its own data, and names it in the menu", async () => {
    everything();
    const {subjects, said} = start();
    follow("S1");
    await expect.poll(() => said().length).toBe(2);
    expect(location.pathname).toBe("/desk/markets/S1");
    expect(document.querySelector("[aria-current]")!.textContent).toBe("S1");
    history.back();
    await expect.poll(() => said().length).toBe(3);
    expect(said()).toEqual([
      ["EURUSD", "opened", "EURUSD"],
      ["S1", "followed", "S1"],
      ["EURUSD", "returned", "EURUSD"]
    ]);
    expect(document.querySelectorAll(".observablehq-link-active")).toHaveLength(1);
    subjects.end();
    expect(document.querySelector("p.unseen[role=status]")).toBeNull();
  });

  it("shows what is held at once, asks again for what it let go, and for nothing twice at a time", async () => {
    const asked = everything();
    const {subjects, told} = start();
    for (const slug of slugs.slice(2, 11)) {
      follow(slug);
      await expect.poll(() => told.at(-1)!.slug).toBe(slug);
    }
    asked.mockClear();
    follow("S7");
    expect(told.at(-1)!.slug).toBe("S7");
    expect(asked).not.toHaveBeenCalled();
    follow("S0");
    follow("S0");
    await expect.poll(() => told.at(-1)!.slug).toBe("S0");
    expect(asked).toHaveBeenCalledTimes(2); // the page and its file
    subjects.end();
  });

  it("follows no link once it has ended", () => {
    const asked = everything();
    const {subjects} = start();
    subjects.end();
    document.addEventListener("click", (event) => event.preventDefault(), {once: true});
    follow("S1");
    expect(asked).not.toHaveBeenCalled();
  });
});
