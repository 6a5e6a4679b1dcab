import type {Formats} from "../format/create-formats.js";
import type {LiveState} from "./live-state.js";

/** A state in one word or two: `● Live`, `Delayed 15 min`, `Stale`. */
export function liveMark(state: LiveState, format: Formats): string {
  switch (state.state) {
    case "live":
      return "● Live";
    case "delayed":
      return `Delayed ${format.duration(state.delayMs)}`;
    case "stale":
      return "Stale";
    case "closed":
      return "Closed";
    case "paused":
      return "Paused";
    case "offline":
      return "Offline";
  }
}

/** A state with what it means and since when, as a sentence's end: `no sidecar: showing bars to …`. */
export function liveWords(state: LiveState, format: Formats): string {
  const since = (time: number | undefined) => (time === undefined ? "" : ` since ${format.zoned(time, "second")}`);
  switch (state.state) {
    case "live":
      return `connected${since(state.since)}`;
    case "delayed":
      return `prices come ${format.duration(state.delayMs)} late`;
    case "stale":
      return `${state.reason}${since(state.since)}`;
    case "closed":
      return `venue closed${since(state.since)}`;
    case "paused":
      return `paused here${since(state.since)}, not live`;
    case "offline":
      return state.since === undefined
        ? "no sidecar, and no bar to show"
        : `no sidecar: showing bars to ${format.zoned(state.since)}`;
  }
}
