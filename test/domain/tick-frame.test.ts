import {readFileSync} from "node:fs";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {decodeTickFrame} from "../../services/domain/decode-ticks.js";
import {createTickEncoder} from "../../services/domain/encode-ticks.js";
import {layout, type NumberedTick, TICK_FRAME_VERSION} from "../../services/domain/tick-frame.js";
import type {TickEvent} from "../../services/domain/wire.js";

const numRuns = process.env["TAPEBOOK_VERIFY"] ? 5_000 : 100;
const encode = createTickEncoder();
const topicOf = (number: number) =>
  number < 1_000 ? ({topic: `tick:X:${number}`, instrument: `X:${number}`} as const) : undefined;

const figure = fc.double({noNaN: true, noDefaultInfinity: true});
const time = fc.oneof(fc.integer({min: 0, max: 2 ** 42}), figure);
const tickOf = (number: number): fc.Arbitrary<TickEvent["tick"]> => {
  const base = {instrument: fc.constant(`X:${number}` as const), eventTime: time, receivedTime: time};
  return fc.oneof(
    fc.record({type: fc.constant("quote" as const), ...base, bid: figure, ask: figure}),
    fc.record({type: fc.constant("trade" as const), ...base, price: figure, volume: figure}),
    fc.record({type: fc.constant("trade" as const), ...base, price: figure, volume: figure, dayVolume: figure})
  );
};
const numbered: fc.Arbitrary<NumberedTick> = fc.nat(5).chain((number) =>
  fc.record({
    number: fc.constant(number),
    event: fc
      .record({
        tick: tickOf(number),
        seq: fc.integer({min: 1, max: 2 ** 52}),
        conflated: fc.option(fc.integer({min: 1, max: 1_000}), {nil: undefined})
      })
      .map(({tick, seq, conflated}): TickEvent => {
        const event = {type: "tick", tick, topic: `tick:X:${number}`, seq: seq + (conflated ?? 0)} as const;
        return conflated === undefined ? event : {...event, conflated};
      })
  })
);
/** Streams as the sidecar makes them, numbered by one, and heaps as no one makes them. */
const frames = fc.oneof(
  fc.array(numbered, {minLength: 1, maxLength: 12}),
  fc
    .tuple(fc.nat(5), fc.integer({min: 1, max: 2 ** 40}), fc.integer({min: 1, max: 700}))
    .chain(([number, first, length]) =>
      fc.array(tickOf(number), {minLength: 1, maxLength: 4}).map((ticks) =>
        Array.from({length}, (_, i): NumberedTick => {
          const tick = ticks[Math.floor((i * ticks.length) / length)]!;
          return {number, event: {type: "tick", tick, topic: `tick:X:${number}`, seq: first + i}};
        })
      )
    )
);
const copyOf = (frame: Uint8Array) => Uint8Array.from(frame);

describe("a tick frame", () => {
  it("comes back as it went, to the last bit, whatever was encoded after it", () => {
    fc.assert(
      fc.property(frames, (ticks) => {
        const frame = encode(ticks);
        encode(ticks.toReversed());
        expect(decodeTickFrame(frame, topicOf)).toEqual(ticks.map(({event}) => event));
        expect(decodeTickFrame(copyOf(frame).buffer, topicOf)).toEqual(ticks.map(({event}) => event));
      }),
      {seed: 21, numRuns}
    );
  });

  it("is refused, or read as finite ticks of known topics, when a byte of it is another", () => {
    fc.assert(
      fc.property(frames, fc.nat(), fc.integer({min: 1, max: 255}), (ticks, place, flip) => {
        const frame = copyOf(encode(ticks));
        frame[place % frame.length]! ^= flip;
        try {
          for (const {tick, topic, seq} of decodeTickFrame(frame, topicOf)) {
            const figures = Object.values(tick).filter((one) => typeof one === "number");
            const isSound = topic === `tick:${tick.instrument}` && [seq, ...figures].every(Number.isFinite);
            if (!isSound) throw new Error(`taken for a tick: ${JSON.stringify({topic, seq, tick})}`);
          }
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
        }
      }),
      {seed: 22, numRuns: 2 * numRuns}
    );
  });

  it("is refused when it is cut short or goes on, and so are bytes of any other kind", () => {
    fc.assert(
      fc.property(frames, fc.nat(), fc.uint8Array({minLength: 1, maxLength: 100}), (ticks, place, bytes) => {
        const frame = encode(ticks);
        expect(() => decodeTickFrame(copyOf(frame).subarray(0, place % frame.length), topicOf)).toThrow(RangeError);
        expect(() => decodeTickFrame(Uint8Array.of(...frame, ...bytes), topicOf)).toThrow(RangeError);
        expect(() => decodeTickFrame(bytes, topicOf)).toThrow(RangeError);
      }),
      {seed: 23, numRuns}
    );
  });

  const quote = {type: "quote", instrument: "X:3", eventTime: 1, receivedTime: 2, bid: 1, ask: 2} as const;
  const event: TickEvent = {type: "tick", tick: quote, topic: "tick:X:3", seq: 7};
  it.each([
    ["no bytes", 0, new Uint8Array(0), "not a tick frame: 0 bytes"],
    ["another magic", 0, [0x55], "not a tick frame: 56 bytes"],
    ["another version", 2, [2], "unknown tick frame version: 2 (this reads 1)"],
    ["another count", 4, [9], "tick frame of 9 ticks holds 1"],
    ["an unknown topic", 8, [0xff, 0xff], "tick of an unknown topic: 65535"],
    ["an unknown kind", 10, [4], "unknown kind of tick: 4"],
    ["an empty run", 11, [0], "empty run of ticks at byte 8"],
    ["a longer run", 11, [2], "tick frame is cut short at byte 8"],
    ["number 0", 16, [0, 0, 0, 0, 0, 0, 0, 0], "invalid sequence number: 0"],
    ["a time that is not finite", 24, [0, 0, 0, 0, 0, 0, 0xf0, 0x7f], "not finite at byte 24"]
  ])("says what is wrong: %s", (_, at, bytes, words) => {
    const frame = copyOf(encode([{number: 3, event}]));
    frame.set(bytes, at);
    expect(() => decodeTickFrame(bytes.length === 0 ? new Uint8Array(0) : frame, topicOf)).toThrow(words);
  });

  it("is not made longer by a count that lies", () => {
    const frame = copyOf(encode([{number: 3, event}]));
    new DataView(frame.buffer).setUint32(4, 0xffff_ffff, true);
    expect(() => decodeTickFrame(frame, topicOf)).toThrow("holds 1");
  });

  it("is, byte by byte, the example in docs/protocol.md", () => {
    const text = readFileSync("docs/protocol.md", "utf8");
    const [, rows] = /^```bytes\n([\s\S]*?)^```/m.exec(text)!;
    const bytes = rows!.split("\n").flatMap((row) => row.slice(5, 29).match(/\b[0-9a-f]{2}\b/g) ?? []);
    const ticks = [
      {type: "quote", eventTime: 1_704_171_680_000, receivedTime: 1_704_171_680_012, bid: 1.0815, ask: 1.0816},
      {type: "quote", eventTime: 1_704_171_680_250, receivedTime: 1_704_171_680_261, bid: 1.0815, ask: 1.0817}
    ] as const;
    const frame = encode(
      ticks.map((tick, i) => {
        const full = {...tick, instrument: "MT5:EURUSD"} as const;
        const conflated = i === 0 ? {conflated: 2} : {};
        return {number: 1, event: {type: "tick", tick: full, topic: "tick:MT5:EURUSD", seq: 501 + i, ...conflated}};
      })
    );
    expect(bytes).toEqual([...frame].map((byte) => byte.toString(16).padStart(2, "0")));
    expect(text).toContain(`version ${TICK_FRAME_VERSION}`);
    for (const kind of [layout.quote, layout.trade, layout.tradeOfDay]) expect(text).toContain(`| ${kind} |`);
  });
});
