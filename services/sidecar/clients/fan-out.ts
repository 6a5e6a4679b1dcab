import type {Topic} from "../../domain/wire.js";
import type {SidecarEffects} from "../effects.js";
import type {Hub, Outgoing} from "../topics/hub.js";
import {type Encoding, encodeFrames, type Frame} from "./encode-frames.js";
import {createPacer} from "./pacer.js";

/** Events of a batch that a client follows, and the same as frames made once for all who follow just these. */
export interface Delivery {
  readonly outgoing: readonly Outgoing[];
  readonly frames: readonly Frame[];
}

/** Whoever is told. */
export interface Reader {
  readonly encoding: Encoding;
  deliver(delivery: Delivery): void;
}

/** Tells topics to many clients, several events at a time. */
export interface FanOut {
  /** From now on the reader is told these topics and no others. */
  follow(reader: Reader, topics: ReadonlySet<Topic>): void;
  /** Tells at once what waits. */
  flush(): void;
  stop(): void;
}

interface Audience {
  readonly encoding: Encoding;
  readonly topics: ReadonlySet<Topic>;
  readonly readers: Set<Reader>;
}

/**
 * A fan-out over all topics of a hub. What is published is gathered for at most *batchMs*, and not at all after a quiet
 * time (see `createPacer`); then every reader gets its events in one or two frames. A frame is made once for all readers
 * of the same topics and encoding.
 *
 * @param onBatch called with all events of a batch when they have been handed to the sockets
 */
export function createFanOut(
  hub: Hub,
  {batchMs, onBatch}: {readonly batchMs: number; readonly onBatch?: (outgoing: readonly Outgoing[]) => void},
  effects: Pick<SidecarEffects, "after">
): FanOut {
  const audiences = new Map<string, Audience>();
  const keys = new Map<Reader, string>();
  const pacer = createPacer(flush, batchMs, effects.after);
  let waiting: Outgoing[] = [];
  const ignore = hub.listenAll((outgoing) => {
    waiting.push(...outgoing);
    pacer.request();
  });

  function flush(): void {
    if (waiting.length === 0) return;
    const batch = waiting;
    waiting = [];
    for (const {topics, encoding, readers} of audiences.values()) {
      const outgoing = batch.filter(({event}) => topics.has(event.topic));
      if (outgoing.length === 0) continue;
      const delivery = {outgoing, frames: encodeFrames(outgoing, encoding)};
      for (const reader of readers) reader.deliver(delivery);
    }
    onBatch?.(batch);
  }

  function leave(reader: Reader): void {
    const key = keys.get(reader);
    if (key === undefined) return;
    const {readers} = audiences.get(key)!;
    keys.delete(reader);
    readers.delete(reader);
    if (readers.size === 0) audiences.delete(key);
  }

  return {
    follow(reader, topics) {
      leave(reader);
      if (topics.size === 0) return;
      const key = [reader.encoding, ...[...topics].sort()].join("\n");
      const audience = audiences.get(key) ?? {encoding: reader.encoding, topics: new Set(topics), readers: new Set()};
      audiences.set(key, audience);
      audience.readers.add(reader);
      keys.set(reader, key);
    },
    flush,
    stop() {
      ignore();
      pacer.stop();
    }
  };
}
