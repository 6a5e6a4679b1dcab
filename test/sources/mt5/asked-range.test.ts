import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {DAY_MS, HOUR_MS, MINUTE_MS} from "../../../services/domain/time.js";
import {fetchOnRowClock} from "../../../services/sources/mt5/asked-range.js";
import type {BridgeClient} from "../../../services/sources/mt5/client.js";
import {fetchWallBars} from "../../../services/sources/mt5/fetch-bars.js";
import {fuzz, fuzzMs} from "../runs.js";

const bar = {open: 1, high: 1, low: 1, close: 1, tick_volume: 1};
const barMs = 5 * MINUTE_MS;
const chunkMs = DAY_MS;
const end = 20 * DAY_MS;

/** Bars of five minutes over three weeks, the sixth and seventh day of each shut. */
const week = Array.from({length: end / barMs}, (_, i) => i * barMs).filter((time) => (time / DAY_MS) % 7 < 5);

interface Shifted {
  /** By how much the bridge takes a range for later than was asked. */
  readonly shiftOf: (asked: number) => number;
  readonly cap: number;
  readonly keepsNewest: boolean;
}

function fetchAll({shiftOf, cap, keepsNewest}: Shifted, start: number, to: number) {
  const ask = async (from: number, until: number) => {
    const [first, last] = [from + shiftOf(from), until + shiftOf(until)];
    const rows = week.filter((time) => time >= first && time < last).map((time) => ({time}));
    return keepsNewest ? rows.slice(-cap) : rows.slice(0, cap);
  };
  const range = {start, end: to, barMs, chunkMs, maxChunkMs: 8 * chunkMs, name: "b"};
  return fetchOnRowClock(ask, range);
}

/** As bars are asked for: a day more on either side. */
async function bars(bridge: Shifted, start: number, to: number): Promise<number[]> {
  const rows = await fetchAll(bridge, start - DAY_MS, to + DAY_MS);
  return rows.map(({time}) => time).filter((time) => time >= start && time < to);
}

describe("a bridge that reads the range it is asked for on another clock", () => {
  it.each([3, -3, 1, -1, 5.5, -5.5, 13])("by %d h gives every bar of every day", async (hours) => {
    const bridge = {shiftOf: () => hours * HOUR_MS, cap: Infinity, keepsNewest: true};
    expect(await bars(bridge, 2 * DAY_MS, 18 * DAY_MS)).toEqual(
      week.filter((time) => time >= 2 * DAY_MS && time < 18 * DAY_MS)
    );
  });

  it(
    "gives every bar of any range, whatever its answers are capped at",
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({min: -48, max: 52}),
          fc.integer({min: 30, max: 400}),
          fc.boolean(),
          fc.integer({min: 1, max: 240}),
          fc.integer({min: 1, max: 240}),
          async (quarters, cap, keepsNewest, from, hours) => {
            const bridge = {shiftOf: () => quarters * 15 * MINUTE_MS, cap, keepsNewest};
            const [start, to] = [DAY_MS + from * HOUR_MS, DAY_MS + (from + hours) * HOUR_MS];
            expect(await bars(bridge, start, to)).toEqual(week.filter((time) => time >= start && time < to));
          }
        ),
        fuzz(72)
      );
    },
    fuzzMs
  );

  it.each([1, -1])("and changes that clock by %d h on the way gives every bar", async (change) => {
    const shiftOf = (asked: number) => (4 + (asked < 9.3 * DAY_MS ? 0 : change)) * HOUR_MS;
    const found = await bars({shiftOf, cap: Infinity, keepsNewest: true}, 2 * DAY_MS, 18 * DAY_MS);
    expect(found).toEqual(week.filter((time) => time >= 2 * DAY_MS && time < 18 * DAY_MS));
  });

  it("loses nothing through the bridge's client, where one chunk of minutes meets the next", async () => {
    const times = Array.from({length: 32 * 24 * 60}, (_, i) => DAY_MS + i * MINUTE_MS);
    const client: BridgeClient = {
      name: "b",
      async get(_route, {start: from = "", end: to = ""} = {}) {
        const [first, last] = [Date.parse(from) + 3 * HOUR_MS, Date.parse(to) + 3 * HOUR_MS];
        const rows = times
          .filter((time) => time >= first && time <= last)
          .map((time) => ({...bar, time: time / 1_000}));
        return {body: rows, where: "b: /fetch_data_range", receivedTime: 0};
      }
    };
    const range = {symbol: "EURUSD", timeframe: "1m", start: 2 * DAY_MS, end: 32 * DAY_MS} as const;
    const rows = await fetchWallBars(client, range, undefined);
    const found = rows.map(({time}) => time).filter((time) => time >= 3 * DAY_MS && time < 31 * DAY_MS);
    expect(found).toEqual(times.filter((time) => time >= 3 * DAY_MS && time < 31 * DAY_MS));
  });

  it("is refused where its answers are of other days altogether", async () => {
    const ask = async () => [{time: 40 * DAY_MS}];
    const range = {start: 0, end: DAY_MS, barMs, chunkMs, maxChunkMs: chunkMs, name: "b"};
    await expect(fetchOnRowClock(ask, range)).rejects.toMatchObject({
      code: "SOURCE_BAD_DATA",
      message: "b: rows lie more than a day outside the range that was asked for"
    });
  });
});
