import {readFileSync} from "node:fs";
import {join} from "node:path";
import {globSync} from "tinyglobby";
import type {PageFault} from "./check-site.js";

const secretName = /TOKEN|SECRET|PASSWORD|API_KEY|DATABASE_URL/;

/** Values of the environment that must never reach a page: long enough to be told from ordinary text. */
function secretsOf(env: NodeJS.ProcessEnv): {name: string; value: string}[] {
  return Object.entries(env)
    .filter(([name, value]) => secretName.test(name) && (value?.length ?? 0) >= 8)
    .map(([name, value = ""]) => ({name, value}));
}

/** Files of a built site that hold a secret of the environment, named without it. */
export function findLeaks(dir: string, env: NodeJS.ProcessEnv = process.env): PageFault[] {
  const secrets = secretsOf(env).map(({name, value}) => ({name, bytes: Buffer.from(value)}));
  if (secrets.length === 0) return [];
  return globSync("**/*", {cwd: dir}).flatMap((file) => {
    const content = readFileSync(join(dir, file));
    return secrets
      .filter(({bytes}) => content.includes(bytes))
      .map(({name}) => ({page: file, message: `holds the secret ${name}`}));
  });
}
