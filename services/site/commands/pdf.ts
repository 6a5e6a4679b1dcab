import {parseArgs} from "node:util";
import {ensureChromium} from "../chromium.js";
import type {Command} from "../command.js";
import {outputName, writeWhole} from "../export-output.js";
import {parsePageAddress} from "../page-address.js";
import {printPage} from "../pdf-page.js";
import {withProgress} from "../progress.js";

const help = `npm run pdf -- PAGE [options]

Prints one page of the built site on A4 through Chromium, with page numbers and the moment it speaks of at the foot.
PAGE is as in the address, its inputs too: '/trades/alpha?side=buy'; what they are set to stands below the head.

  --out FILE      where to put it (trades-alpha.pdf)
  --site DIR      the built site (dist)`;

/** `npm run pdf`: one page on paper. */
export const pdf: Command = {
  help,
  async run(args) {
    const {values, positionals} = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {out: {type: "string"}, site: {type: "string", default: "dist"}}
    });
    const [address] = positionals;
    if (address === undefined || positionals.length > 1)
      throw new Error(`name one page, as /trades/alpha: ${positionals.join(" ") || "none"}`);
    const page = parsePageAddress(address);
    const out = values.out ?? outputName(page.path, "pdf");
    const chromium = ensureChromium();
    writeWhole(out, await withProgress(`print     ${page.path}`, printPage(values.site, page, chromium)));
    console.log(`printed   ${out}`);
    return 0;
  }
};
