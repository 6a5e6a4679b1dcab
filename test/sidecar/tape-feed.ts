import type {Tick} from "../../services/domain/tick.js";
import type {TickCoverage, TickFeed, TickFeedStatus} from "../../services/sources/tick-feed.js";
import type {createVirtualTime} from "./virtual-time.js";

/** A clock with timers at moments: a virtual one, or one that runs fast. */
export type TapeClock = Pick<ReturnType<typeof createVirtualTime>, "now" | "at">;

/** A stretch in which the feed gives nothing: its socket is closed, or open and mute until a watchdog sees it. */
export interface Outage {
  readonly start: number;
  readonly end: number;
  readonly isMute: boolean;
}

export interface TapeFeedOptions {
  readonly tape: readonly Tick[];
  readonly outages: readonly Outage[];
  readonly latencyMs: number;
  /** What a tick takes besides: ticks overtake each other by as much. */
  readonly delayOf?: (tick: Tick) => number;
  /** Ticks from before an outage that come once more after it. */
  readonly repeated: number;
}

const WATCHDOG_MS = 10_000;

/** A feed that plays a tape on a virtual clock, with outages; what it does not send is lost to it. */
export function createTapeFeed(
  {tape, outages, latencyMs, repeated, delayOf = () => 0}: TapeFeedOptions,
  time: TapeClock
): TickFeed {
  const cancels: (() => void)[] = [];
  const startTime = time.now();
  let reconnects = 0;
  let coverage: TickCoverage | undefined;
  const later = (moment: number, run: () => void) => cancels.push(time.at(moment, run));
  const isOut = (moment: number) => outages.some(({start, end}) => start <= moment && moment < end);

  return {
    name: "tape",
    instruments: [...new Set(tape.map(({instrument}) => instrument))],
    start(onTick, onStatus) {
      const tell = (connected: boolean) => {
        if (connected) coverage = {start: time.now(), end: time.now()};
        const status: TickFeedStatus = {connected, lastError: connected ? null : "line is down", reconnects};
        onStatus(status);
      };
      const send = (tick: Tick) => {
        onTick({...tick, receivedTime: time.now()});
        if (coverage) coverage = {...coverage, end: Math.max(coverage.end, tick.eventTime)};
      };
      if (!isOut(startTime)) tell(true);
      for (const {start, end, isMute} of outages) {
        if (end < startTime) continue;
        const seen = isMute ? Math.min(start + WATCHDOG_MS, end) : start;
        if (start >= startTime) later(seen, () => tell(false));
        later(end, () => {
          reconnects += 1;
          tell(true);
          for (const tick of tape.filter(({eventTime}) => eventTime < start && eventTime > startTime).slice(-repeated))
            send(tick);
        });
      }
      for (const tick of tape) {
        if (tick.eventTime >= startTime && !isOut(tick.eventTime))
          later(tick.eventTime + latencyMs + delayOf(tick), () => send(tick));
      }
    },
    covered: () => coverage,
    stop() {
      for (const cancel of cancels) cancel();
      return Promise.resolve();
    }
  };
}
