import {parseArgs} from "node:util";
import type {Command} from "../command.js";
import {findFreePort} from "../ports.js";
import {startPreview} from "../preview.js";
import {createProcessGroup, untilAsked} from "../processes.js";

const help = `npm run dev [-- options]

The site alone, from the snapshots as they are, reloading as pages and code change.

  --port N       its port (3000, or the next free one)
  SIDECAR_URL    the sidecar that the pages are to use`;

/** `npm run dev`: the site alone. */
export const dev: Command = {
  help,
  async run(args) {
    const {values} = parseArgs({args: [...args], options: {port: {type: "string", default: "3000"}}});
    const group = createProcessGroup();
    try {
      console.log(`Tapebook is at ${await startPreview(group, await findFreePort(Number(values.port)), {})}`);
      const failed = await Promise.race([untilAsked(), group.ended]);
      return failed?.code ?? 0;
    } finally {
      await group.stop();
    }
  }
};
