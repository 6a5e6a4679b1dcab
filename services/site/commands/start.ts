import {parseArgs} from "node:util";
import type {Command} from "../command.js";
import {isReadyLine, startDemo, type VenueEnv} from "../demo-venues.js";
import {openBrowser} from "../open-browser.js";
import {findFreePort} from "../ports.js";
import {startPreview} from "../preview.js";
import {createProcessGroup, type ProcessGroup, untilAsked} from "../processes.js";
import {isDemoProfile, programs} from "../programs.js";
import {run} from "../run.js";
import {warmPreview} from "../warm-preview.js";

const help = `npm start [-- options]

Starts everything on this machine: the simulated venues (unless data/settings.yaml is there), the snapshots,
the sidecar and the site; prints its address. Ctrl-C stops all of it.

  --port N       the site's port (3000, or the next free one)
  --no-open      do not open a browser
  --now TIME     start the simulated clock at this ISO time`;

/** `npm start`: everything on this machine. */
export const start: Command = {
  help,
  async run(args) {
    const options = {
      port: {type: "string", default: "3000"},
      "no-open": {type: "boolean"},
      now: {type: "string"}
    } as const;
    const {values} = parseArgs({args: [...args], options});
    const group = createProcessGroup();
    const asked = untilAsked();
    try {
      const demoArgs = values.now === undefined ? [] : ["--now", values.now];
      const onAddress = (address: string) => values["no-open"] || openBrowser(address);
      const up = startAll(group, Number(values.port), demoArgs, onAddress);
      if ((await Promise.race([up, asked])) === undefined) return 0;
      const failed = await Promise.race([asked, group.ended]);
      if (failed !== undefined) console.error(`${failed.name} stopped by itself: exit code ${failed.code}`);
      return failed === undefined ? 0 : 1;
    } finally {
      await group.stop();
    }
  }
};

async function startAll(
  group: ProcessGroup,
  preferredPort: number,
  demoArgs: readonly string[],
  onAddress: (address: string) => void
): Promise<string> {
  const [port, sidecarPort] = [
    await findFreePort(preferredPort),
    await findFreePort(Number(process.env["SIDECAR_PORT"] ?? 8765))
  ];
  const env = {SIDECAR_URL: `ws://127.0.0.1:${sidecarPort}`, SIDECAR_PORT: String(sidecarPort)};
  const preview = startPreview(group, port, env);
  preview.catch(() => undefined); // awaited below; a failure of the venues comes first
  const warmed = preview.then(warmPreview);
  warmed.catch(() => undefined); // a person's request is answered all the same
  const venues: VenueEnv = isDemoProfile() ? await startDemo(group, demoArgs) : {};
  const code = await run(programs.snapshot, {env: venues});
  if (code !== 0)
    console.error("Some snapshots could not be taken: the pages show what there is. See above, or npm run doctor.");
  const address = await preview;
  console.log(
    `\nTapebook is at ${address}${isDemoProfile() ? " (all data simulated)" : ""}\nCtrl-C stops everything.\n`
  );
  onAddress(address);
  await warmed.then((runLoaders) => runLoaders()).catch(() => undefined); // the first page before the sidecar
  await group.start("sidecar", programs.sidecar, {
    env: {SIDECAR_LOG: process.env["SIDECAR_LOG"] ?? "warn", ...venues, ...env},
    ready: isReadyLine
  });
  return address;
}
