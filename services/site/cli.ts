import type {Command} from "./command.js";

interface Entry {
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

const commands: Readonly<Record<string, Entry>> = {
  start: {
    summary: "venues, snapshots, sidecar and site, all at once",
    load: async () => (await import("./commands/start.js")).start
  },
  dev: {summary: "the site alone, reloading as you edit", load: async () => (await import("./commands/dev.js")).dev},
  snapshot: {
    summary: "pull what is new from every source into Parquet",
    load: async () => (await import("./commands/jobs.js")).snapshot
  },
  build: {
    summary: "publish the static site to dist, checked page by page",
    load: async () => (await import("./commands/build.js")).build
  },
  export: {
    summary: "write one page as a single HTML file that needs no network",
    load: async () => (await import("./commands/export.js")).exportFile
  },
  pdf: {
    summary: "print one page on A4, through Chromium",
    load: async () => (await import("./commands/pdf.js")).pdf
  },
  doctor: {
    summary: "say what is wrong with settings, sources and snapshots",
    load: async () => (await import("./commands/jobs.js")).doctor
  },
  test: {summary: "types, lint and every test", load: async () => (await import("./commands/test.js")).test},
  verify: {
    summary: "the long statistical and crash suites",
    load: async () => (await import("./commands/test.js")).verify
  },
  bench: {summary: "how fast, as ratios beside a peer", load: async () => (await import("./commands/test.js")).bench},
  bundle: {
    summary: "the sidecar as one file that runs without node_modules",
    load: async () => (await import("./commands/services.js")).bundle
  },
  docs: {
    summary: "write docs/definitions.md from the code's comments",
    load: async () => (await import("./commands/docs.js")).docs
  },
  sidecar: {summary: "the WebSocket sidecar alone", load: async () => (await import("./commands/services.js")).sidecar},
  login: {
    summary: "get the day's access token of Kite",
    load: async () => (await import("./commands/services.js")).login
  },
  migrate: {
    summary: "set up or complete the schema of a PostgreSQL source",
    load: async () => (await import("./commands/services.js")).migrate
  },
  demo: {summary: "the simulated venues alone", load: async () => (await import("./commands/services.js")).demo}
};

/**
 * Runs one command of the project.
 *
 * @returns the exit code: 0 when all went well
 */
export async function main([name = "help", ...args]: readonly string[]): Promise<number> {
  const entry = commands[name];
  if (entry === undefined) return help(name);
  try {
    const command = await entry.load();
    if (!args.includes("--help") || command.help === undefined) return await command.run(args);
    console.log(command.help);
    return 0;
  } catch (error) {
    console.error(process.env["DEBUG"] ? error : `${name}: ${error instanceof Error ? error.message : error}`);
    return 1;
  }
}

function help(name: string): number {
  const isAsked = name === "help" || name === "--help";
  if (!isAsked) console.error(`unknown command: ${name}\n`);
  console.log("npm run <command> [-- --help]\n");
  for (const [key, {summary}] of Object.entries(commands)) console.log(`  ${key.padEnd(10)} ${summary}`);
  return isAsked ? 0 : 1;
}
