import {execFileSync} from "node:child_process";
import {programs} from "../../services/site/programs.js";
import {createWorkspace} from "../support/workspace.js";
import {type Bench, compare} from "./measure.js";

/**
 * The published build, less the opening of pages, beside Framework's own build of the same pages; in a copy of the
 * project, since neither may find the other's cache, or that of a server at work, in its way.
 */
export default {
  name: "build",
  async run() {
    const workspace = createWorkspace();
    const succeed = ([command = "", ...args]: readonly string[]) =>
      execFileSync(command, args, {
        cwd: workspace.dir,
        env: {...process.env, TAPEBOOK_OUT: "bench-site"},
        stdio: ["ignore", "ignore", "inherit"]
      });
    const whole = [process.execPath, "services/site/tapebook.js", "build", "--no-verify", "--out", "bench-site"];
    try {
      const row = await compare({
        path: "npm run build, all pages",
        unit: "s",
        perMs: 1e-3,
        ours: () => succeed(whole),
        peer: "observable build",
        theirs: () => succeed([...programs.framework, "build"]),
        most: 1.3,
        rounds: 5
      });
      return [row];
    } finally {
      workspace.remove();
    }
  }
} satisfies Bench;
