import {readFileSync, renameSync, writeFileSync} from "node:fs";
import {parseArgs} from "node:util";
import {loadSettings} from "../settings/load-settings.js";
import {resolveReference} from "../settings/reference.js";
import {withVariable} from "./env-file.js";
import {exchangeSession, loginUrl} from "./login.js";

const help = `npm run tapebook -- login [options]

Gets the day's access token of Kite Connect. Without a request token it says where to log in; the page that you are sent
to afterwards has request_token=… in its address.

  --request-token TOKEN  what the login gave; good once, for some minutes
  --source NAME          the source in settings (the first of kind kite)
  --settings FILE        settings (TAPEBOOK_SETTINGS, else data/settings.yaml, else data/demo.yaml)
  --save                 write the token to .env, instead of printing it
  --help

KITE_API_KEY and KITE_API_SECRET must be set in the environment or in .env.`;

const options = {
  "request-token": {type: "string"},
  source: {type: "string"},
  settings: {type: "string"},
  save: {type: "boolean"},
  help: {type: "boolean"}
} as const;

async function main(args: readonly string[]): Promise<void> {
  const {values} = parseArgs({args: [...args], options});
  if (values.help) return console.log(help);
  const settings = loadSettings(values.settings === undefined ? {} : {path: values.settings});
  const name = values.source ?? Object.keys(settings.sources).find((each) => settings.sources[each]!.kind === "kite");
  const source = name === undefined ? undefined : settings.sources[name];
  if (source?.kind !== "kite") throw new RangeError(`no source of kind kite in settings: ${name ?? "none"}`);
  const text = (key: "apiKey" | "url") =>
    resolveReference(source[key], `sources.${name}.${key}`, settings.path, process.env);
  const [apiKey, requestToken] = [text("apiKey"), values["request-token"]];
  if (requestToken === undefined)
    return console.log(`log in at ${loginUrl(apiKey)}\nthen run this again with --request-token`);
  const secret = resolveReference({env: "KITE_API_SECRET"}, `sources.${name}`, settings.path, process.env);
  const token = await exchangeSession({url: text("url"), apiKey, apiSecret: secret, requestToken});
  const variable = "env" in source.accessToken ? source.accessToken.env : "KITE_ACCESS_TOKEN";
  if (!values.save) return console.log(`${variable}=${token}`);
  save(variable, token);
  console.log(`${variable} is in .env until tomorrow morning`);
}

function save(variable: string, token: string): void {
  let text = "";
  try {
    text = readFileSync(".env", "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  writeFileSync(".env.new", withVariable(text, variable, token), {mode: 0o600});
  renameSync(".env.new", ".env");
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(`login: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
