import type {InstrumentId} from "../domain/instrument.js";
import type {Tick} from "../domain/tick.js";
import type {EpochMs} from "../domain/time.js";
import type {Topic} from "../domain/wire.js";
import type {CascadeCounts, LiveCascade} from "./bars/live-cascade.js";
import {createRepeatMemory} from "./repeat-memory.js";
import type {Hub} from "./topics/hub.js";

/** What a desk is made of. */
export interface InstrumentDeskOptions {
  readonly instrument: InstrumentId;
  readonly bars: LiveCascade;
  readonly hub: Hub;
}

/** One instrument: its ticks told on their topic and made into bars. */
export interface InstrumentDesk {
  /** @returns whether the tick is new, and not one from before a break that comes once more */
  take(tick: Tick): boolean;
  resume(time: EpochMs): void;
  interrupt(coveredTo: EpochMs): void;
  closeDue(now: EpochMs, coveredTo: EpochMs): void;
  /** History is said to have the minute that opened at a time. */
  ask(time: EpochMs): void;
  counts(): CascadeCounts;
  /** Up to where every bar is final or does not exist. */
  settledTo(): EpochMs;
  stop(): void;
}

/** A desk. A tick that its feed repeats after a break is dropped; any other is published and made into bars. */
export function createInstrumentDesk({instrument, bars, hub}: InstrumentDeskOptions): InstrumentDesk {
  const topic: Topic = `tick:${instrument}`;
  const memory = createRepeatMemory();

  return {
    take(tick) {
      if (memory.isRepeated(tick)) return false;
      hub.publish(topic, [{type: "tick", tick}]);
      bars.add(tick);
      return true;
    },
    resume(time) {
      memory.begin();
      hub.coverFrom(topic, time);
      bars.resume(time);
    },
    interrupt(coveredTo) {
      hub.coverFrom(topic, Infinity);
      bars.interrupt(coveredTo);
    },
    closeDue: bars.closeDue,
    ask: bars.ask,
    counts: bars.counts,
    settledTo: bars.settledTo,
    stop: bars.stop
  };
}
