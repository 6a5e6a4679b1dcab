import {readFileSync} from "node:fs";
import {basename, dirname} from "node:path/posix";
import {globSync} from "tinyglobby";

/** What a number means, as the comment on the function that computes it says. */
interface Definition {
  readonly file: string;
  readonly name: string;
  readonly paragraphs: readonly string[];
}

const room = "services/analytics";
const commentedFunction = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport function (\w+)/g;

const preface = `# What each number means

Written from the comments on the functions that compute them, by \`npm run docs\`; a test fails when they part.
Fractions throughout (0.05 is 5 %), times in milliseconds UTC, \`NaN\` and \`undefined\` for a number that cannot be had.
The thresholds of structure, behaviour and gates are conventions of this project, and are named where they stand.
`;

/** The text of `docs/definitions.md`: every exported function of the analytics room that says what it returns. */
export function writeDefinitions(): string {
  const files = globSync(`${room}/**/*.ts`).sort();
  const definitions = files.flatMap((file) => definitionsIn(file, readFileSync(file, "utf8")));
  const groups = [...new Set(definitions.map(groupOf))];
  const sections = groups.map((group) => {
    const members = definitions.filter((definition) => groupOf(definition) === group);
    return [`## ${titleOf(group)}\n`, ...members.map(sectionOf)].join("\n");
  });
  return [preface, ...sections].join("\n");
}

function definitionsIn(file: string, text: string): Definition[] {
  return [...text.matchAll(commentedFunction)]
    .filter(([, comment = ""]) => comment.includes("@returns"))
    .map(([, comment = "", name = ""]) => ({file, name, paragraphs: paragraphsOf(comment)}));
}

function paragraphsOf(comment: string): string[] {
  const plain = comment.replace(/^\s*\* ?/gm, "").trim();
  return plain.split(/\n(?=@)|\n\n/).map((paragraph) => paragraph.trim().replace(/\s*\n\s*/g, " "));
}

function sectionOf({file, name, paragraphs}: Definition): string {
  const prose = paragraphs.filter((each) => !each.startsWith("@")).map((each) => `${each}\n`);
  const items = paragraphs.filter((each) => each.startsWith("@")).map((each) => `- ${itemOf(each)}`);
  return [`### ${name}\n`, ...prose, `${items.join("\n")}\n`, `In [${basename(file)}](../${file}).\n`].join("\n");
}

function itemOf(tag: string): string {
  return tag
    .replace(/^@param (\w+)\s*/, "*$1*: ")
    .replace(/^@returns\s*/, "returns ")
    .replace(/^@throws \{(\w+)\}\s*/, "refuses ($1) ")
    .replace(/^@example\s*(.*)/, "example: `$1`");
}

function groupOf({file}: Definition): string {
  return dirname(file).slice(room.length + 1);
}

function titleOf(group: string): string {
  return `${group.charAt(0).toUpperCase()}${group.slice(1).replaceAll("/", ": ")}`;
}
