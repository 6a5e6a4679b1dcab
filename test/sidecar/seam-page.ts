import {type Client, createClient} from "../../components/live/client.js";
import type {ClientEffects} from "../../components/live/client-effects.js";
import {createJoin} from "../../components/live/join-series.js";
import {type Bar, toBarSeries} from "../../services/domain/bar.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import type {Tick} from "../../services/domain/tick.js";
import type {BarEvent, Topic} from "../../services/domain/wire.js";

const MINUTE = 60_000;

/** What a page opens on. */
export interface SeamPageOptions {
  readonly url: string;
  readonly instruments: readonly InstrumentId[];
  /** The tape's own minutes of each. */
  readonly bars: ReadonlyMap<InstrumentId, readonly Bar[]>;
  /** When its snapshots were taken. */
  readonly taken: number;
  /** When the tape began. */
  readonly start: number;
  /** Whether ticks are followed as well. */
  readonly hasTicks?: boolean;
  /** Whether an event is given to the join twice. */
  readonly isRepeated?: () => boolean;
}

/** A page's client, and what it has joined: minutes to its snapshot, five minutes to nothing. */
export interface SeamPage {
  readonly client: Client;
  readonly joins: ReadonlyMap<InstrumentId, Record<"join" | "fives", ReturnType<typeof createJoin>>>;
  readonly ticks: readonly Tick[];
}

/** A page that opens on snapshots taken at a moment, and joins to them what the sidecar says. */
export function openSeamPage(
  {url, instruments, bars, taken, start, hasTicks = false, isRepeated = () => false}: SeamPageOptions,
  effects: ClientEffects,
  onFinal: (instrument: InstrumentId, event: BarEvent) => void = () => {}
): SeamPage {
  const since: Record<string, number> = {};
  const joins = new Map(
    instruments.map((id) => {
      const rows = bars.get(id)!.filter(({time}) => time + MINUTE <= taken);
      since[`bar:${id}:1m`] = rows.at(-1)?.time ?? start;
      since[`bar:${id}:5m`] = start;
      if (hasTicks) since[`tick:${id}`] = start;
      const join = createJoin(toBarSeries(rows), {timeframe: "1m"});
      return [id, {join, fives: createJoin(toBarSeries([]), {timeframe: "5m"})}];
    })
  );
  const ticks: Tick[] = [];
  const client = createClient({url, topics: Object.keys(since) as Topic[], since, effects});
  client.listen({
    onEvents(events) {
      for (const event of events) {
        if (event.type === "tick") ticks.push(event.tick);
        if (event.type !== "bar") continue;
        const id = instruments.find((one) => event.topic.startsWith(`bar:${one}:`))!;
        const {join, fives} = joins.get(id)!;
        if (event.topic.endsWith(":5m")) {
          fives.apply([event]);
          continue;
        }
        join.apply(isRepeated() ? [event, event] : [event]);
        if (event.final) onFinal(id, event);
      }
    }
  });
  return {client, joins, ticks};
}
