import {readdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {buildMarketSite} from "../support/market-site.js";
import {type Bench, toRow} from "./measure.js";
import {markWhenShown, shownMs} from "./when-shown.js";
import {withSite} from "./with-site.js";

const days = 350; // of two instruments around the clock: a million minutes
const rounds = 5;
const query =
  "SELECT instrument, count(*) AS bars, avg(close) AS mean FROM bars GROUP BY instrument ORDER BY instrument";

/** The SQL page opened cold by a link with a query over a million rows, to its answer, beside DuckDB's program alone. */
export default {
  name: "sql",
  run: () =>
    withSite(buildMarketSite(days, undefined, "sql.md"), async (url, browser, dist) => {
      writeFileSync(join(dist, "bare.html"), barePage(dist));
      markWhenShown(join(dist, "sql.html"), answered(".query-said"));
      markWhenShown(join(dist, "bare.html"), answered("#said"));
      const [ours, theirs]: [number[], number[]] = [[], []];
      for (let i = 0; i <= rounds; ++i) {
        const mine = await answeredMs(browser, `${url}sql?${new URLSearchParams({query})}`);
        const other = await answeredMs(browser, `${url}bare.html`);
        if (i > 0) ours.push(mine);
        if (i > 0) theirs.push(other);
      }
      const path = "SQL page, 1 M rows, cold to its first answer";
      return [toRow(ours, theirs, {path, unit: "s", per: 1e-3, peer: "duckdb-wasm alone", most: 1.2})];
    })
} satisfies Bench;

const answered = (said: string) => `/^2 rows/.test(document.querySelector("${said}")?.textContent ?? "")`;

/** Opens a page in a browser that knows nothing of the site. */
async function answeredMs(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext();
  try {
    return await shownMs(await context.newPage(), url);
  } finally {
    await context.close();
  }
}

/** A page that opens the site's own copy of DuckDB over the same file and asks the same, and does nothing else. */
function barePage(dist: string): string {
  const folder = "_npm/@duckdb/duckdb-wasm@1.28.0";
  const find = (path: string, name: RegExp) =>
    `./${path}/${readdirSync(join(dist, path)).find((file) => name.test(file))}`;
  const file = find("_file/loaders/sql", /^bars\..*\.parquet$/);
  return `<!doctype html><meta charset="utf-8"><p id="said"></p><script type="module">
import {AsyncDuckDB, VoidLogger} from "${find(folder, /\.js$/)}";
const at = (path) => new URL(path, location.href).href;
const worker = new Worker(at("${find(`${folder}/dist`, /worker.*\.js$/)}"));
const database = new AsyncDuckDB(new VoidLogger(), worker);
await database.instantiate(at("${find(`${folder}/dist`, /\.wasm$/)}"), null);
await database.registerFileURL("bars.parquet", at("${file}"), 4, false);
const connection = await database.connect();
await connection.query("CREATE VIEW bars AS FROM parquet_scan('bars.parquet')");
const result = await connection.query(${JSON.stringify(query)});
document.querySelector("#said").textContent = result.numRows + " rows";
</script>`;
}
