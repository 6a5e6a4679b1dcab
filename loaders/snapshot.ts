import {parseArgs} from "node:util";
import {loadSettings} from "../services/sources/settings/load-settings.js";
import {dataDir} from "./shared/data-dir.js";
import {loaderVersion} from "./shared/loader-version.js";
import {createNow} from "./shared/now.js";
import {openSourceFor} from "./shared/open-source.js";
import {messageOf} from "./shared/report.js";
import {runSnapshotJob} from "./shared/snapshot-job.js";

const help = `npm run snapshot [-- options] [data set, instrument or account …]

Pulls what is new from every source into Parquet, one file for each data set, and enters it in catalog.json.
Sources are asked beside one another, each within its limits. What was shown first is never replaced: what a source
says otherwise later is recorded. A data set that fails keeps the snapshot that stands; a run that finds nothing new
changes no byte. With names, only those data sets: npm run snapshot -- bars/NSE-INFY alpha

  --anew NAME     take a data set's whole history anew, replacing what is held (after a split, say); may be repeated
  --settings FILE settings to use (TAPEBOOK_SETTINGS, else data/settings.yaml, else data/demo.yaml)
  --data-dir DIR  where the snapshots lie (TAPEBOOK_DATA_DIR, else data/snapshots)
  --help

Exit code: 0 all went well; 1 some data sets failed, the others stand; 2 nothing was pulled: the settings are wrong,
or another job is writing; 130 stopped by Ctrl-C.`;

async function main(args: readonly string[]): Promise<number> {
  const {values, positionals} = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      anew: {type: "string", multiple: true, default: []},
      settings: {type: "string"},
      "data-dir": {type: "string"},
      help: {type: "boolean"}
    }
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort(new Error("stopped")));
  const now = createNow();
  const results = await runSnapshotJob(
    {
      settings: loadSettings(values.settings === undefined ? {} : {path: values.settings}),
      root: values["data-dir"] ?? dataDir(),
      only: positionals,
      anew: values.anew
    },
    {
      now,
      loaderVersion: loaderVersion(),
      signal: stop.signal,
      console: {log: (line) => console.log(line), progress: (line) => console.error(line)},
      open: openSourceFor(now)
    }
  );
  if (stop.signal.aborted) return 130;
  return results.every(({pulled}) => pulled !== undefined) ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(process.env["DEBUG"] ? error : messageOf(error));
  return 2;
});
