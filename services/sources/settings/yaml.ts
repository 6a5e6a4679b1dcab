import {isAlias, isMap, isScalar, LineCounter, type Node, parseDocument, visit} from "yaml";
import {SettingsError, type SettingsProblem} from "./settings-error.js";

/** A YAML file as plain values, and the line on which a key stands. */
export interface YamlFile {
  readonly value: unknown;
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

const MAX_CHARACTERS = 1_000_000;
const reserved = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Reads YAML that may be hostile: size, nesting and aliases are bounded, and a duplicate key, a reserved key, a key
 * that is no text and a tag are refused.
 *
 * @param path the file's name, for messages
 * @throws {SettingsError} with the lines of all that is wrong
 */
export function readYaml(text: string, path: string): YamlFile {
  if (text.length > MAX_CHARACTERS)
    throw new SettingsError(path, [problem(`${text.length} characters`, `use at most ${MAX_CHARACTERS}`)]);
  try {
    return parse(text, path);
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    const found = `YAML that cannot be read (${error instanceof Error ? error.message : String(error)})`;
    throw new SettingsError(path, [problem(found, "use plain mappings, lists and texts")], {cause: error});
  }
}

function problem(found: string, remedy: string, line?: number, key = ""): SettingsProblem {
  return {key, found, remedy, ...(line === undefined ? {} : {line})};
}

function parse(text: string, path: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, {lineCounter: lines, schema: "core", merge: false, strict: true});
  const lineAt = (offset = 0) => lines.linePos(offset).line;
  const problems = [...document.errors, ...document.warnings].map(({message, pos}) =>
    problem(`invalid YAML (${message.split("\n")[0]!.replace(/:$/, "")})`, "correct its syntax", lineAt(pos[0]))
  );
  visit(document, (_, node) => {
    const tag = (node as Node | null)?.tag;
    const line = lineAt((node as Node | null)?.range?.[0]);
    if (tag?.startsWith("!") || (tag && !tag.startsWith("tag:yaml.org,2002:")))
      problems.push(problem(`the tag ${tag}`, "leave tags out", line));
    if (isAlias(node)) problems.push(problem(`the alias *${node.source}`, "write the value out", line));
    if (isMap(node)) for (const {key} of node.items) problems.push(...keyProblems(key, line));
    return problems.length > 20 ? visit.BREAK : undefined;
  });
  if (problems.length > 0) throw new SettingsError(path, problems);
  const lineOf = (keys: readonly PropertyKey[]): number | undefined => {
    for (let n = keys.length; n > 0; --n) {
      const node = document.getIn(keys.slice(0, n), true) as Node | undefined;
      if (node?.range) return lineAt(node.range[0]);
    }
    return undefined;
  };
  return {value: document.toJS({maxAliasCount: 0}), lineOf};
}

function keyProblems(key: unknown, line: number): SettingsProblem[] {
  const text = isScalar(key) ? String(key.value) : undefined;
  if (text === undefined) return [problem("a key that is not a text", "use a plain text as key", line)];
  return reserved.has(text) ? [problem(`the key ${text}`, "use another name", line, text)] : [];
}
