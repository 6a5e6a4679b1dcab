import {sessionAt, type TradingCalendar} from "../../services/domain/calendar.js";
import {lastSession} from "../../services/domain/last-session.js";
import type {EpochMs} from "../../services/domain/time.js";
import type {FeedStatus} from "../../services/domain/wire.js";

/** What is known when a page asks whether it is live. All times by the sidecar's clock. */
export interface LiveEvidence {
  readonly now: EpochMs;
  readonly isConnected: boolean;
  /** Since when the page holds back what comes, if it does. */
  readonly heldTime?: EpochMs | undefined;
  /** Since when the connection is as it is. */
  readonly changedTime: EpochMs;
  /** The last bar that is shown without a connection: the snapshot's, or what had come by then. */
  readonly shownTime?: EpochMs;
  /** The health of the feed behind what is shown; `undefined` before it is known. */
  readonly feed: FeedStatus | undefined;
  /** When the sidecar received the newest tick of the instrument itself; `undefined` where none was heard. */
  readonly heardTime?: EpochMs | undefined;
  readonly calendar?: TradingCalendar;
  /** Default 5 s: venue time to receipt beyond which prices are called delayed. */
  readonly delayedAfterMs?: number;
  /** Default 30 s: silence of an open market beyond which prices are called stale. */
  readonly staleAfterMs?: number;
  /** Default 2 min: silence of one instrument beside a feed that lives. */
  readonly quietAfterMs?: number;
}

/** Whether what a page shows is what the market does now. */
export type LiveState =
  | {readonly state: "live"; readonly since: EpochMs}
  /** Prices come, but as late as this. */
  | {readonly state: "delayed"; readonly since: EpochMs; readonly delayMs: number}
  /** The line stands, but no price comes; since the last one. `undefined` if there never was one. */
  | {readonly state: "stale"; readonly since: EpochMs | undefined; readonly reason: string}
  /** The venue is closed, and nothing is due. */
  | {readonly state: "closed"; readonly since: EpochMs | undefined}
  /** Held by the reader: what was known then is shown. */
  | {readonly state: "paused"; readonly since: EpochMs}
  /** No sidecar: what was known before is shown, the snapshot at least. `since` is its last bar. */
  | {readonly state: "offline"; readonly since: EpochMs | undefined};

/**
 * The honest state of an instrument on a live page: offline without a sidecar; else paused while the reader holds it;
 * else closed while the venue does not trade; else stale if the feed is not connected, or it or the instrument has been
 * silent for long in this session; else delayed if its ticks arrive late; else live.
 *
 * @example
 * liveState({now, isConnected: false, changedTime, shownTime, feed: undefined}); // {state: "offline", since: shownTime}
 */
export function liveState(evidence: LiveEvidence): LiveState {
  const {now, isConnected, changedTime, shownTime, feed, calendar, heldTime, heardTime} = evidence;
  const {delayedAfterMs = 5_000, staleAfterMs = 30_000, quietAfterMs = 120_000} = evidence;
  if (!isConnected) return {state: "offline", since: shownTime};
  if (heldTime !== undefined) return {state: "paused", since: heldTime};
  const session = calendar && sessionAt(calendar, now);
  if (calendar && !session) return {state: "closed", since: lastSession(calendar, now)?.close};
  const heard = feed?.lastReceivedTime ?? undefined;
  if (feed === undefined) return {state: "stale", since: undefined, reason: "no feed has reported yet"};
  if (!feed.connected) return {state: "stale", since: heard, reason: feed.lastError ?? "the feed is not connected"};
  if (heard === undefined) return {state: "stale", since: undefined, reason: "no tick yet"};
  if (!(now - heard <= staleAfterMs)) return {state: "stale", since: heard, reason: "the feed is silent"};
  if (!(now - Math.max(heardTime ?? changedTime, session?.open ?? -Infinity) <= quietAfterMs)) {
    const reason = heardTime === undefined ? "no tick of this instrument yet" : "no tick of this instrument";
    return {state: "stale", since: heardTime, reason};
  }
  const delayMs = heard - (feed.lastEventTime ?? heard);
  const since = changedTime;
  return delayMs > delayedAfterMs ? {state: "delayed", since, delayMs} : {state: "live", since};
}
