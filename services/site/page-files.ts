import {globSync} from "tinyglobby";
import {mountedRooms} from "./mount.js";

/** The Markdown of pages below a source root, as `trades/[account].md`, in order; none of a room mounted there. */
export function pageFiles(root: string): string[] {
  const ignore = [".observablehq/**", ...mountedRooms.map((room) => `${room}/**`)];
  return globSync("**/*.md", {cwd: root, ignore}).sort();
}
