import {readFileSync} from "node:fs";

/** Pages that others link to, and that a site must therefore have. */
const linked = [
  ...["index.md", "live.md", "data.md", "sql.md"],
  ...["markets/index.md", "markets/[instrument].md", "structure/[instrument].md"]
];

/** The pages that are *kept* as they are in the project, for a site of these alone; those that they link to say nothing. */
export function onlyPages(...kept: readonly string[]): Record<string, string> {
  const stubs = linked.map((path) => [`src/${path}`, "# Page\n\nNothing here.\n"]);
  return Object.fromEntries([...stubs, ...kept.map((path) => [`src/${path}`, readFileSync(`src/${path}`, "utf8")])]);
}
