import type {TickFeedStatus} from "./tick-feed.js";

/** A feed's status, told on every change and only then. */
export interface StatusBoard {
  readonly current: TickFeedStatus;
  set(change: Partial<TickFeedStatus>): void;
}

/** A board that begins unconnected. */
export function createStatusBoard(onStatus: (status: TickFeedStatus) => void): StatusBoard {
  let current: TickFeedStatus = {connected: false, lastError: null, reconnects: 0};
  return {
    get current() {
      return current;
    },
    set(change) {
      const next = {...current, ...change};
      const isSame = (Object.keys(next) as (keyof TickFeedStatus)[]).every((key) => next[key] === current[key]);
      if (isSame) return;
      current = next;
      onStatus(current);
    }
  };
}
