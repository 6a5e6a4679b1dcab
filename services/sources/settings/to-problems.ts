import type {z} from "zod";
import type {SettingsProblem} from "./settings-error.js";
import {suggest} from "./suggest.js";
import type {YamlFile} from "./yaml.js";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Keys whose value may be a secret that somebody wrote down: what was found is not repeated. */
const secretKeys = /^(token|apiKey|accessToken|apiSecret|password|secret|url|socketUrl)$/i;

/** What zod found wrong, in the words of a person's settings file. */
export function toProblems(issues: readonly Issue[], file: YamlFile): SettingsProblem[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(issue, key, file));
    return [locate(issue.path, issue.message, file)];
  });
}

/** A problem at a path: what stands there, and what would do. */
export function locate(path: Path, remedy: string, file: YamlFile): SettingsProblem {
  return withLine({key: formatKey(path), found: describe(path, file.value), remedy}, file.lineOf(path));
}

function unknownKey({path, message}: Issue, key: string, file: YamlFile): SettingsProblem {
  const near = suggest(key, message.split(", "));
  const remedy = near === undefined ? `the keys here are ${message}` : `did you mean ${near}?`;
  return withLine({key: formatKey([...path, key]), found: "an unknown key", remedy}, file.lineOf([...path, key]));
}

function withLine(problem: SettingsProblem, line: number | undefined): SettingsProblem {
  return line === undefined ? problem : {...problem, line};
}

function formatKey(path: Path): string {
  return path
    .map((part, i) => (typeof part === "number" ? `[${part}]` : `${i > 0 ? "." : ""}${String(part)}`))
    .join("");
}

function describe(path: Path, root: unknown): string {
  let value: unknown = root;
  for (const part of path) value = isIndexable(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value !== null && typeof value === "object") return `a mapping of ${Object.keys(value).join(", ").slice(0, 80)}`;
  if (path.some((part) => secretKeys.test(String(part)))) return "a text (not repeated: it may be secret)";
  return JSON.stringify(value).slice(0, 80);
}

function isIndexable(value: unknown): value is Record<PropertyKey, unknown> {
  return value !== null && typeof value === "object";
}
