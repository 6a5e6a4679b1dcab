import {formatIso} from "../../../services/domain/time.js";
import type {FeedStatus} from "../../../services/domain/wire.js";
import type {Finding} from "./finding.js";

/** What the doctor looks at of a feed. */
export type FeedHealth = Pick<FeedStatus, "name" | "connected" | "lastEventTime" | "gaps" | "lastError">;

/** The feeds of a sidecar's `/healthz`; `undefined` where it is none. */
export function parseFeeds(body: unknown): FeedHealth[] | undefined {
  const feeds = (body as {feeds?: unknown} | undefined)?.feeds;
  if (!Array.isArray(feeds)) return undefined;
  return feeds.map((feed: Partial<FeedStatus> | null) => ({
    name: String(feed?.name),
    connected: feed?.connected === true,
    lastEventTime: typeof feed?.lastEventTime === "number" ? feed.lastEventTime : null,
    gaps: typeof feed?.gaps === "number" ? feed.gaps : 0,
    lastError: typeof feed?.lastError === "string" ? feed.lastError : null
  }));
}

/** A feed in words: well only if it is connected, says of nothing that it is wrong, and misses nothing. */
export function describeFeed({name, connected, lastEventTime, gaps, lastError}: FeedHealth): Finding {
  const last = lastEventTime === null ? "no tick yet" : `last tick ${formatIso(lastEventTime)}`;
  const state = connected ? "is connected" : "is not connected";
  if (connected && lastError === null && gaps === 0) return {area, severity: "ok", what: `${name} ${state}, ${last}`};
  const faults = [lastError ?? "", gaps > 0 ? `${gaps} gaps that history has not filled yet` : ""].filter(Boolean);
  const what = `${name} ${state} (${last})${faults.length === 0 ? "" : `: ${faults.join("; ")}`}`;
  const isLate = connected && lastError === null;
  const remedy = isLate ? "look again in two minutes; if they stay, see its source above" : "see its source above";
  return {area, severity: "warning", what, remedy};
}

const area = "sidecar";
