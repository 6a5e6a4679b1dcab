import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import {globSync} from "tinyglobby";

const rooms = ["loaders", "services/domain", "services/snapshots", "services/sources"];

/** Hash of the code that makes snapshots: twelve digits that change when any of it does. */
export function loaderVersion(root = "."): string {
  const hash = createHash("sha256");
  const files = globSync(
    rooms.map((room) => `${room}/**/*.ts`),
    {cwd: root, expandDirectories: false}
  ).sort();
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(`${root}/${file}`));
  return hash.digest("hex").slice(0, 12);
}
