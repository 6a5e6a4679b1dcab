import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {SourceError} from "../../../services/domain/source-error.js";
import {
  barPayload,
  parseBarPayload,
  parseTickPayload,
  tickPayload
} from "../../../services/sources/postgres/payloads.js";
import {readTape} from "../../../services/sources/tape/read-tape.js";
import {hostileText} from "../../acceptance/hostile-text.js";
import {oddNumbers} from "../refusal.js";
import {fuzz, fuzzMs} from "../runs.js";

const time = Date.UTC(2024, 0, 2, 3, 45);
const quote = {
  type: "quote",
  instrument: "NSE:INFY",
  eventTime: time,
  receivedTime: time,
  bid: 1551,
  ask: 1552
} as const;
const trade = {type: "trade", instrument: "NSE:INFY", eventTime: time, receivedTime: time, price: 1551.2} as const;
const bar = {time, open: 1550, high: 1552, low: 1549.5, close: 1551, volume: 400};
const [told, dealt] = [tickPayload("INFY", quote), tickPayload("INFY", {...trade, volume: 40})];
const toldBar = barPayload({contractId: "INFY", timeframe: "5m", bar});

describe("a payload", () => {
  it("is read as it was written", () => {
    expect(parseTickPayload(told)).toEqual({contractId: "INFY", time, price: 1551, type: "quote"});
    expect(parseTickPayload(dealt)).toEqual({contractId: "INFY", time, price: 1551.2, type: "trade", volume: 40});
    expect(parseBarPayload(toldBar)).toEqual({contractId: "INFY", timeframe: "5m", bar});
  });

  it.each([
    ["a tick that states no volume", told, parseTickPayload],
    ["a tick with its volume", dealt, parseTickPayload],
    ["a bar", toldBar, parseBarPayload]
  ])(
    "of %s, garbled, is refused with its field or holds finite numbers",
    (_, text, parse: (garbled: string) => unknown) => {
      fc.assert(
        fc.property(hostileText(text), (garbled) => {
          try {
            expect(oddNumbers(parse(garbled))).toEqual([]);
          } catch (error) {
            if (!(error instanceof RangeError)) throw error;
            expect(error.message).toMatch(/^(payload|unknown timeframe)/);
          }
        }),
        fuzz(91)
      );
    },
    fuzzMs
  );
});

describe("a recorded tape", () => {
  const dir = mkdtempSync(join(tmpdir(), "tapebook-tape-"));
  const path = join(dir, "tape.jsonl");
  const lines = [0, 250, 250, 1_000].map((ms, i) =>
    tickPayload("INFY", i % 2 === 0 ? {...quote, eventTime: time + ms} : {...trade, eventTime: time + ms, volume: i})
  );
  const text = `${lines.join("\n")}\n`;
  beforeAll(() => writeFileSync(path, text));
  afterAll(() => rmSync(dir, {recursive: true}));

  it("is read line by line, in order", () => {
    expect(readTape(path).map((tick) => tick.time - time)).toEqual([0, 250, 250, 1_000]);
  });

  it(
    "that is garbled is refused with its line, or gives ticks in order",
    () => {
      fc.assert(
        fc.property(hostileText(text), (garbled) => {
          writeFileSync(path, garbled);
          try {
            const ticks = readTape(path);
            expect(oddNumbers(ticks)).toEqual([]);
            expect(ticks.every((tick, i) => tick.time >= (ticks[i - 1]?.time ?? tick.time) && tick.price > 0)).toBe(
              true
            );
          } catch (error) {
            if (!(error instanceof SourceError)) throw error;
            expect(error.message).toMatch(/tape\.jsonl(:\d+)?: /);
          }
        }),
        fuzz(92)
      );
    },
    fuzzMs
  );
});
