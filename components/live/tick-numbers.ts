import type {InstrumentId} from "../../services/domain/instrument.js";
import type {TickTopic} from "../../services/domain/tick-frame.js";
import type {ServerMessage, Topic} from "../../services/domain/wire.js";

/** What the numbers in one connection's binary frames stand for. */
export interface TickNumbers {
  /** @throws {RangeError} if there are not as many numbers as topics */
  learn(message: Extract<ServerMessage, {type: "subscribed"}>): void;
  topicOf(number: number): TickTopic | undefined;
}

const PREFIX = "tick:";

/** Numbers of no topic yet; a connection begins so. */
export function createTickNumbers(): TickNumbers {
  const known = new Map<number, TickTopic>();
  return {
    learn({topics, numbers = []}) {
      if (numbers.length > 0 && numbers.length !== topics.length)
        throw new RangeError(`${numbers.length} numbers for ${topics.length} topics`);
      for (const [i, number] of numbers.entries()) {
        const topic: Topic = topics[i]!;
        if (topic.startsWith(PREFIX))
          known.set(number, {topic, instrument: topic.slice(PREFIX.length) as InstrumentId});
      }
    },
    topicOf: (number) => known.get(number)
  };
}
