import type {InstrumentId} from "../../services/domain/instrument.js";
import type {Tick} from "../../services/domain/tick.js";
import type {Gate} from "./gate.js";
import type {LatencyMeter} from "./latency-meter.js";

/** Ticks of what a page shows, timed as they come and as they are drawn. */
export interface LatencyTracker {
  /** To be called when a chart has drawn what it was shown. */
  readonly drawn: () => void;
  end(): void;
}

/** Times the ticks of the instruments that are on the screen; while the page is hidden or held nothing is timed. */
export function trackLatency(
  gate: Gate | undefined,
  meter: LatencyMeter,
  isShown: (id: InstrumentId) => boolean
): LatencyTracker {
  /** Told again after a reconnect: how old it is says nothing of the way. */
  const isReplayed = ({receivedTime}: Tick, {state}: Gate) => !(receivedTime >= state.changedTime + state.offsetMs);
  const isFollowing = () => gate?.heldTime === undefined && !document.hidden;
  function take(tick: Tick, from: Gate): void {
    if (isShown(tick.instrument) && !isReplayed(tick, from)) meter.arrive(tick, from.serverNow());
  }
  const unlisten = gate?.line.listen({
    onEvents(events) {
      if (!isFollowing()) meter.skip();
      else for (const event of events) if (event.type === "tick") take(event.tick, gate);
    }
  });
  return {
    drawn: () => (gate && isFollowing() ? meter.drawn(gate.serverNow()) : meter.skip()),
    end: () => unlisten?.()
  };
}
