import {join} from "node:path";
import {ensureChromium, launchChromium} from "../../services/site/chromium.js";
import {createWorkspace} from "../support/workspace.js";
import {loadPage, type PageLoad} from "./load-page.js";
import {type Bench, type Row, toRow} from "./measure.js";
import {serveCompressed} from "./serve-compressed.js";

const reports = [
  "",
  "markets/",
  "markets/EURUSD",
  "structure/EURUSD",
  "trends/EURUSD",
  "trades/alpha",
  "pulse/alpha",
  "risk/alpha",
  "studies/volatility/EURUSD",
  "studies/sessions/EURUSD",
  "data"
];
const textPage = "text";
const rounds = 5;

/** Report pages of the built demo, cold, beside a page of the same site that is text and nothing else. */
export default {
  name: "pages",
  async run() {
    const workspace = createWorkspace();
    try {
      workspace.write("src/text.md", text);
      const {code, output} = workspace.run("build", ["--no-verify"]);
      if (code !== 0) throw new Error(`the demo does not build:\n${output}`);
      const dist = join(workspace.dir, "dist");
      const gzip = await measure(dist, "gzip", rounds);
      const brotli = await measure(dist, "br", 1);
      return reports.flatMap((path) => [...rowsOf(path, gzip), brotliRow(path, brotli)]);
    } finally {
      workspace.remove();
    }
  }
} satisfies Bench;

type Loads = ReadonlyMap<string, readonly PageLoad[]>;

/** Loads every page in turn, the first time uncounted, when the server compresses. */
async function measure(dist: string, encoding: "gzip" | "br", count: number): Promise<Loads> {
  const site = await serveCompressed(dist, encoding);
  const browser = await launchChromium(ensureChromium());
  const loads = new Map<string, PageLoad[]>([textPage, ...reports].map((path) => [path, []]));
  try {
    for (let round = 0; round <= count; ++round)
      for (const [path, list] of loads) {
        const load = await loadPage(browser, new URL(path, site.url).href);
        if (round > 0) list.push(load);
      }
  } finally {
    await browser.close();
    site.close();
  }
  return loads;
}

function rowsOf(path: string, loads: Loads): Row[] {
  const column = (page: string, measure: keyof PageLoad) => loads.get(page)!.map((load) => load[measure]);
  const beside = (what: string, measure: keyof PageLoad, terms: {unit: string; per?: number; most: number}) =>
    toRow(column(path, measure), column(textPage, measure), {path: nameOf(path, what), peer: "a text page", ...terms});
  const within = (what: string, measure: keyof PageLoad, unit: string, limit: number) => {
    const ours = column(path, measure);
    return toRow(
      ours,
      ours.map(() => limit),
      {path: nameOf(path, what), peer: "limit", unit, most: 1}
    );
  };
  return [
    beside("bytes, gzip", "bytes", {unit: "kB", per: 1e-3, most: 6}),
    within("requests", "requests", "", 15),
    beside("largest paint", "paintMs", {unit: "ms", most: 1.8}),
    within("blocking time", "blockingMs", "ms", 50),
    within("layout shift", "shift", "", 0.02)
  ];
}

function brotliRow(path: string, loads: Loads): Row {
  const bytes = (page: string) => loads.get(page)!.map((load) => load.bytes);
  return toRow(bytes(path), bytes(textPage), {
    path: nameOf(path, "bytes, brotli"),
    peer: "a text page",
    unit: "kB",
    per: 1e-3
  });
}

function nameOf(path: string, what: string): string {
  return `${path === "" ? "Today" : path}: ${what}`;
}

const text = `---
title: Text
toc: false
---

# Text

${"A page of words alone, as long as a short article, in the site's own type and with its own menu. ".repeat(30)}
`;
