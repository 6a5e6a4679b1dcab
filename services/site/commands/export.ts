import {parseArgs} from "node:util";
import type {Command} from "../command.js";
import {outputName, writeWhole} from "../export-output.js";
import {exportPage} from "../export-page.js";
import {parsePageAddress} from "../page-address.js";
import {withProgress} from "../progress.js";

const help = `npm run export -- PAGE [options]

Writes one page of the built site as a single HTML file: code, styles and data in it. It opens from disk, asks the
network for nothing, and its inputs work. PAGE is as in the address, its inputs too: '/markets/EURUSD?timeframe=1h'.

  --out FILE      where to put it (markets-EURUSD.html)
  --site DIR      the built site (dist)

A page that asks a database, as SQL, holds the answers to what it asks when it opens and no database: it is opened in
Chromium once to take them down, and its editor is closed.`;

/** `npm run export`: one page as one file. */
export const exportFile: Command = {
  help,
  async run(args) {
    const {values, positionals} = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {out: {type: "string"}, site: {type: "string", default: "dist"}}
    });
    if (positionals.length !== 1)
      throw new Error(`name one page, as /markets/EURUSD: ${positionals.join(" ") || "none"}`);
    const page = parsePageAddress(positionals[0]!);
    const out = values.out ?? outputName(page.path, "html");
    const html = await withProgress(`pack      ${page.path}`, exportPage(values.site, page));
    writeWhole(out, html);
    console.log(`exported  ${out} (${(Buffer.byteLength(html) / 1e6).toFixed(1)} MB)`);
    return 0;
  }
};
