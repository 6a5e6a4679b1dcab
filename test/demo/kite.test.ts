import {createHash} from "node:crypto";
import {KiteTicker} from "kiteconnect";
import {afterAll, expect, it, vi} from "vitest";
import {barAt} from "../../services/domain/bar.js";
import {DAY_MS, MINUTE_MS} from "../../services/domain/time.js";
import type {KitePacket} from "../../services/sources/kite/packets.js";
import {
  began,
  closeAll,
  fault,
  get,
  infy,
  keys,
  nifty,
  official,
  recordingLine,
  reliance,
  running,
  start,
  tape,
  until
} from "./kite-desk.js";

// A busy machine makes these slower than anything they wait for.
vi.setConfig({testTimeout: 60_000, hookTimeout: 60_000});

afterAll(closeAll);

it("the official client reads instruments, candles, quotes and the portfolio", async () => {
  const client = official(await start());
  const instruments = await client.getInstruments("NSE" as never);
  const named = instruments.map(({tradingsymbol}) => tradingsymbol).filter(Boolean); // it takes the last line's end for a row
  expect(named).toEqual(["INFY", "RELIANCE", "HDFCBANK", "NIFTY 50"]);
  expect(instruments[0]).toMatchObject({
    instrument_token: String(infy),
    tick_size: 0.05,
    segment: "NSE",
    instrument_type: "EQ"
  });
  expect((await client.getInstruments()).length).toBeGreaterThan(200);
  const candles = await client.getHistoricalData(infy, "minute", "2026-11-17 09:15:00", "2026-11-17 15:30:00");
  expect(candles).toHaveLength(375);
  const first = tape.of("NSE:INFY").minuteBars(Date.UTC(2026, 10, 17), Date.UTC(2026, 10, 18), began);
  const {time, ...prices} = barAt(first, 0);
  expect(candles[0]).toMatchObject({...prices, date: new Date(time)});
  const [interest] = await client.getHistoricalData(infy, "day", "2026-11-17", "2026-11-17", false, true);
  expect(interest).toMatchObject({date: new Date(Date.UTC(2026, 10, 16, 18, 30))});
  const last = tape.of("NSE:INFY").tickAt(began)!.price;
  const quote = (await client.getQuote(["NSE:INFY", "NSE:NOPE"])) as unknown as Record<
    string,
    {last_price: number; depth: {buy: unknown[]}}
  >;
  expect(Object.keys(quote)).toEqual(["NSE:INFY"]);
  expect(quote["NSE:INFY"]).toMatchObject({last_price: last});
  expect(quote["NSE:INFY"]!.depth.buy).toHaveLength(5);
  expect(await client.getLTP(["NSE:INFY"])).toEqual({"NSE:INFY": {instrument_token: infy, last_price: last}});
  expect(await client.getProfile()).toMatchObject({user_id: "SIM001"});
  expect(await client.getMargins()).toMatchObject({equity: {enabled: true}});
  expect((await client.getHoldings()).map(({tradingsymbol}) => tradingsymbol)).toEqual(["INFY", "HDFCBANK"]);
});

it("the official client sees orders, trades and positions that agree", async () => {
  const client = official(await start(() => began + 4 * 3_600_000));
  const [orders, trades, {net}] = [await client.getOrders(), await client.getTrades(), await client.getPositions()];
  expect(orders.length).toBeGreaterThan(2);
  expect(trades.map(({order_id, average_price, quantity}) => [order_id, average_price, quantity])).toEqual(
    orders.map(({order_id, average_price, quantity}) => [order_id, average_price, quantity])
  );
  for (const row of net) {
    const own = orders.filter(({instrument_token}) => instrument_token === row.instrument_token);
    const signed = own.reduce(
      (sum, {transaction_type, quantity}) => sum + (transaction_type === "BUY" ? quantity : -quantity),
      0
    );
    expect(row.quantity).toBe(signed);
    expect(row.pnl).toBeCloseTo(row.sell_value - row.buy_value + row.quantity * row.last_price * row.multiplier, 2);
  }
});

it("the official client logs in, and is told when its token is dead", async () => {
  const venue = await start();
  const client = official(venue);
  let expiries = 0;
  client.setSessionExpiryHook(() => ++expiries);
  await fault(venue, {kind: "dead-token"});
  await expect(client.getProfile()).rejects.toMatchObject({error_type: "TokenException", status: "error"});
  expect(expiries).toBe(1);
  await expect(client.generateSession("another", keys.apiSecret)).rejects.toMatchObject({error_type: "TokenException"});
  const session = await client.generateSession(keys.requestToken, keys.apiSecret);
  expect(session.access_token).not.toBe(keys.accessToken);
  expect(await client.getProfile()).toMatchObject({broker: "ZERODHA"});
  expect((await get(venue, "/user/profile")).status).toBe(403);
});

interface OfficialTick {
  readonly instrument_token: number;
  readonly mode: string;
  readonly last_price: number;
  readonly tradable: boolean;
  readonly last_traded_quantity?: number;
  readonly average_traded_price?: number;
  readonly volume_traded?: number;
  readonly ohlc?: {readonly open: number; readonly high: number; readonly low: number; readonly close: number};
  readonly last_trade_time?: Date;
  readonly exchange_timestamp?: Date;
  readonly depth?: {readonly buy: readonly unknown[]; readonly sell: readonly unknown[]};
}

it("the official ticker hears what the venue sent, in every mode, the index among them", async () => {
  const line = await recordingLine(await start(running(began + 30 * MINUTE_MS)));
  const ticker = new KiteTicker({
    ...{api_key: keys.apiKey, access_token: keys.accessToken},
    ...{root: line.url, reconnect: false}
  });
  const heard: OfficialTick[] = [];
  ticker.on("ticks", (ticks: OfficialTick[]) => heard.push(...ticks));
  ticker.on("connect", () => {
    ticker.subscribe([infy, reliance, nifty]);
    ticker.setMode(ticker.modeFull, [infy, nifty]);
    ticker.setMode(ticker.modeLTP, [reliance]);
  });
  ticker.connect();
  const has = (token: number, mode: string) =>
    heard.some((tick) => tick.instrument_token === token && tick.mode === mode);
  await until(() => has(infy, "full") && has(nifty, "full") && has(reliance, "ltp") && has(reliance, "quote"));
  ticker.disconnect();
  const sent = line.packets.slice(0, heard.length); // what was under way at the end is not heard
  expect(heard.map(factsOfOfficial)).toEqual(sent.map(factsOfPacket));
  const full = heard.find((tick) => tick.instrument_token === infy && tick.mode === "full")!;
  expect(full).toMatchObject({tradable: true, depth: {buy: expect.any(Array)}});
  const day = tape.of("NSE:INFY").dayBars(began - DAY_MS, began + DAY_MS, began + DAY_MS);
  expect(full.last_price).toBeLessThanOrEqual(day.high.at(-1)!);
  expect(heard.find((tick) => tick.instrument_token === nifty)).toMatchObject({tradable: false});
});

function factsOfOfficial(tick: OfficialTick) {
  const {last_trade_time: traded, exchange_timestamp: stamped, depth} = tick;
  return [
    ...[tick.instrument_token, tick.mode, tick.last_price, tick.last_traded_quantity, tick.average_traded_price],
    ...[tick.volume_traded, tick.ohlc, traded?.getTime(), stamped?.getTime(), depth?.buy, depth?.sell]
  ];
}

function factsOfPacket(packet: KitePacket) {
  const {open, high, low, close} = packet;
  return [
    ...[packet.token, packet.mode.replace("index-", ""), packet.lastPrice, packet.lastQuantity, packet.averagePrice],
    ...[packet.volume, open === undefined ? undefined : {open, high, low, close}],
    ...[packet.lastTradeTime, packet.exchangeTime, packet.bids, packet.asks]
  ];
}

it.each([
  ["minute", 60],
  ["5minute", 100],
  ["15minute", 200],
  ["60minute", 400],
  ["day", 2_000]
])("holds %s candles to %i days a call", async (interval, days) => {
  const venue = await start();
  const ask = (back: number) => {
    const from = new Date(Date.UTC(2026, 10, 18) - back * DAY_MS).toISOString().slice(0, 10);
    return get(venue, `/instruments/historical/${infy}/${interval}?from=${from}&to=2026-11-18`);
  };
  expect((await ask(days)).status).toBe(200);
  const refused = await ask(days + 1);
  expect([refused.status, await refused.json()]).toEqual([
    400,
    expect.objectContaining({error_type: "InputException", message: `interval exceeds max limit: ${days} days`})
  ]);
});

it("counts candles from the session's open, and folds them from the same minutes", async () => {
  const venue = await start();
  const read = async (interval: string) => {
    const reply = await get(
      venue,
      `/instruments/historical/${reliance}/${interval}?from=2026-11-17 09:15:00&to=2026-11-17 15:29:00`
    );
    return ((await reply.json()) as {data: {candles: [string, number, number, number, number, number][]}}).data.candles;
  };
  const [minutes, hours] = [await read("minute"), await read("60minute")];
  expect(hours.map(([time]) => time)).toEqual(
    ["09", "10", "11", "12", "13", "14", "15"].map((hour) => `2026-11-17T${hour}:15:00+0530`)
  );
  const own = minutes.slice(60, 120);
  expect(hours[1]!.slice(1)).toEqual([
    own[0]![1],
    Math.max(...own.map(([, , high]) => high)),
    Math.min(...own.map(([, , , low]) => low)),
    own.at(-1)![4],
    own.reduce((sum, [, , , , , volume]) => sum + volume, 0)
  ]);
});

it("says what is wrong with a request in Kite's words, and limits how many", async () => {
  const venue = await start();
  const wrong = [
    `/instruments/historical/1/minute?from=2026-11-17&to=2026-11-18`,
    `/instruments/historical/${infy}/2minute?from=2026-11-17&to=2026-11-18`,
    `/instruments/historical/${infy}/minute?from=x&to=2026-11-18`
  ];
  for (const path of wrong) {
    const reply = await get(venue, path);
    expect([reply.status, ((await reply.json()) as {error_type: string}).error_type]).toEqual([400, "InputException"]);
  }
  expect((await get(venue, "/nowhere")).status).toBe(404);
  const many = await Promise.all(Array.from({length: 6}, () => get(venue, "/quote/ltp?i=NSE:INFY")));
  expect(many.map(({status}) => status).filter((status) => status === 429)).toHaveLength(4);
});

it("keeps to the checksum of key, token and secret", async () => {
  const venue = await start();
  const body = (checksum: string) =>
    new URLSearchParams({api_key: keys.apiKey, request_token: keys.requestToken, checksum});
  const send = (checksum: string) => fetch(`${venue.url}/session/token`, {method: "POST", body: body(checksum)});
  expect((await send("0".repeat(64))).status).toBe(403);
  const good = createHash("sha256")
    .update(keys.apiKey + keys.requestToken + keys.apiSecret)
    .digest("hex");
  expect((await send(good)).status).toBe(200);
});
