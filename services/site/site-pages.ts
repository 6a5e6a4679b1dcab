import {readFileSync} from "node:fs";
import {join} from "node:path";
import {parse} from "yaml";
import {pageFiles} from "./page-files.js";

/** A page as it lies in the source root. */
export interface SitePage {
  /** As in an address: `/studies/gaps`, `/markets/`, `/markets/[instrument]`. */
  readonly path: string;
  /** What its front matter calls it, else its first heading, else its file. */
  readonly title: string;
  /** Its prose, without code and markup: what a search finds it by. */
  readonly text: string;
  /** Whether Framework itself puts it into the search index, under its title. */
  readonly isIndexed: boolean;
}

/** What a server shows where there is no page: no menu, search or neighbour names it, and every site has it. */
export const missingPageFile = "404.md";

/**
 * Every page below a source root that is to be published, by path; drafts (`draft: true`) are not.
 *
 * @throws {Error} if a page's front matter is not YAML, naming the page
 */
export function findPages(root: string): SitePage[] {
  return pageFiles(root).flatMap((file) => (file === missingPageFile ? [] : pageOf(root, file)));
}

function pageOf(root: string, file: string): SitePage[] {
  const source = readFileSync(join(root, file), "utf8").replaceAll("\r\n", "\n");
  const [head = "", front = ""] = /^---\n([\s\S]*?)\n---(?:\n|$)/.exec(source) ?? [];
  const {title, draft, index} = frontMatter(front, join(root, file));
  if (draft === true) return [];
  const body = source.slice(head.length);
  const heading = /^# +(.+)$/m.exec(body.replace(/^```[\s\S]*?^```/gm, ""))?.[1];
  const path = `/${file.replace(/\.md$/, "").replace(/(^|\/)index$/, "$1")}`;
  return [
    {path, title: String(title ?? heading ?? path.split("/").at(-1)), text: proseOf(body), isIndexed: index !== false}
  ];
}

function frontMatter(text: string, file: string): {title?: unknown; draft?: unknown; index?: unknown} {
  try {
    return (parse(text) ?? {}) as ReturnType<typeof frontMatter>;
  } catch (cause) {
    throw new Error(`${file}: front matter is not YAML: ${(cause as Error).message.split("\n")[0]}`, {cause});
  }
}

/** Code blocks, expressions and tags out; what is left is said to a reader. */
function proseOf(body: string): string {
  const shown = withoutExpressions(body.replace(/^```[\s\S]*?^```/gm, " "));
  return shown
    .replace(/<[^>]*>/g, " ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** An expression may run over many lines and hold braces of its own. */
function withoutExpressions(text: string): string {
  const begin = text.indexOf("${");
  if (begin < 0) return text;
  let depth = 0;
  for (let i = begin + 1; i < text.length; ++i) {
    if (text[i] === "{") ++depth;
    else if (text[i] === "}" && --depth === 0)
      return `${text.slice(0, begin)} ${withoutExpressions(text.slice(i + 1))}`;
  }
  return text.slice(0, begin);
}
