import type {Bar} from "../../domain/bar.js";
import type {TradingCalendar} from "../../domain/calendar.js";
import type {InstrumentId} from "../../domain/instrument.js";
import {type EpochMs, formatIso} from "../../domain/time.js";
import type {Timeframe} from "../../domain/timeframe.js";
import type {Signal} from "../../domain/wire.js";
import type {DetectedSignal} from "../../sources/postgres/signals.js";
import type {SignalDatabase} from "./signal-database.js";
import {createTargetAnalyzer, type FoundStart} from "./target-analyzer.js";

/** Where signals are looked for, and who looks. */
export interface SignalTargetOptions {
  readonly analyzer: string;
  readonly instrument: InstrumentId;
  readonly timeframe: Timeframe;
  readonly calendar: TradingCalendar;
  /** The sidecar tells all bars from here on; older ones are the database's. */
  readonly origin: EpochMs;
  /** Absent where nothing is stored: then signals begin with the first bar told. */
  readonly database?: SignalDatabase | undefined;
  /** A signal of a bar since the origin, at every start anew. */
  readonly onSignal: (signal: Signal) => void;
}

/** One instrument and timeframe in which signals are looked for. */
export interface SignalTarget {
  put(bar: Bar): void;
  /** Looks at the bars that are settled, and stores what is new. @throws {Error} if the database is away: try again */
  advance(settledTo: EpochMs): Promise<void>;
}

/**
 * A target whose signals are those of all its bars, stored ones first: nothing is looked at before the database has told
 * its bars. Each signal after the watermark is stored, once whatever happens, for its key is unique and the watermark
 * moves with it; what could not be stored is kept and tried again.
 */
export function createSignalTarget(options: SignalTargetOptions): SignalTarget {
  const {analyzer: name, instrument, timeframe, calendar, origin, database, onSignal} = options;
  const key = {analyzer: name, contractId: instrument, timeframe};
  let analyzer = createTargetAnalyzer(timeframe, calendar);
  let early: Bar[] | undefined = database ? [] : undefined;
  let unstored: FoundStart[] = [];
  let watermark = Number.NEGATIVE_INFINITY;
  let storedTime: EpochMs | undefined;

  /** Looks through all stored bars before the origin; begins anew where the database is lost meanwhile. */
  async function warm(known: SignalDatabase): Promise<void> {
    if (!early) return;
    analyzer = createTargetAnalyzer(timeframe, calendar);
    const found: FoundStart[] = [];
    watermark = await known.watermark(key);
    await known.barsBefore(key, origin, (bars) => {
      for (const bar of bars) analyzer.put(bar);
      found.push(...analyzer.advance(Infinity).filter(({event}) => event.knownAt > watermark));
    });
    for (const bar of early) analyzer.put(bar);
    early = undefined;
    unstored = found;
  }

  function take(found: FoundStart): void {
    if (found.event.knownAt > watermark && database) unstored.push(found);
    const {type, time, knownAt, price, rule, ruleType} = found.event;
    onSignal({instrument, timeframe, type, time, knownAt, price, rule, ruleType, analyzer: name});
  }

  async function store(known: SignalDatabase): Promise<void> {
    const {processedTime} = analyzer;
    if (processedTime === undefined || processedTime === storedTime) return;
    const batch = unstored;
    await known.store(key, batch.map(toDetected), processedTime);
    unstored = unstored.slice(batch.length);
    storedTime = processedTime;
  }

  function toDetected({event, bar, knownTime: triggerTime}: FoundStart): DetectedSignal {
    const {type, time, price, evidence, ruleType, rule} = event;
    const details = {
      confirmed_signal_bar_index: evidence.confirmedBar,
      confirmed_signal_bar_date: formatIso(time),
      triggering_bar_index: evidence.triggeringBar,
      rule_type: ruleType,
      rule
    };
    return {...key, type, time, triggerTime, price, details, ...(bar ? {bar} : {})};
  }

  return {
    put(bar) {
      if (early) early.push(bar);
      else analyzer.put(bar);
    },
    async advance(settledTo) {
      if (database) await warm(database);
      analyzer.advance(settledTo).forEach(take);
      if (database) await store(database);
    }
  };
}
