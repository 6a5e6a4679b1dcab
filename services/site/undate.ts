import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {globSync} from "tinyglobby";

const stamp = /(?<=\bregisterFile\("[^"\n]*", \{[^{}\n]*),"lastModified":[\d.]+/g;

/**
 * Takes out of a built site's pages when each attached file was made. That is the time of the build's own cache, not of
 * the data (which the catalogue has), and would make two builds of the same snapshots differ.
 *
 * @param dir a site as Framework built it; changed in place
 * @returns how many times were taken out
 */
export function undatePages(dir: string): number {
  let removed = 0;
  for (const page of globSync("**/*.html", {cwd: dir})) {
    const file = join(dir, page);
    const html = readFileSync(file, "utf8");
    const undated = html.replace(stamp, () => {
      ++removed;
      return "";
    });
    if (undated !== html) writeFileSync(file, undated);
  }
  return removed;
}
