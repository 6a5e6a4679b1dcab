import {z} from "zod";
import {SettingsError} from "./settings-error.js";
import {strict} from "./strict.js";

/** A text that settings state, or the environment variable that holds it. */
export type Reference = {readonly value: string} | {readonly env: string; readonly default?: string};

/** Environment variables by name; `undefined` where one is not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

const envRemedy = "must be {env: NAME}, NAME in capitals as MT5_API_URL";

function envSchema(text: z.ZodType<string>, error: string) {
  const name = z.string({error}).regex(/^[A-Z_][A-Z0-9_]*$/, {error});
  return strict({env: name, default: text.optional()}).transform(({env, default: value}) =>
    value === undefined ? {env} : {env, default: value}
  );
}

/** A reference to a text of a kind: the text itself or `{env, default}`. */
export function referenceSchema(text: z.ZodType<string>, error: string): z.ZodType<Reference> {
  return z.union([text.transform((value) => ({value})), envSchema(text, error)], {error});
}

/** A reference to a secret: `{env}` alone, for a secret in a file is soon a secret no more. */
export const secretSchema: z.ZodType<Reference> = strict(
  {env: z.string({error: envRemedy}).regex(/^[A-Z_][A-Z0-9_]*$/, {error: envRemedy})},
  envRemedy
);

/**
 * The text a reference stands for.
 *
 * @param key where it stands in settings, for the message
 * @throws {SettingsError} if it is an environment variable that is not set and has no default
 */
export function resolveReference(reference: Reference, key: string, path: string, env: Environment): string {
  if ("value" in reference) return reference.value;
  const value = env[reference.env] || reference.default;
  if (value !== undefined) return value;
  const remedy = `set ${reference.env} in the environment or in .env (see .env.example)`;
  throw new SettingsError(path, [{key, found: `no environment variable ${reference.env}`, remedy}]);
}
