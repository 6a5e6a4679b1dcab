import {expect, it} from "vitest";
import {createPacketTicks} from "../../../services/sources/kite/packet-ticks.js";

const instruments = new Map([[1, "NSE:INFY"] as const, [9, "NSE:NIFTY50"] as const]);
const NINE = Date.UTC(2026, 10, 18, 3, 45);
const full = (changes: object) => ({
  token: 1,
  lastPrice: 100,
  volume: 500,
  lastTradeTime: NINE,
  exchangeTime: NINE + 2_000,
  ...changes
});
type Packet = Parameters<ReturnType<typeof createPacketTicks>["next"]>[0];

function eventTimes(...packets: object[]): (number | undefined)[] {
  const ticks = createPacketTicks(instruments);
  return packets.map((packet) => ticks.next(packet as Packet, NINE + 2_500)?.eventTime);
}

it("createPacketTicks makes no tick of a packet that tells no time, and so keeps the first that does", () => {
  const quote = {token: 1, lastPrice: 100, volume: 500};
  expect(eventTimes(quote, full({}), full({volume: 501}))).toEqual([undefined, NINE, NINE]);
});

it("createPacketTicks makes no tick of an instrument that was not dealt in today", () => {
  expect(eventTimes(full({lastTradeTime: 0, volume: 0}))).toEqual([undefined]);
});

it("createPacketTicks dates an index by the exchange's time", () => {
  expect(eventTimes({token: 9, lastPrice: 20_000, exchangeTime: NINE})).toEqual([NINE]);
});
