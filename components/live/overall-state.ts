import type {InstrumentId} from "../../services/domain/instrument.js";
import type {EpochMs} from "../../services/domain/time.js";
import {keepDrawn} from "./keep-drawn.js";
import type {LiveDesk} from "./live-desk.js";
import type {LiveState} from "./live-state.js";

/** A live page as a whole, as its head says it. */
export interface OverallState {
  /** Live if any instrument is; stale if any that should be live is not; paused while the reader holds it. */
  readonly state: "live" | "stale" | "paused" | "snapshot";
  /** The states of the instruments, counted: `5 live, 2 closed`. */
  readonly note: string;
  /** The end of the newest final bar, over all instruments; `null` where there is none. */
  readonly asOf: EpochMs | null;
}

const order: readonly LiveState["state"][] = ["live", "delayed", "stale", "paused", "closed", "offline"];

/** The state of a whole desk. */
export function overallState(desk: LiveDesk): OverallState {
  const states = desk.instruments.map(({id}) => desk.state(id).state);
  const count = (name: LiveState["state"]) => states.filter((state) => state === name).length;
  const isStale = count("stale") + count("delayed") > 0;
  const note = order.filter((name) => count(name) > 0).map((name) => `${count(name)} ${name}`);
  const ends = desk.instruments.map(({id}) => lastEnd(desk, id)).filter((end) => end !== undefined);
  return {
    state: count("paused") > 0 ? "paused" : isStale ? "stale" : count("live") > 0 ? "live" : "snapshot",
    note: note.length === 0 ? "no instrument is live by settings" : note.join(", "),
    asOf: ends.length === 0 ? null : Math.max(...ends)
  };
}

function lastEnd(desk: LiveDesk, id: InstrumentId): EpochMs | undefined {
  const {bars, forming} = desk.joined(id);
  const row = bars.length - (forming === undefined ? 1 : 2);
  return row < 0 ? undefined : bars.time[row]! + 60_000;
}

/**
 * The state of a desk as Framework's `Generators.observe` takes it: told at once, then only when it is another and
 * somebody looks.
 */
export function observeOverall(desk: LiveDesk): (change: (state: OverallState) => void) => () => void {
  return (change) => {
    let told = "";
    const tell = () => {
      const state = overallState(desk);
      const text = JSON.stringify(state);
      if (text === told) return;
      told = text;
      change(state);
    };
    tell();
    return keepDrawn({listen: desk.listen, draw: tell});
  };
}
