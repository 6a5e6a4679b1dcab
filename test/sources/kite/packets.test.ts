import {readFileSync} from "node:fs";
import fc from "fast-check";
import {KiteTicker} from "kiteconnect";
import {describe, expect, it} from "vitest";
import {createPacketColumns, decodeIntoColumns} from "../../../services/sources/kite/packet-columns.js";
import {decodePackets, type KitePacket} from "../../../services/sources/kite/packets.js";
import {encodeHeartbeat, encodePackets} from "../../../services/sources/kite/packets-encode.js";
import {attempt} from "../refusal.js";
import {fuzz, fuzzMs} from "../runs.js";
import {describeWithData, sharedData} from "../shared-data.js";

const count = fc.integer({min: 0, max: 0x7fffffff});
const token = fc.tuple(fc.nat(0x7fffff), fc.constantFrom(1, 2, 3, 4, 6, 9)).map(([n, segment]) => n * 256 + segment);
const time = fc.integer({min: 1, max: 0x7fffffff}).map((seconds) => seconds * 1000);

function packets(): fc.Arbitrary<KitePacket> {
  return fc
    .record({
      token,
      units: fc.array(fc.integer({min: 1, max: 2_000_000_000}), {minLength: 16, maxLength: 16}),
      counts: fc.array(count, {minLength: 16, maxLength: 16}),
      times: fc.tuple(time, time),
      mode: fc.constantFrom("ltp", "index-quote", "index-full", "quote", "full")
    })
    .map(({token, units, counts, times, mode}) => {
      const divisor = (token & 0xff) === 3 ? 1e7 : (token & 0xff) === 6 ? 1e4 : 100;
      const price = (i: number) => units[i]! / divisor;
      const base = {token, mode, lastPrice: price(0)} as const;
      if (mode === "ltp") return base;
      const prices = {open: price(1), high: price(2), low: price(3), close: price(4)};
      if (mode === "index-quote") return {...base, ...prices};
      if (mode === "index-full") return {...base, ...prices, exchangeTime: times[0]};
      const quote = {
        ...base,
        ...prices,
        lastQuantity: counts[0]!,
        averagePrice: price(5),
        volume: counts[1]!,
        buyQuantity: counts[2]!,
        sellQuantity: counts[3]!
      };
      if (mode === "quote") return quote;
      const level = (i: number) => ({quantity: counts[4 + i]!, price: price(6 + i), orders: counts[5 + i]! % 65_536});
      const levels = (from: number) => [0, 1, 2, 3, 4].map((i) => level(from + i));
      return {
        ...quote,
        lastTradeTime: times[0],
        exchangeTime: times[1],
        openInterest: counts[13]!,
        openInterestHigh: counts[14]!,
        openInterestLow: counts[15]!,
        bids: levels(0),
        asks: levels(5)
      };
    });
}

describe("decodePackets", () => {
  it(
    "reads back what was encoded, of every length and segment",
    () => {
      fc.assert(
        fc.property(fc.array(packets(), {maxLength: 8}), (list) => {
          expect(decodePackets(encodePackets(list))).toEqual(list);
        }),
        fuzz(1)
      );
    },
    fuzzMs
  );

  it("takes a byte for a heartbeat, and no byte for nothing", () => {
    expect(decodePackets(encodeHeartbeat())).toEqual([]);
    expect(decodePackets(new ArrayBuffer(0))).toEqual([]);
  });

  it(
    "agrees with the official client on frames of every kind",
    () => {
      const official = new KiteTicker({api_key: "", access_token: ""}) as unknown as {
        parseBinary(frame: ArrayBuffer): Record<string, unknown>[];
      };
      fc.assert(
        fc.property(fc.array(packets(), {minLength: 1, maxLength: 4}), (list) => {
          const frame = encodePackets(list);
          const theirs = official.parseBinary(frame);
          decodePackets(frame).forEach((ours, i) => {
            const their = theirs[i] as {
              instrument_token: number;
              last_price: number;
              volume_traded?: number;
              exchange_timestamp?: Date;
              ohlc?: {open: number; high: number; low: number; close: number};
              depth?: {buy: unknown; sell: unknown};
            };
            expect([ours.token, ours.lastPrice, ours.volume]).toEqual([
              their.instrument_token,
              their.last_price,
              their.volume_traded
            ]);
            if (their.ohlc)
              expect({open: ours.open, high: ours.high, low: ours.low, close: ours.close}).toEqual(their.ohlc);
            if (their.exchange_timestamp) expect(ours.exchangeTime).toBe(their.exchange_timestamp.getTime());
            if (their.depth) expect({buy: ours.bids, sell: ours.asks}).toEqual(their.depth);
          });
        }),
        fuzz(2, 100)
      );
    },
    fuzzMs
  );

  it("refuses a frame cut anywhere, with the packet and the byte", () => {
    const frame = new Uint8Array(
      encodePackets([
        {token: 408_065, mode: "ltp", lastPrice: 1},
        {token: 256_265, mode: "index-full", lastPrice: 2, exchangeTime: 1000}
      ])
    );
    for (let length = 2; length < frame.length; ++length)
      expect(() => decodePackets(frame.subarray(0, length))).toThrow(/kite ticker: packet \d of 2 at byte \d+ is cut/);
    expect(() => decodePackets(Uint8Array.from([...frame, 0]))).toThrow(/1 bytes after the last of 2 packets/);
    expect(() => decodePackets(Uint8Array.from([0, 1, 0, 9, ...new Array(9).fill(0)]))).toThrow(/unknown length: 9/);
  });

  it(
    "reads or refuses any bytes, objects and columns alike",
    () => {
      const garbled = fc
        .tuple(fc.array(packets(), {maxLength: 3}), fc.nat(), fc.nat(255), fc.nat())
        .map(([list, at, byte, cut]) => {
          const bytes = new Uint8Array(encodePackets(list));
          bytes[at % bytes.length] = byte;
          return bytes.subarray(0, cut % 3 === 0 ? cut % (bytes.length + 1) : bytes.length);
        });
      const columns = createPacketColumns(70_000);
      fc.assert(
        fc.property(fc.oneof(garbled, fc.uint8Array({maxLength: 400, size: "max"})), (bytes) => {
          columns.length = 0;
          const objects = attempt(() => decodePackets(bytes));
          const added = attempt(() => decodeIntoColumns(bytes, columns));
          expect("error" in added).toBe("error" in objects);
          if (!("value" in objects)) return void expect(columns.length).toBe(0);
          const {value} = objects;
          expect(columns.length).toBe(value.length);
          expect([...columns.lastPrice.subarray(0, value.length)]).toEqual(value.map(({lastPrice}) => lastPrice));
          expect([...columns.volume.subarray(0, value.length)]).toEqual(value.map(({volume = 0}) => volume));
          expect([...columns.exchangeTime.subarray(0, value.length)]).toEqual(
            value.map(({exchangeTime = 0}) => exchangeTime)
          );
          expect([...columns.bid.subarray(0, value.length)]).toEqual(value.map(({bids}) => bids?.[0]?.price ?? 0));
          expect([...columns.ask.subarray(0, value.length)]).toEqual(value.map(({asks}) => asks?.[0]?.price ?? 0));
        }),
        fuzz(3)
      );
    },
    fuzzMs
  );
});

describe("encodePackets", () => {
  it.each([
    [{token: 1, mode: "ltp", lastPrice: 3e9}],
    [{token: -1, mode: "ltp", lastPrice: 1}],
    [{token: 1, mode: "quote", lastPrice: 1, volume: 5e9}],
    [{token: 1, mode: "quote", lastPrice: Number.NaN}]
  ] as const)("refuses a number that does not fit its field: %j", (packet) => {
    expect(() => encodePackets([packet])).toThrow(/does not fit/);
  });
});

describe("decodeIntoColumns", () => {
  it("refuses a frame there is no room for, and adds nothing of it", () => {
    const columns = createPacketColumns(1);
    const frame = encodePackets([
      {token: 257, mode: "ltp", lastPrice: 1},
      {token: 257, mode: "ltp", lastPrice: 2}
    ]);
    expect(() => decodeIntoColumns(frame, columns)).toThrow(/full: 1/);
    expect(columns.length).toBe(0);
  });
});

describeWithData("recorded frames", "zerodha/packets", () => {
  const read = (name: string) => decodePackets(readFileSync(`${sharedData}/zerodha/packets/${name}_binary.packet`));
  const ohlc = {open: 420, high: 420.9, low: 390.1, close: 414.1};
  it("tell what the exchange said", () => {
    expect(read("ltpMode")).toEqual([{token: 884_737, mode: "ltp", lastPrice: 392.95}]);
    expect(read("quoteMode")).toMatchObject([
      {token: 884_737, mode: "quote", lastPrice: 392.95, volume: 22_261_032, ...ohlc}
    ]);
    const [full] = read("fullMode");
    expect(full).toMatchObject({token: 884_737, mode: "full", lastPrice: 392.95, volume: 22_261_032, ...ohlc});
    expect(full!.exchangeTime).toBe(Date.UTC(2022, 5, 16, 11, 18, 48));
    expect((full!.lastPrice / full!.close! - 1) * 100).toBeCloseTo(-5.107462, 6);
  });
});
