import {spawnSync} from "node:child_process";
import {expect, it} from "vitest";
import {createWorkspace} from "../support/workspace.js";

/** A network namespace of its own, with loopback and nothing else: what root on Linux may make. */
const withoutNetwork = ["--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"];
const canCutOff = process.platform === "linux" && spawnSync("unshare", [...withoutNetwork, "true"]).status === 0;
if (!canCutOff) console.warn("skipped: a build without a network needs unshare and ip, as root");

const page = `# Offline

\`\`\`js
import * as Plot from "npm:@observablehq/plot";
display(Plot.plot({marks: [Plot.dot([[1, 2]])]}));
\`\`\`
`;

it.skipIf(!canCutOff)(
  "builds and opens its pages with the network taken away, libraries and all",
  () => {
    const workspace = createWorkspace({
      "src/index.md": page,
      "data/snapshots/catalog.json": '{"version":1,"datasets":[]}'
    });
    const command = [process.execPath, "services/site/tapebook.js", "build"];
    const {status, stdout, stderr} = spawnSync("unshare", [...withoutNetwork, ...command], {
      cwd: workspace.dir,
      encoding: "utf8"
    });
    workspace.remove();
    expect(status, stdout + stderr).toBe(0);
    expect(stdout).toContain("built     dist");
  },
  120_000
);
