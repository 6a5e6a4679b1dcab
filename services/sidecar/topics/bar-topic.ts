import type {InstrumentId} from "../../domain/instrument.js";
import type {Timeframe} from "../../domain/timeframe.js";
import type {Topic} from "../../domain/wire.js";

/** The topic of an instrument's bars. */
export function barTopic(instrument: InstrumentId, timeframe: Timeframe): Topic {
  return `bar:${instrument}:${timeframe}`;
}

/** What a bar topic is about: `followedBar("bar:NSE:INFY:5m")` is `{instrument: "NSE:INFY", timeframe: "5m"}`. */
export function followedBar(topic: Topic): {instrument: InstrumentId; timeframe: Timeframe} {
  const end = topic.lastIndexOf(":");
  return {instrument: topic.slice(4, end) as InstrumentId, timeframe: topic.slice(end + 1) as Timeframe};
}
