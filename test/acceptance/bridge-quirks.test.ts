import {once} from "node:events";
import {createServer as createHttpServer} from "node:http";
import {type AddressInfo, createServer} from "node:net";
import {afterEach, beforeAll, describe, expect, it} from "vitest";
import {demoCalendars} from "../../services/demo/calendars.js";
import {type BridgeOptions, startBridge} from "../../services/demo/mt5/bridge.js";
import {type BridgeQuirks, bridgeA, bridgeB, type TimeEncoding} from "../../services/demo/mt5/quirks.js";
import {createTape} from "../../services/demo/tape/tape.js";
import {createTraderHistory} from "../../services/demo/trader/history.js";
import {traders} from "../../services/demo/trader/spec.js";
import type {BarSeries} from "../../services/domain/bar.js";
import {DAY_MS, HOUR_MS, MINUTE_MS} from "../../services/domain/time.js";
import {defaultSourceEffects} from "../../services/sources/effects.js";
import {createBridgeSource} from "../../services/sources/mt5/bridge-source.js";
import {createBridgeClient} from "../../services/sources/mt5/client.js";

const calendars = demoCalendars();
const tape = createTape({seed: 1, calendars});
const history = createTraderHistory(traders[0]!, tape, calendars["fx"]!);
const now = Date.UTC(2026, 10, 18, 10, 30, 15);
const encodings: readonly TimeEncoding[] = ["seconds", "milliseconds", "iso", "rfc1123"];
const clocks = [bridgeA.rule, bridgeB.rule, {zone: "UTC", offsetHours: 0}] as const;
const opened: {close(): Promise<void>}[] = [];

beforeAll(() => void history.deals(now), 60_000);
afterEach(async () => void (await Promise.all(opened.splice(0).map((each) => each.close()))));

/** A bridge with these quirks, and the real client on it through a socket. */
async function serve(quirks: Partial<BridgeQuirks>, options: Partial<BridgeOptions> & {timeoutMs?: number} = {}) {
  const {timeoutMs = 15_000, ...rest} = options;
  const own = {...bridgeA, ...quirks};
  const bridge = await startBridge({tape, history, quirks: own, token: "t", now: () => now, ...rest});
  opened.push(bridge);
  const effects = {...defaultSourceEffects, now: rest.now ?? (() => now)};
  const client = createBridgeClient(
    {name: "mt5", url: bridge.url, token: "t", timeoutMs, retries: 1, backoffMs: 10},
    effects
  );
  const source = createBridgeSource({
    ...{client, clock: own.rule, currency: "USD", now: effects.now, calendarOf: () => calendars["fx"]!},
    toInstrument: (symbol) => `MT5:${symbol}`
  });
  const minutes = (start: number, end: number) =>
    source.bars({instrument: "MT5:EURUSD", symbol: "EURUSD", timeframe: "1m", start, end});
  return {bridge, source, minutes};
}

function expectTape(found: BarSeries, start: number, end: number): void {
  const expected = tape.of("MT5:EURUSD").minuteBars(start, end, now);
  expect(found.length).toBe(expected.length);
  for (const name of ["time", "open", "high", "low", "close", "volume"] as const)
    expect(found[name]).toEqual(expected[name]);
}

describe("a bridge that writes time as", () => {
  const [start, end] = [Date.UTC(2026, 10, 12), Date.UTC(2026, 10, 17)];
  it.each(encodings.flatMap((encoding) => clocks.map((rule) => [encoding, rule.zone, rule] as const)))(
    "%s on a clock of %s: gives the same bars, ticks, deals and positions in UTC",
    async (timeEncoding, _, rule) => {
      const {source, minutes} = await serve({timeEncoding, rule});
      expectTape((await minutes(start, end)).bars, start, end);
      const tickStart = now - 5 * MINUTE_MS;
      const {ticks} = await source.ticks({instrument: "MT5:EURUSD", symbol: "EURUSD", start: tickStart, end: now});
      expect([...ticks.time]).toEqual(
        tape
          .of("MT5:EURUSD")
          .ticks(tickStart, now)
          .map(({time}) => time)
      );
      const {deals} = await source.deals({start: now - 20 * DAY_MS, end: now});
      const truth = history.deals(now).filter(({time}) => time >= now - 20 * DAY_MS);
      expect(truth.length).toBeGreaterThan(5);
      expect(deals.map(({ticket, time}) => [ticket, time])).toEqual(truth.map(({ticket, time}) => [`${ticket}`, time]));
    },
    30_000
  );
});

describe("over the changes of daylight saving", () => {
  it.each([
    ["America's in March, three weeks before Europe's", Date.UTC(2026, 2, 5), Date.UTC(2026, 2, 12)],
    ["Europe's in March", Date.UTC(2026, 2, 26), Date.UTC(2026, 3, 1)],
    ["Europe's in October, a week before America's", Date.UTC(2026, 9, 22), Date.UTC(2026, 9, 28)],
    ["America's in November", Date.UTC(2026, 9, 29), Date.UTC(2026, 10, 4)]
  ])("%s: New York + 7, EET and UTC give the same minutes, none lost and none twice", async (_, start, end) => {
    for (const rule of clocks) {
      const {minutes} = await serve({rule, timeEncoding: rule.zone === "UTC" ? "iso" : "seconds"});
      expectTape((await minutes(start, end)).bars, start, end);
    }
  });

  it.each([
    ["an EET broker read as New York + 7", bridgeB.rule, bridgeA.rule, /expected the week to open at .*saw it open at/],
    ["a New York + 7 broker read as EET", bridgeA.rule, bridgeB.rule, /expected the week to close at .*saw it close at/]
  ])(
    "%s is refused in the weeks when they differ, with what was expected and seen",
    async (_, broker, reader, words) => {
      const [start, end] = [Date.UTC(2026, 2, 9), Date.UTC(2026, 2, 20)];
      const {bridge} = await serve({rule: broker});
      const client = createBridgeClient({name: "mt5", url: bridge.url, token: "t"}, defaultSourceEffects);
      const source = createBridgeSource({
        ...{client, clock: reader, currency: "USD", now: () => now, calendarOf: () => calendars["fx"]!},
        toInstrument: (symbol) => `MT5:${symbol}`
      });
      const request = {instrument: "MT5:EURUSD", symbol: "EURUSD", timeframe: "1m", start, end} as const;
      await expect(source.bars(request)).rejects.toMatchObject({
        code: "SOURCE_CLOCK",
        message: expect.stringMatching(words)
      });
    }
  );
});

/** A door before a bridge that lacks a route, as deployed bridges do. */
async function without(route: string, url: string): Promise<string> {
  const door = createHttpServer(async (request, response) => {
    if (request.url?.startsWith(route)) return void response.writeHead(404).end('{"error": "Not Found"}');
    const reply = await fetch(url + request.url, {headers: {"x-bridge-token": "t"}});
    response.writeHead(reply.status, {"content-type": "application/json"}).end(await reply.text());
  }).listen(0, "127.0.0.1");
  await once(door, "listening");
  opened.push({close: async () => void door.close()});
  return `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
}

describe("positions", () => {
  const early = Date.UTC(2025, 4, 5, 6); // the account holds none then
  it.each([
    ["none, as an object", "object", early],
    ["none, as an array", "array", early],
    ["some", "object", now]
  ] as const)("%s: are the same from either route", async (_, noPositions, at) => {
    const {source, bridge} = await serve({noPositions}, {now: () => at});
    const url = await without("/positions_get", bridge.url);
    const other = createBridgeSource({
      client: createBridgeClient({name: "mt5", url}, defaultSourceEffects),
      ...{clock: bridgeA.rule, currency: "USD", now: () => at, calendarOf: () => undefined},
      toInstrument: (symbol) => `MT5:${symbol}`
    });
    const found = await source.positions();
    expect(await other.positions()).toEqual(found);
    expect(found.length > 0).toBe(at === now);
  });
});

describe("a bridge in trouble", () => {
  const [start, end] = [now - 3 * DAY_MS, now - DAY_MS];

  it("that answers short: gives every bar all the same, asked again for the rest", async () => {
    const {bridge, minutes} = await serve({});
    bridge.faults.set({kind: "short-range", rows: 777, path: "/fetch_data_range"});
    expectTape((await minutes(start, end)).bars, start, end);
  });

  it("that is slow, within its time: gives every bar; beyond it: says how long it was waited for", async () => {
    const {bridge, minutes} = await serve({}, {timeoutMs: 400});
    bridge.faults.set({kind: "slow", delayMs: 100});
    expectTape((await minutes(now - HOUR_MS, now - MINUTE_MS)).bars, now - HOUR_MS, now - MINUTE_MS);
    bridge.faults.clear();
    bridge.faults.set({kind: "slow", delayMs: 5_000});
    await expect(minutes(start, end)).rejects.toMatchObject({
      code: "SOURCE_UNAVAILABLE",
      message: expect.stringMatching(/mt5: unable to fetch .*no answer within 400 ms/)
    });
  });

  it("whose port takes connections and says nothing: is given up in its time", async () => {
    const mute = createServer(() => {}).listen(0, "127.0.0.1");
    await once(mute, "listening");
    const {port} = mute.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const client = createBridgeClient(
      {name: "mt5", url, timeoutMs: 200, retries: 1, backoffMs: 10},
      defaultSourceEffects
    );
    await expect(client.get("/account_info")).rejects.toMatchObject({code: "SOURCE_UNAVAILABLE"});
    mute.close();
  });

  it("whose terminal is away for a while: is asked again; for good: is named with its words", async () => {
    const {bridge, source} = await serve({});
    bridge.faults.set({kind: "unavailable", count: 1});
    expect(await source.state()).toMatchObject({currency: "USD"});
    bridge.faults.set({kind: "unavailable"});
    for (const ask of [() => source.state(), () => source.positions(), () => source.deals({start, end})])
      await expect(ask()).rejects.toMatchObject({
        code: "SOURCE_UNAVAILABLE",
        message: expect.stringMatching(/mt5: http:\/\/127.*answers 503/)
      });
  });
});
