import {deepStrictEqual} from "node:assert/strict";
import {decodeTickFrame} from "../../services/domain/decode-ticks.js";
import {createTickEncoder} from "../../services/domain/encode-ticks.js";
import type {NumberedTick, TickTopic} from "../../services/domain/tick-frame.js";
import type {TickEvent} from "../../services/domain/wire.js";
import {type Bench, compare, type Row, toRow} from "./measure.js";

const encode = createTickEncoder();

/** Ticks as binary frames beside the same as JSON, by the batch: in runs, as under load, and singly, as in quiet times. */
export default {
  name: "codec",
  async run(): Promise<readonly Row[]> {
    return [...(await measure("in runs of 4", sampleTicks(50, 4))), ...(await measure("singly", sampleTicks(50, 1)))];
  },
  check() {
    const ticks = sampleTicks(7, 3);
    const {topicOf, text} = bothOf(ticks);
    deepStrictEqual(decodeTickFrame(encode(ticks), topicOf), (JSON.parse(text) as {events: TickEvent[]}).events);
  }
} satisfies Bench;

async function measure(how: string, ticks: readonly NumberedTick[]): Promise<Row[]> {
  const {events, topicOf, text, frame} = bothOf(ticks);
  const pair = {unit: "ns/tick", peer: "JSON", rounds: 9, clock: "cpu" as const};
  const [ourTurns, theirTurns] = [20_000, 1_000];
  const repeat = (turns: number, work: () => unknown) => () => {
    for (let i = 0; i < turns; ++i) work();
  };
  const encoded = await compare({
    ...pair,
    path: `ticks encoded, ${how}`,
    ours: repeat(ourTurns, () => encode(ticks)),
    theirs: repeat(theirTurns, () => JSON.stringify({type: "batch", events}))
  });
  const decoded = await compare({
    ...pair,
    path: `ticks decoded, ${how}`,
    ours: repeat(ourTurns, () => decodeTickFrame(frame, topicOf)),
    theirs: repeat(theirTurns, () => JSON.parse(text))
  });
  const bytes = {path: `bytes of ticks, ${how}`, unit: "bytes/tick", peer: "JSON", per: 1 / ticks.length, most: 0.3};
  return [
    perTick(encoded, ticks.length, ourTurns, theirTurns, 50),
    perTick(decoded, ticks.length, ourTurns, theirTurns, 20),
    toRow([frame.length], [text.length], bytes)
  ];
}

/** A row of rounds of different lengths, by the tick. */
function perTick(row: Row, length: number, ourTurns: number, theirTurns: number, least: number): Row {
  const [ours, theirs] = [(row.ours * 1e6) / ourTurns / length, (row.theirs * 1e6) / theirTurns / length];
  const ratio = ((1 / row.ratio) * ourTurns) / theirTurns;
  return {...row, ours, theirs, ratio, goal: `≥ ${least} × as fast`, isMet: ratio >= least};
}

function bothOf(ticks: readonly NumberedTick[]) {
  const events = ticks.map(({event}) => event);
  const topics: TickTopic[] = [];
  for (const {number, event} of ticks) topics[number] = {topic: event.topic, instrument: event.tick.instrument};
  const text = JSON.stringify({type: "batch", events});
  return {events, text, frame: encode(ticks), topicOf: (number: number) => topics[number]};
}

/** Quotes of a bridge and trades of Kite by turns, *run* of each topic. */
function sampleTicks(topics: number, run: number): NumberedTick[] {
  return Array.from({length: topics * run}, (_, i): NumberedTick => {
    const number = Math.floor(i / run);
    const eventTime = 1_704_171_680_123 + 5 * i;
    const times = {eventTime, receivedTime: eventTime + 11};
    const [quoted, traded] = [`MT5:EURUSD${number}`, `NSE:INFY${number}`] as const;
    const seq = 12_345 + (i % run);
    if (number % 2 === 0) {
      const tick = {
        type: "quote",
        instrument: quoted,
        ...times,
        bid: 1.08123 + i / 1e5,
        ask: 1.08125 + i / 1e5
      } as const;
      return {number, event: {type: "tick", tick, topic: `tick:${quoted}`, seq}};
    }
    const figures = {price: 1_553.25 + i / 20, volume: 1 + (i % 9), dayVolume: 7_360_198 + 5 * i};
    const tick = {type: "trade", instrument: traded, ...times, ...figures} as const;
    return {number, event: {type: "tick", tick, topic: `tick:${traded}`, seq}};
  });
}
