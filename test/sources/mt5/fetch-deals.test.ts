import {describe, expect, it} from "vitest";
import {MINUTE_MS, parseIso} from "../../../services/domain/time.js";
import {type BridgeClient, BridgeRefusal} from "../../../services/sources/mt5/client.js";
import {createClock} from "../../../services/sources/mt5/clock.js";
import {fetchDeals} from "../../../services/sources/mt5/fetch-deals.js";

const clock = createClock({zone: "Europe/Athens", offsetHours: 0});
const context = {clock, currency: "USD", toInstrument: (symbol: string) => `MT5:${symbol}` as const};
const night = parseIso("2024-10-27T00:00:00Z");
const all = {start: night - 1e9, end: night + 1e9};

function deal(n: number, time: number, entry = 0) {
  const wall = clock.fromUtc(time);
  const money = {profit: 0, commission: 0, swap: 0, fee: 0};
  const what = {type: 0, entry, position_id: n, volume: 1, price: 1.1, symbol: "BTCUSD", ...money};
  return {ticket: n, order: 1_000 + n, time: Math.floor(wall / 1_000), time_msc: wall, ...what};
}

interface Door {
  readonly deals: readonly ReturnType<typeof deal>[];
  hasOrder?(order: number): boolean;
}

/** A bridge in memory: deals by range, and an order of stop 1 for each that it has. */
function serve({deals, hasOrder = () => true}: Door): BridgeClient & {asked: number} {
  const door = {
    name: "b",
    asked: 0,
    async get(route: string, query: Readonly<Record<string, string>> = {}) {
      const where = `b: ${route}`;
      if (route === "/history_deals_get") {
        const [from, to] = [query["from_date"]!, query["to_date"]!].map((text) => Date.parse(text) / 1_000) as [
          number,
          number
        ];
        return {body: deals.filter(({time}) => time >= from && time <= to), where, receivedTime: 0};
      }
      ++door.asked;
      const order = Number(query["ticket"]);
      if (!hasOrder(order)) throw new BridgeRefusal(404, `${where} answers 404: no such order`);
      return {body: [{ticket: order, sl: 1}], where, receivedTime: 0};
    }
  };
  return door;
}

const twenty = Array.from({length: 20}, (_, i) => deal(i + 1, night + i * MINUTE_MS));
const stops = (deals: readonly object[]) => deals.filter((each) => "stopPrice" in each).length;

describe("the stops of deals", () => {
  it("are known of all others where the bridge does not know one order, and the one is counted", async () => {
    for (const unknown of [1_001, 1_007, 1_020]) {
      const {deals, warnings} = await fetchDeals(
        serve({deals: twenty, hasOrder: (order) => order !== unknown}),
        context,
        all,
        undefined
      );
      expect(stops(deals)).toBe(19);
      expect(deals.find(({ticket}) => ticket === String(unknown - 1_000))).not.toHaveProperty("stopPrice");
      expect(warnings).toEqual(["the bridge refuses 1 of 20 orders: whether their deals had a stop is not known"]);
    }
  });

  it("are not asked for to the end of a bridge that has no such route, and all are counted", async () => {
    const deals = Array.from({length: 300}, (_, i) => deal(i + 1, night + i * 1_000));
    const door = serve({deals, hasOrder: () => false});
    const found = await fetchDeals(door, context, all, undefined);
    expect(stops(found.deals)).toBe(0);
    expect(door.asked).toBeLessThan(50);
    expect(found.warnings).toEqual([
      "the bridge refuses 300 of 300 orders: whether their deals had a stop is not known"
    ]);
  });

  it("are complete without a warning where every order is known", async () => {
    const {deals, warnings} = await fetchDeals(serve({deals: twenty}), context, all, undefined);
    expect([stops(deals), warnings]).toEqual([20, []]);
  });
});

it("deals of an hour that the clock shows twice keep their order and their time", async () => {
  const times = [10, 40, 58, 58, 61, 75, 119, 130].map((minute) => night + minute * MINUTE_MS);
  const door = serve({deals: times.map((time, i) => deal(i + 1, time, i % 2))});
  const {deals} = await fetchDeals(door, context, all, undefined);
  expect(deals.map(({time}) => time)).toEqual(times);
});
