import {parseArgs} from "node:util";
import {dataDir} from "./shared/data-dir.js";
import {checkAccounts} from "./shared/doctor/check-accounts.js";
import {checkSettings} from "./shared/doctor/check-settings.js";
import {checkSidecar} from "./shared/doctor/check-sidecar.js";
import {checkQuality, checkSnapshots} from "./shared/doctor/check-snapshots.js";
import {checkSources} from "./shared/doctor/check-sources.js";
import {exitCodeOf, type Finding, formatFindings, summaryOf} from "./shared/doctor/finding.js";
import {createNow} from "./shared/now.js";
import {openSourceFor} from "./shared/open-source.js";
import {messageOf, waitTelling} from "./shared/report.js";

const help = `npm run doctor [-- options]

Says in plain words what is wrong with settings, credentials, sources (their clocks and the database too), snapshots,
gaps and the sidecar, and what to do about each. It changes nothing.

  --offline       ask no source and no sidecar
  --settings FILE settings to look at (TAPEBOOK_SETTINGS, else data/settings.yaml, else data/demo.yaml)
  --data-dir DIR  where the snapshots lie (TAPEBOOK_DATA_DIR, else data/snapshots)
  --json          findings as JSON: area, severity, what, remedy
  --help

Exit code: 0 nothing is wrong; 1 there are warnings: figures stand, but look; 2 there are errors: something is missing,
damaged or cannot be reached.`;

async function main(args: readonly string[]): Promise<number> {
  const {values} = parseArgs({
    args: [...args],
    options: {
      offline: {type: "boolean"},
      settings: {type: "string"},
      "data-dir": {type: "string"},
      json: {type: "boolean"},
      help: {type: "boolean"}
    }
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const findings = await examine(values.settings, values["data-dir"] ?? dataDir(), values.offline === true);
  if (values.json) console.log(JSON.stringify(findings, null, 1));
  else for (const line of [...formatFindings(findings), "", summaryOf(findings)]) console.log(line);
  return exitCodeOf(findings);
}

async function examine(path: string | undefined, root: string, isOffline: boolean): Promise<Finding[]> {
  const now = createNow();
  const {findings, settings} = checkSettings(path);
  const open = {now, elapsed: () => performance.now(), open: openSourceFor(now)};
  const {sources, snapshots, sidecar} = await waitTelling(
    {
      sources: settings === undefined || isOffline ? [] : checkSources(settings, open),
      snapshots: checkSnapshots(root, settings, now()),
      sidecar: isOffline ? [] : checkSidecar(process.env)
    },
    (names) => `still looking at ${names}`,
    {progress: (line) => console.error(line)}
  );
  const {datasets} = snapshots;
  const quality = datasets.length === 0 ? [] : checkQuality(datasets);
  return [
    ...findings,
    ...sources,
    ...snapshots.findings,
    ...quality,
    ...(await checkAccounts(root, datasets)),
    ...sidecar
  ];
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(process.env["DEBUG"] ? error : messageOf(error));
  return 2;
});
