import {checkPages} from "../check-pages.js";
import {ensureChromium} from "../chromium.js";
import type {Command} from "../command.js";
import {interpreter} from "../programs.js";
import {run} from "../run.js";

const tool = (path: string, ...args: readonly string[]) => [process.execPath, `node_modules/${path}`, ...args];
const vitest = tool("vitest/vitest.mjs", "run");

const help = `npm test [-- vitest options]

Type-checks the code and the pages, lints, and runs every test, in a real Chromium too (installed if there is none).
With a file or a name it runs those tests alone: npm test -- test/domain`;

/** `npm test`: types, lint and every test. */
export const test: Command = {
  help,
  async run(args) {
    const env = {CHROME_PATH: ensureChromium()};
    const isWhole = args.length === 0;
    if (isWhole && (await check()) !== 0) return 1;
    return run([...vitest, ...args], {env});
  }
};

async function check(): Promise<number> {
  console.log("types …");
  const types = await run(tool("typescript/bin/tsc", "-p", "."));
  console.log("lint …");
  const lint = await run(tool("@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."));
  console.log("pages …");
  const faults = await checkPages();
  for (const fault of faults) console.error(fault);
  return types || lint || (faults.length > 0 ? 1 : 0);
}

/** `npm run verify`: the long suites. */
export const verify: Command = {
  help: "npm run verify [-- vitest options]\n\nRuns the property, fuzz and crash suites at full length (many minutes); docs/verification.md holds the results.",
  run: (args) =>
    run([...vitest, "--testTimeout=3600000", ...args], {env: {CHROME_PATH: ensureChromium(), TAPEBOOK_VERIFY: "1"}})
};

/** `npm run bench`: ratios beside peers. */
export const bench: Command = {
  run: (args) => run([...interpreter, "test/bench/main.ts", ...args])
};
