import {createClient} from "../../../components/live/client.js";
import {defaultClientEffects, type Socket} from "../../../components/live/client-effects.js";
import {createGate, type Gate} from "../../../components/live/gate.js";
import {createLiveDesk, type LiveDesk} from "../../../components/live/live-desk.js";
import {type Bar, type BarSeries, createBarSeries} from "../../../services/domain/bar.js";
import type {InstrumentSettings} from "../../../services/domain/settings.js";
import type {FeedStatus, ServerMessage, Topic} from "../../../services/domain/wire.js";
import {roundTheClock} from "../../sidecar/tape.js";

/** 2024-01-02T09:00Z. */
export const NINE = Date.UTC(2024, 0, 2, 9);

export const infy: InstrumentSettings = {
  ...{id: "NSE:INFY", name: "Infosys", slug: "INFY", assetClass: "equity", currency: "INR", tickSize: 0.05},
  ...{contractSize: 1, calendar: "crypto", timeframes: ["1m"], live: true}
};

/** A minute around a price, so many minutes after nine. */
export const minuteBar = (minute: number, price: number, spread = 0): Bar => {
  const time = NINE + minute * 60_000;
  return {time, open: price, high: price + spread, low: price - spread, close: price, volume: 1};
};

/** A desk behind a gate, whose sidecar is the test: what it says goes over a socket in memory. */
export interface HandDesk {
  readonly desk: LiveDesk<Gate>;
  readonly gate: Gate;
  readonly sent: readonly string[];
  /** Where a topic was last asked for from. */
  asked(topic: Topic): number | undefined;
  say(message: ServerMessage): void;
  tick(price: number, eventTime: number, receivedTime?: number): void;
  bar(bar: Bar, final: boolean): void;
  drop(): void;
}

const feed: FeedStatus = {
  ...{name: "kite", instruments: ["NSE:INFY"], connected: true, lastEventTime: NINE, lastReceivedTime: NINE},
  ...{reconnects: 0, gaps: 0, late: 0, lastError: null}
};

/** Makes one, greeted, with a feed that was heard at *now*; timers are to be fake. */
export function handDesk(
  snapshot: BarSeries = createBarSeries(0),
  {offered = []}: {offered?: readonly Topic[]} = {}
): HandDesk {
  const sent: string[] = [];
  const seqs = new Map<string, number>();
  const next = (topic: string) => {
    seqs.set(topic, (seqs.get(topic) ?? 0) + 1);
    return seqs.get(topic)!;
  };
  let socket!: Socket;
  const open = () => {
    socket = {onmessage: null, onclose: null, onerror: null, send: (text) => void sent.push(text), close() {}};
    return socket;
  };
  const desk = createLiveDesk({
    instruments: [infy],
    calendars: {crypto: roundTheClock},
    snapshots: new Map([[infy.id, snapshot]]),
    signals: ["1m"],
    connect: (wanted) =>
      createGate(createClient({url: "ws://memory", ...wanted, effects: {...defaultClientEffects, open}})),
    now: () => Date.now()
  });
  const say = (message: ServerMessage) => socket.onmessage!({data: JSON.stringify(message)});
  say({type: "hello", version: 1, serverTime: Date.now(), simulated: true, topics: offered, boot: "a"});
  say({
    type: "status",
    topic: "status",
    seq: next("status"),
    serverTime: Date.now(),
    feeds: [{...feed, lastEventTime: Date.now(), lastReceivedTime: Date.now()}]
  });
  return {
    desk,
    gate: desk.client!,
    sent,
    say,
    asked: (topic) => sent.map((text) => JSON.parse(text).since?.[topic]).findLast((since) => since !== undefined),
    tick(price, eventTime, receivedTime = eventTime) {
      const tick = {type: "trade", instrument: "NSE:INFY", eventTime, receivedTime, price, volume: 7} as const;
      say({type: "tick", topic: "tick:NSE:INFY", seq: next("tick:NSE:INFY"), tick});
    },
    bar(bar, final) {
      say({type: "bar", topic: "bar:NSE:INFY:1m", seq: next("bar:NSE:INFY:1m"), bar, final});
    },
    drop: () => socket.onclose!({code: 1006, reason: ""})
  };
}
