import type {LiveEdge, LiveEdgeOptions} from "./live-edge.js";

/** A live edge, with its code: a report that is not carried on never fetches it. */
export async function loadLiveEdge(options: LiveEdgeOptions): Promise<LiveEdge> {
  const {createLiveEdge} = await import("./live-edge.js");
  return createLiveEdge(options);
}
