import {existsSync, rmSync} from "node:fs";
import {join} from "node:path";
import {parseArgs} from "node:util";
import {checkPages} from "../check-pages.js";
import {checkSite, findBrokenCells, type PageFault} from "../check-site.js";
import {findChromium} from "../chromium.js";
import type {Command} from "../command.js";
import {blameFailedLoaders} from "../failed-loaders.js";
import {findLeaks} from "../leaks.js";
import {writeLicences} from "../licences.js";
import {packPages} from "../pack-pages.js";
import {isDemoProfile, programs} from "../programs.js";
import {withProgress} from "../progress.js";
import {run} from "../run.js";
import {recoverSwap, swapFolder} from "../swap.js";
import {undatePages} from "../undate.js";
import {withVenues} from "../with-venues.js";

const help = `npm run build [-- options]

Builds the site beside the one that stands, opens every page of it in Chromium, and only then swaps it in.
A failure leaves the old site untouched and names the page and the cell.

  --base PATH     where the site will live, as /reports/ (/)
  --out DIR       where to put it (dist; for an audience dist-NAME)
  --audience NAME only the pages and columns of an audience of the settings
  --pull          take what is new from the sources first
  --no-verify     do not open the pages (where there is no Chromium)`;

/** `npm run build`: the static site, checked and swapped in. */
export const build: Command = {
  help,
  async run(args) {
    const options = {
      audience: {type: "string"},
      base: {type: "string", default: "/"},
      out: {type: "string"},
      pull: {type: "boolean"},
      "no-verify": {type: "boolean"}
    } as const;
    const {audience, base, pull, "no-verify": noVerify, ...given} = parseArgs({args: [...args], options}).values;
    const out = given.out ?? (audience === undefined ? "dist" : `dist-${audience}`);
    const chrome = noVerify ? undefined : findChromium();
    if (!noVerify && chrome === undefined)
      throw new Error("no Chromium to check the pages with: set CHROME_PATH, or build with --no-verify");
    recoverSwap(out);
    if (pull || (isDemoProfile() && !hasSnapshots())) await pullSnapshots();
    if (audience !== undefined) process.env["TAPEBOOK_AUDIENCE"] = audience; // the config, loaders and checks look there
    const staging = join(".tapebook", `site-${process.pid}`);
    try {
      await stage(staging, base, chrome);
      swapFolder(staging, out);
      console.log(`built     ${out}${chrome === undefined ? " (pages not opened)" : ""}`);
      return 0;
    } finally {
      rmSync(staging, {recursive: true, force: true});
    }
  }
};

async function stage(staging: string, base: string, chrome: string | undefined): Promise<void> {
  const env = {TAPEBOOK_OUT: staging, TAPEBOOK_BASE: base};
  let said = "";
  const onFailure = (output: string) => {
    said = output;
  };
  const compiled = Promise.all([run([...programs.framework, "build"], {env, quiet: true, onFailure}), checkPages()]);
  const [code, typeFaults] = await withProgress("compile   pages, libraries and snapshots", compiled);
  if (code !== 0) {
    console.error(said);
    refuse([...(await blameFailedLoaders(said)), ...typeFaults.map(asFault)]);
    throw new Error("the site does not compile: see above");
  }
  refuse(typeFaults.map(asFault));
  undatePages(staging);
  const {bundles, removed, packages} = await packPages(staging);
  writeLicences(staging, packages);
  console.log(`pack      ${removed} modules into ${bundles} files`);
  refuse([...findBrokenCells(staging), ...findLeaks(staging)]);
  if (chrome === undefined) return;
  refuse(await checkSite(staging, chrome, {base, onPage: (page) => console.log(`check     ${base}${page}`)}));
}

function asFault(message: string): PageFault {
  return {page: "", message};
}

function refuse(faults: readonly PageFault[]): void {
  if (faults.length === 0) return;
  for (const {page, message} of faults) console.error(`${page === "" ? "" : `${page}: `}${message}`);
  throw new Error(
    `not published: ${faults.length} ${faults.length === 1 ? "fault" : "faults"}; the site that stood still stands`
  );
}

async function pullSnapshots(): Promise<void> {
  const code = await withVenues((env) => run(programs.snapshot, {env}));
  if (code !== 0) throw new Error("snapshots could not be taken: see above");
}

function hasSnapshots(): boolean {
  return existsSync(join(process.env["TAPEBOOK_DATA_DIR"] ?? join("data", "snapshots"), "catalog.json"));
}
