import {type Logger, pino} from "pino";

/** How much is logged, and what must not be. */
export interface LogOptions {
  /** `trace`, `debug`, `info`, `warn`, `error` or `silent`. */
  readonly level: string;
  /** Strikes out what must appear in no line, however it came into it. */
  readonly strike: (line: string) => string;
  readonly write: (line: string) => void;
}

const secretName = /TOKEN|SECRET|PASSWORD|API_KEY|DATABASE_URL/;
const SHORTEST_SECRET = 6;

/** A log of one JSON object per line, from which every secret is struck out by its value. */
export function createLog({level, strike, write}: LogOptions): Logger {
  const options = {level, base: null, timestamp: pino.stdTimeFunctions.isoTime};
  return pino(options, {write: (line: string) => write(strike(line))});
}

/** A log that says nothing. */
export function silentLog(): Logger {
  return pino({level: "silent"});
}

/** Values of the environment that are secret by their name, a database address's password too. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>): string[] {
  const values = Object.entries(env).flatMap(([name, value]) => (secretName.test(name) && value ? [value] : []));
  const passwords = values.flatMap((value) => (URL.canParse(value) ? passwordForms(new URL(value)) : []));
  return [...values, ...passwords];
}

/** A password as it stands in an address, and as it is meant, where it is written as an address should write it. */
function passwordForms({password}: URL): string[] {
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password]; // a % that stands for itself
  }
}

/** Secrets that are struck out of texts. */
export interface Secrets {
  strike(text: string): string;
  /** Takes in those of an environment that was read anew; what was secret before stays so. */
  learn(env: Readonly<Record<string, string | undefined>>): void;
}

/** The secrets of an environment, and of those that it comes to be. */
export function createSecrets(env: Readonly<Record<string, string | undefined>>): Secrets {
  const known = new Set(secretsOf(env));
  let strike = createStrike([...known]);
  return {
    strike: (text) => strike(text),
    learn(renewed) {
      const fresh = secretsOf(renewed).filter((secret) => !known.has(secret));
      if (fresh.length === 0) return;
      for (const secret of fresh) known.add(secret);
      strike = createStrike([...known]);
    }
  };
}

/** Strikes secrets out of a text, also as they are written in addresses, JSON and base64. */
export function createStrike(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .filter(({length}) => length >= SHORTEST_SECRET)
    .flatMap((secret) => {
      const base64 = Buffer.from(secret).toString("base64");
      const inJson = JSON.stringify(secret).slice(1, -1);
      return [secret, inJson, encodeURIComponent(secret), base64, base64.replace(/=+$/, ""), toBase64Url(secret)];
    })
    .sort((a, b) => b.length - a.length);
  return (text) => forms.reduce((left, form) => left.replaceAll(form, "[secret]"), text);
}

function toBase64Url(text: string): string {
  return Buffer.from(text).toString("base64url");
}
