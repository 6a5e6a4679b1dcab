import {spawn} from "node:child_process";
import {once} from "node:events";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {cascadeBars} from "../../services/analytics/bars/cascade-bars.js";
import type {TickTable} from "../../services/analytics/bars/tick-table.js";
import {type Bar, toBars} from "../../services/domain/bar.js";
import {timeframeMs} from "../../services/domain/timeframe.js";
import type {BarEvent, ServerMessage} from "../../services/domain/wire.js";
import {ladder} from "../../services/sidecar/bars/level.js";
import {tickPayload} from "../../services/sources/postgres/payloads.js";
import {readTape} from "../../services/sources/tape/read-tape.js";
import {openSocketClient, type SocketClient} from "./socket-client.js";
import {randomTape, roundTheClock, seededRandom} from "./tape.js";

const START = Date.UTC(2024, 0, 2, 9, 2, 17);
const folder = mkdtempSync(join(tmpdir(), "recorded-"));
const file = join(folder, "session.jsonl");
const instruments = ["X:QUOTED", "X:TRADED"] as const;
const tape = randomTape(instruments, {start: START, minutes: 40, random: seededRandom(3)});
const settings = `
sources: {recorded: {kind: tape, file: session.jsonl, speed: 400}}
instruments:
  - {id: X:QUOTED, name: Q, source: recorded, symbol: X:QUOTED, assetClass: crypto, currency: USD, tickSize: 0.01, calendar: crypto, live: true, timeframes: {1m: all}}
  - {id: X:TRADED, name: T, source: recorded, symbol: X:TRADED, assetClass: crypto, currency: USD, tickSize: 0.01, calendar: crypto, live: true, timeframes: {1m: all}}
`;

function expected(instrument: string) {
  const ticks = tape.filter((tick) => tick.instrument === instrument);
  const columns = {
    time: Float64Array.from(ticks, ({eventTime}) => eventTime),
    instrument: new Uint32Array(ticks.length),
    price: Float64Array.from(ticks, (tick) => (tick.type === "quote" ? tick.bid : tick.price)),
    volume: Float64Array.from(ticks, (tick) => (tick.type === "quote" ? 1 : tick.volume))
  };
  const levels = cascadeBars(columns as unknown as TickTable, {calendars: [roundTheClock], timeframes: ladder});
  return Object.fromEntries(ladder.map((timeframe, i) => [timeframe, toBars(levels[0]![i]!)]));
}

describe("a recorded tape", () => {
  let url: string;
  let stop: () => void;
  let client: SocketClient;

  beforeAll(async () => {
    writeFileSync(file, tape.map((tick) => `${tickPayload(tick.instrument, tick)}\n`).join(""));
    writeFileSync(join(folder, "settings.yaml"), settings);
    const args = [
      "services/site/run-ts.js",
      "services/sidecar/main.ts",
      "--port",
      "0",
      "--settings",
      join(folder, "settings.yaml")
    ];
    const child = spawn(process.execPath, args, {stdio: ["ignore", "pipe", "inherit"]});
    stop = () => child.kill("SIGKILL");
    const [line] = await once(createInterface(child.stdout), "line");
    ({url} = JSON.parse(String(line)) as {url: string});
  }, 30_000);
  afterAll(() => {
    client?.socket.terminate();
    stop?.();
    rmSync(folder, {recursive: true, force: true});
  });

  it("is read as it was written", () => {
    expect(readTape(file)[0]).toMatchObject({time: tape[0]!.eventTime, contractId: tape[0]!.instrument});
    expect(readTape(file)).toHaveLength(tape.length);
  });

  it.each([
    ["[]", /bad.jsonl:2: payload: /],
    [tickPayload("X:A", {...tape[0]!, eventTime: 0}), /bad.jsonl:2: out of order: 1970-01-01T00:00:00.000Z after 2024/]
  ])("is refused by its line: %s", (line, words) => {
    const path = join(folder, "bad.jsonl");
    writeFileSync(path, `${tickPayload("X:A", tape[0]!)}\n${line}\n`);
    expect(() => readTape(path)).toThrow(words);
  });

  it("is played 400 times as fast, and its bars of all timeframes are those of its ticks", async () => {
    client = await openSocketClient(url);
    const topics = instruments.flatMap((id) => ladder.map((timeframe) => `bar:${id}:${timeframe}` as const));
    const since = Object.fromEntries(topics.map((topic) => [topic, START - 3_600_000]));
    client.say({op: "subscribe", topics, since});
    const finals = (topic: string) => {
      const events = client.messages.flatMap((message): readonly ServerMessage[] =>
        message.type === "batch" || message.type === "replay" ? message.events : [message]
      );
      const own = events.filter(
        (event): event is BarEvent => event.type === "bar" && event.topic === topic && event.final
      );
      return own.map(({bar}) => bar).sort((a, b) => a.time - b.time);
    };
    for (const id of instruments) {
      const whole = expected(id);
      const end = whole["1m"]!.at(-1)!.time + 60_000;
      for (const timeframe of ["1m", "3m", "5m", "15m"] as const) {
        const isOver = ({time}: Bar) => time + timeframeMs(timeframe) <= end;
        const over = whole[timeframe]!.filter(isOver);
        expect(over.length).toBeGreaterThan(1);
        const found = () => finals(`bar:${id}:${timeframe}`).filter(isOver);
        await expect.poll(() => found().length, {timeout: 30_000}).toBe(over.length);
        expect(found()).toEqual(over);
      }
      const seconds = finals(`bar:${id}:1s`);
      const known = new Map(whole["1s"]!.map((bar) => [bar.time, bar]));
      expect(seconds.length).toBeGreaterThan(20);
      for (const bar of seconds) expect(bar).toEqual(known.get(bar.time));
    }
  }, 60_000);
});
