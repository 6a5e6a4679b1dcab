import type {InstrumentId} from "../../domain/instrument.js";
import {textOf} from "../../domain/text-of.js";
import type {EpochMs} from "../../domain/time.js";
import type {Timeframe} from "../../domain/timeframe.js";
import type {SignalStatus} from "../../domain/wire.js";
import {GRACE_MS} from "../bars/level.js";
import type {SidecarEffects} from "../effects.js";
import type {Followed} from "../market.js";
import {barTopic} from "../topics/bar-topic.js";
import type {Hub} from "../topics/hub.js";
import type {SignalDatabase} from "./signal-database.js";
import {createSignalTarget, type SignalTarget} from "./signal-target.js";

/** What a signal desk is made of. */
export interface SignalDeskOptions {
  readonly analyzer: string;
  readonly targets: readonly {readonly instrument: InstrumentId; readonly timeframe: Timeframe}[];
  readonly instruments: readonly Followed[];
  readonly hub: Hub;
  readonly signalsKept: number;
  /** Up to where every bar of an instrument is final. */
  readonly settledTo: (instrument: InstrumentId) => EpochMs;
  readonly database?: SignalDatabase | undefined;
}

/** Signals, looked for in the bars that the hub tells. */
export interface SignalDesk {
  status(): SignalStatus;
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 500;
/** A bar may be corrected within its grace: it is looked at after that. */
const LOOK_AFTER_MS = GRACE_MS + 1_000;

/** Opens a topic for each target, and looks for signals in every bar that closes. It must be there before the bars are. */
export function openSignalDesk(options: SignalDeskOptions, effects: SidecarEffects): SignalDesk {
  const {analyzer, targets, instruments, hub, signalsKept, settledTo, database} = options;
  const desks = targets.map(({instrument, timeframe}) => {
    const {calendar, origin} = instruments.find(({id}) => id === instrument)!;
    const topic = `signal:${instrument}:${timeframe}` as const;
    hub.open(topic, signalsKept);
    const target = createSignalTarget({
      ...{analyzer, instrument, timeframe, calendar, origin, database},
      onSignal: (signal) => hub.publish(topic, [{type: "signal", signal}])
    });
    const bars = barTopic(instrument, timeframe);
    return {instrument, bars, name: `${instrument} ${timeframe}`, target, cover: () => hub.coverFrom(topic, origin)};
  });
  const byTopic = new Map<string, SignalTarget>(desks.map(({bars, target}) => [bars, target]));
  const stopListening = hub.listenAll((outgoing) => {
    for (const {event} of outgoing) if (event.type === "bar" && event.final) byTopic.get(event.topic)?.put(event.bar);
  });
  const failures = new Map<string, string>();
  let looking: Promise<void> = Promise.resolve();
  let [isLooking, isStopped] = [false, false];

  /** One that fails keeps none of the others waiting, and is looked at again in the next round. */
  async function look(): Promise<void> {
    isLooking = true;
    const latest = effects.now() - LOOK_AFTER_MS;
    for (const {instrument, name, target, cover} of desks) {
      if (isStopped) break;
      try {
        await target.advance(Math.min(latest, settledTo(instrument)));
        cover();
        failures.delete(name);
      } catch (error) {
        failures.set(name, textOf(error));
      }
    }
    isLooking = false;
  }

  const stopLooking = effects.every(LOOK_EVERY_MS, () => {
    if (!isLooking) looking = look();
  });
  return {
    status() {
      const [[name, reason] = []] = failures;
      return {
        targets: desks.length,
        failing: failures.size,
        lastError: name === undefined ? null : `${name}: ${reason}`
      };
    },
    async stop() {
      isStopped = true;
      stopLooking();
      stopListening();
      await looking;
    }
  };
}
