import {expect, it} from "vitest";
import {type BridgeClient, BridgeRefusal} from "../../../services/sources/mt5/client.js";
import {createBridgeFeed} from "../../../services/sources/mt5/tick-feed.js";
import type {TickFeedStatus} from "../../../services/sources/tick-feed.js";

const now = Date.UTC(2024, 0, 2, 10);
const symbols = ["EURUSD", "XAUUSD", "US500"] as const;

/** A bridge in memory that refuses some symbols, polled so many times each. */
async function pollWith(refuses: (symbol: string) => boolean, polls: number): Promise<TickFeedStatus> {
  const client: BridgeClient = {
    name: "mt5-a",
    async get(route, {symbol = ""} = {}) {
      if (refuses(symbol)) throw new BridgeRefusal(404, `mt5-a: ${route} answers 404: not found`);
      return {body: [{time: now / 1_000, bid: 1, ask: 2}], where: `mt5-a: ${route}`, receivedTime: now};
    }
  };
  const statuses: TickFeedStatus[] = [];
  let isDone = () => {};
  const done = new Promise<void>((resolve) => {
    isDone = resolve;
  });
  let sleeping = 0;
  const sleep = async (_ms: number, signal?: AbortSignal) => {
    if (++sleeping < polls * symbols.length) return;
    isDone();
    await new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve()));
  };
  const listings = symbols.map((symbol) => ({instrument: `MT5:${symbol}` as const, source: "mt5-a", symbol}));
  const feed = createBridgeFeed({client, clock: {zone: "UTC", offsetHours: 0}, listings}, {random: () => 0, sleep});
  feed.start(
    () => {},
    (status) => statuses.push(status)
  );
  await done;
  await feed.stop();
  return statuses.at(-1)!;
}

it("a feed of which one symbol fails is up, and its health names the symbol for as long as it fails", async () => {
  expect(await pollWith((symbol) => symbol === "XAUUSD", 4)).toEqual({
    connected: true,
    lastError: "XAUUSD: mt5-a: /ticks answers 404: not found",
    reconnects: 0
  });
});

it("a feed of which all symbols fail is down and names them; one of which none fails is well", async () => {
  expect(await pollWith(() => true, 2)).toMatchObject({
    connected: false,
    lastError: "EURUSD, XAUUSD, US500: mt5-a: /ticks answers 404: not found"
  });
  expect(await pollWith(() => false, 2)).toEqual({connected: true, lastError: null, reconnects: 0});
});
