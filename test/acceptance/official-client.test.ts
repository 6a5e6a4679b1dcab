import {type Connect, KiteConnect} from "kiteconnect";
import {afterAll, beforeAll, expect, it} from "vitest";
import {demoCalendars} from "../../services/demo/calendars.js";
import {type Kite, startKite} from "../../services/demo/kite/kite.js";
import {createTape} from "../../services/demo/tape/tape.js";
import {toBars} from "../../services/domain/bar.js";
import {toAmount} from "../../services/domain/money.js";
import {defaultSourceEffects} from "../../services/sources/effects.js";
import {createKiteClient, type KiteClient} from "../../services/sources/kite/client.js";
import {parseInstruments} from "../../services/sources/kite/parse-instruments.js";
import {
  parseHoldings,
  parseMargins,
  parseOrders,
  parsePositions,
  parseTrades
} from "../../services/sources/kite/parse-portfolio.js";
import {createKiteSource, type KiteSource} from "../../services/sources/kite/source.js";

const keys = {apiKey: "k", apiSecret: "s", requestToken: "r", accessToken: "a"};
const now = Date.UTC(2026, 10, 18, 9, 30);
let kite: Kite;
let official: Connect;
let ours: KiteSource;
let client: KiteClient;

beforeAll(async () => {
  kite = await startKite({tape: createTape({seed: 1, calendars: demoCalendars()}), keys, now: () => now});
  official = new KiteConnect({api_key: keys.apiKey, access_token: keys.accessToken, root: kite.url});
  client = createKiteClient({name: "kite", url: kite.url, ...keys}, defaultSourceEffects);
  ours = createKiteSource(client, () => now);
});
afterAll(() => kite.close());

it("candles of minutes and days: ours are those that the official client reads", async () => {
  for (const [interval, timeframe] of [
    ["minute", "1m"],
    ["day", "1d"]
  ] as const) {
    const theirs = await official.getHistoricalData(408_065, interval, "2026-11-16 00:00:00", "2026-11-17 15:29:00");
    const start = Date.UTC(2026, 10, 15, 18, 30);
    const request = {
      instrument: "NSE:INFY",
      symbol: "NSE:INFY",
      timeframe,
      start,
      end: Date.UTC(2026, 10, 17, 10)
    } as const;
    const {bars} = await ours.bars(request);
    expect(bars.length).toBe(timeframe === "1m" ? 750 : 2);
    expect(toBars(bars)).toEqual(
      theirs.map(({date, open, high, low, close, volume}) => ({time: +date, open, high, low, close, volume}))
    );
  }
});

it("instruments, orders, trades, positions, holdings and margins: ours are those that the official client reads", async () => {
  const {text} = await client.getText("/instruments", "other");
  const instruments = (await official.getInstruments()).filter(({tradingsymbol}) => tradingsymbol);
  expect(parseInstruments(text, "i").map(({token, symbol, lotSize}) => [token, symbol, lotSize])).toEqual(
    instruments.map(({instrument_token, exchange, tradingsymbol, lot_size}) => [
      Number(instrument_token),
      `${exchange}:${tradingsymbol}`,
      Number(lot_size)
    ])
  );
  const get = async (path: string) => (await client.get(path, "other")).data;
  const orders = await official.getOrders();
  expect(parseOrders(await get("/orders"), "o").map(({status, side}) => [status, side])).toEqual(
    orders.map(({status, transaction_type}) => [status, transaction_type.toLowerCase()])
  );
  const trades = await official.getTrades();
  expect(trades.length).toBeGreaterThan(0);
  expect(parseTrades(await get("/trades"), "t")).toHaveLength(trades.length);
  const {net} = await official.getPositions();
  expect(parsePositions(await get("/portfolio/positions"), "p").map(({pnl, quantity}) => [pnl, quantity])).toEqual(
    net.map(({pnl, quantity}) => [pnl, quantity])
  );
  expect(parseHoldings(await get("/portfolio/holdings"), "h")).toHaveLength((await official.getHoldings()).length);
  const margins = await official.getMargins();
  expect(toAmount(parseMargins(await get("/user/margins"), "m").equity.net)).toBe(margins.equity!.net);
});
