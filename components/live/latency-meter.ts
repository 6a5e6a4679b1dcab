import {quantile} from "../../services/analytics/statistics/quantile.js";
import type {Tick} from "../../services/domain/tick.js";
import type {EpochMs} from "../../services/domain/time.js";

/** How long ticks took over one stretch of their way, in milliseconds. */
export interface LatencyStage {
  readonly name: "venue to sidecar" | "sidecar to page" | "page to screen" | "venue to screen";
  readonly n: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly worstMs: number;
}

/** Times ticks on their way to the screen. All times by the sidecar's clock. */
export interface LatencyMeter {
  /** A tick has come to the page. */
  arrive(tick: Tick, now: EpochMs): void;
  /** What had come is on the screen now. */
  drawn(now: EpochMs): void;
  /** What had come will not be drawn as it came: the page is hidden or held. */
  skip(): void;
  /** Each stretch and the whole, over the newest ticks; NaN where none was timed. */
  stages(): readonly LatencyStage[];
}

interface Timed {
  readonly eventTime: EpochMs;
  readonly receivedTime: EpochMs;
  readonly arrivedTime: EpochMs;
  readonly drawnTime: EpochMs;
}

/**
 * A meter over the newest *capacity* ticks that were drawn. Stretches between two machines' clocks are off by as much
 * as the clocks were measured wrong, and may then come out negative: they are not made to look better.
 */
export function createLatencyMeter({capacity = 500} = {}): LatencyMeter {
  let waiting: Omit<Timed, "drawnTime">[] = [];
  let timed: Timed[] = [];
  return {
    arrive({eventTime, receivedTime}, arrivedTime) {
      waiting.push({eventTime, receivedTime, arrivedTime});
      if (waiting.length > capacity) waiting = waiting.slice(-capacity);
    },
    drawn(drawnTime) {
      if (waiting.length === 0) return;
      timed = [...timed, ...waiting.map((one) => ({...one, drawnTime}))].slice(-capacity);
      waiting = [];
    },
    skip() {
      waiting = [];
    },
    stages: () => [
      stage("venue to sidecar", timed, ({eventTime, receivedTime}) => receivedTime - eventTime),
      stage("sidecar to page", timed, ({receivedTime, arrivedTime}) => arrivedTime - receivedTime),
      stage("page to screen", timed, ({arrivedTime, drawnTime}) => drawnTime - arrivedTime),
      stage("venue to screen", timed, ({eventTime, drawnTime}) => drawnTime - eventTime)
    ]
  };
}

function stage(name: LatencyStage["name"], timed: readonly Timed[], took: (one: Timed) => number): LatencyStage {
  const all = Float64Array.from(timed, took);
  const at = (probability: number) => quantile(all, probability);
  return {name, n: all.length, medianMs: at(0.5), p95Ms: at(0.95), worstMs: at(1)};
}
