import {parseArgs} from "node:util";
import {loadSettings} from "../settings/load-settings.js";
import {resolveReference} from "../settings/reference.js";
import {migrate} from "./migrate.js";

const help = `npm run tapebook -- migrate [options]

Sets up the schema of a PostgreSQL source, or completes it. Nothing that is there is dropped or rewritten.

  --source NAME    the source in settings (all of kind postgres)
  --settings FILE  settings (TAPEBOOK_SETTINGS, else data/settings.yaml, else data/demo.yaml)
  --help`;

const options = {source: {type: "string"}, settings: {type: "string"}, help: {type: "boolean"}} as const;

async function main(args: readonly string[]): Promise<void> {
  const {values} = parseArgs({args: [...args], options});
  if (values.help) return console.log(help);
  const {sources, path} = loadSettings(values.settings === undefined ? {} : {path: values.settings});
  const names = values.source === undefined ? Object.keys(sources) : [values.source];
  const stores = names.filter((name) => sources[name]?.kind === "postgres");
  if (stores.length === 0) throw new RangeError(`no source of kind postgres in settings: ${values.source ?? "none"}`);
  for (const name of stores) {
    const source = sources[name]!;
    if (source.kind !== "postgres") continue;
    const {created, isHypertable} = await migrate(
      resolveReference(source.url, `sources.${name}.url`, path, process.env)
    );
    const what = created.length > 0 ? `made ${created.join(", ")}` : "all tables are there";
    console.log(`${name}: ${what}${isHypertable ? "; ohlc_bars is a hypertable" : ""}`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(`migrate: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
