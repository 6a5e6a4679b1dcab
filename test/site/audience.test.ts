import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {parquetReadObjects} from "hyparquet";
import {compressors} from "hyparquet-compressors";
import {globSync} from "tinyglobby";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Deal} from "../../services/domain/deal.js";
import type {Position} from "../../services/domain/position.js";
import {failedCells, settlePage} from "../../services/site/check-site.js";
import {sampleDeals} from "../components/sample-deals.js";
import {usd} from "../snapshots/samples.js";
import {openSite} from "../support/opened-site.js";
import {publishedText} from "../support/published-text.js";
import {createSmallSite} from "../support/small-site.js";
import type {Workspace} from "../support/workspace.js";

const audiences = `
audiences:
  stakeholder:
    pages: [/, /data, /sql, /markets/**, /trades/alpha, /pulse/alpha, /risk/alpha]
    leaveOut: [deals.ticket, deals.position, deals.price, deals.stopPrice, positions.ticket, positions.stopPrice]
  public:
    pages: [/, /markets/, /markets/EURUSD]
`;

/** What only the owner may see, by where it was planted. */
const columns = {
  ticket: "canary-ticket",
  position: "canary-position",
  price: "1.234567891",
  stopPrice: "1.198765432",
  openTicket: "canary-open",
  openStop: "1.187654321"
};
const places = {
  account: "Canary Beta",
  alias: "canarybeta",
  instrument: "Canary metal",
  slug: "CANARYX",
  page: "canarypage",
  foreign: "canary-foreign"
};

/** The owner's deals, every private cell of which is a canary. */
const planted: Deal[] = sampleDeals(40).map((deal) =>
  deal.type === "balance"
    ? {...deal, ticket: `${columns.ticket}-${deal.ticket}`}
    : {
        ...deal,
        ticket: `${columns.ticket}-${deal.ticket}`,
        position: `${columns.position}-${deal.position}`,
        price: Number(columns.price) + deal.price - 1.1,
        ...(deal.stopPrice !== undefined && {stopPrice: Number(columns.stopPrice)})
      }
);
planted[1] = {...planted[1]!, price: Number(columns.price)} as Deal;
const open: Position = {
  ticket: columns.openTicket,
  instrument: "MT5:EURUSD",
  side: "buy",
  volumeLots: 1,
  openTime: planted.at(-1)!.time,
  openPrice: 1.1,
  currentPrice: 1.2,
  stopPrice: Number(columns.openStop),
  profit: usd(12)
};
const foreign = sampleDeals(3).map((deal) => ({...deal, ticket: `${places.foreign}-${deal.ticket}`}));

let workspace: Workspace;
const texts = new Map<string, string>();

beforeAll(async () => {
  workspace = await createSmallSite({
    instruments: {"MT5:EURUSD": "Euro", "MT5:CANARYX": places.instrument},
    accounts: [
      {id: "alpha", name: "Owned Alpha", deals: planted, positions: [open]},
      {id: places.alias, name: places.account, deals: foreign, positions: []}
    ],
    more: audiences.replace("/markets/**", "/markets/, /markets/EURUSD")
  });
  workspace.write("src/private.md", `---\ntitle: ${places.page}\nindex: true\n---\n\n# ${places.page}\n`);
  for (const audience of ["stakeholder", "public"]) {
    const {code, output} = workspace.run("build", ["--audience", audience, "--no-verify"]);
    expect(code, output).toBe(0);
    texts.set(audience, await publishedText(join(workspace.dir, `dist-${audience}`)));
  }
}, 400_000);
afterAll(() => workspace?.remove());

const pagesOf = (audience: string) => globSync("**/*.html", {cwd: join(workspace.dir, `dist-${audience}`)}).sort();

it("plants canaries that a site without an audience would publish", async () => {
  const held = await publishedText(join(workspace.dir, "data/snapshots"));
  for (const canary of [...Object.values(columns), places.foreign, places.alias]) expect(held).toContain(canary);
});

describe("the stakeholder's site", () => {
  it("holds its pages and no other", () => {
    expect(pagesOf("stakeholder")).toEqual([
      "404.html", // which every site has
      "data.html",
      "index.html",
      "markets/EURUSD.html",
      "markets/index.html",
      "pulse/alpha.html",
      "risk/alpha.html",
      "sql.html",
      "trades/alpha.html"
    ]);
  });

  it.each(Object.entries({...columns, ...places}))("does not hold the %s planted: %s", (_, canary) => {
    expect(texts.get("stakeholder")!.toLowerCase()).not.toContain(canary.toLowerCase());
  });

  it("answers a query over all deals with their figures, and with numbers and nothing where they are left out", async () => {
    const [file = ""] = globSync("_file/loaders/sql/deals.*.parquet", {cwd: join(workspace.dir, "dist-stakeholder")});
    const rows = await parquetReadObjects({
      file: new Uint8Array(readFileSync(join(workspace.dir, "dist-stakeholder", file))).buffer,
      compressors
    });
    expect(rows).toHaveLength(planted.length);
    expect(rows.map(({account, profitMinor}) => [account, Number(profitMinor)])).toEqual(
      planted.map(({profit}) => ["alpha", profit.minor])
    );
    for (const {ticket, price, stopPrice} of rows)
      expect([/^\d{7}$/.test(String(ticket)), price ?? null, stopPrice ?? null]).toEqual([true, null, null]);
  });

  it("names no other page in its menu, its links or its search index", () => {
    const html = readFileSync(join(workspace.dir, "dist-stakeholder/index.html"), "utf8");
    const menu = [...html.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href);
    expect(menu.filter((href) => /live|structure|trends|studies|private/.test(href!))).toEqual([]);
    const [index = ""] = globSync("_observablehq/minisearch*.json", {cwd: join(workspace.dir, "dist-stakeholder")});
    const found = Object.values(
      (
        JSON.parse(readFileSync(join(workspace.dir, "dist-stakeholder", index), "utf8")) as {
          documentIds: Record<string, string>;
        }
      ).documentIds
    );
    expect(found.filter((path) => /live|structure|trends|studies|private/.test(path))).toEqual([]);
  });

  it("draws every page without a fault, links to what is gone as text, prices that are left out as a dash", async () => {
    const site = await openSite(join(workspace.dir, "dist-stakeholder"));
    try {
      for (const path of pagesOf("stakeholder")) {
        const page = await site.browser.newPage();
        await page.goto(new URL(path.replace(/(index)?\.html$/, ""), site.url).href);
        await settlePage(page);
        expect(await failedCells(page), path).toEqual([]);
        const pathsOf = (selector: string) =>
          page.$$eval(selector, (links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
        const hrefs = await pathsOf("main a[href]:not([download])");
        const files = (await pathsOf("main a[download]")).filter((file) => !file.startsWith("/_file/loaders/catalog."));
        expect(files, path).toEqual(path === "data.html" ? ["/loaders/bars/EURUSD/base.parquet"] : []); // deals only in part
        expect(
          hrefs.filter((href) => !/^\/(|data|sql|markets\/(EURUSD)?|(trades|pulse|risk)\/alpha)$/.test(href)),
          path
        ).toEqual([]);
        expect(await page.locator("main").innerText(), path).not.toContain("NaN");
        await page.close();
      }
    } finally {
      await site.close();
    }
  }, 120_000);
});

describe("the public's site", () => {
  it("holds its pages, no account and none of its data", () => {
    expect(pagesOf("public")).toEqual(["404.html", "index.html", "markets/EURUSD.html", "markets/index.html"]);
    const owned = /(deals|positions|closes)\/alpha|loaders\/(deals|positions|closes)\/|owned alpha|canary/gi;
    expect(texts.get("public")!.match(owned)).toBeNull();
  });
});

it("leaves no trace of an audience in the whole site's own cache", () => {
  expect(existsSync(join(workspace.dir, "src/.observablehq/cache/loaders"))).toBe(false);
});
