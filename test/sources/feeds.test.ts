import {afterEach, describe, expect, it} from "vitest";
import type {Tick} from "../../services/domain/tick.js";
import {MINUTE_MS, SECOND_MS} from "../../services/domain/time.js";
import {createKiteTicker} from "../../services/sources/kite/ticker.js";
import {createBridgeClient} from "../../services/sources/mt5/client.js";
import {createBridgeFeed} from "../../services/sources/mt5/tick-feed.js";
import {openFeeds} from "../../services/sources/open-feeds.js";
import type {TickFeed, TickFeedStatus} from "../../services/sources/tick-feed.js";
import {kiteKeys, startVenues, tape, type Venues} from "./venues.js";

/** A clock of a test's own, for a busy machine would make minutes of one that runs on through all of them. */
function createFastClock(): () => number {
  // A Wednesday on which both New York and the NSE trade, twenty times as fast as the real clock.
  const began = Date.UTC(2026, 10, 18, 5, 30, 0);
  const started = performance.now();
  return () => began + Math.floor((performance.now() - started) * 20);
}

const opened: {stop(): Promise<void>}[] = [];
const venues: Venues[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.stop()));
  await Promise.all(venues.splice(0).map((each) => each.close()));
});

async function start(): Promise<Venues> {
  const all = await startVenues({now: createFastClock()});
  venues.push(all);
  return all;
}

interface Followed {
  readonly ticks: Tick[];
  readonly statuses: TickFeedStatus[];
  last(): TickFeedStatus | undefined;
}

function follow(feed: TickFeed): Followed {
  const [ticks, statuses]: [Tick[], TickFeedStatus[]] = [[], []];
  feed.start(
    (tick) => ticks.push(tick),
    (status) => statuses.push(status)
  );
  opened.push(feed);
  return {ticks, statuses, last: () => statuses.at(-1)};
}

async function until(condition: () => boolean, what: string, ms = 12_000): Promise<void> {
  const limit = performance.now() + ms;
  while (!condition()) {
    if (performance.now() > limit) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("openFeeds", () => {
  it("opens one feed a source, of all that settings call live, and both give the venue's own ticks", async () => {
    const {settings, effects} = await start();
    const feeds = openFeeds(settings, effects);
    expect(feeds.map(({name, instruments}) => [name, instruments.length])).toEqual([
      ["mt5-a", 4],
      ["kite", 3]
    ]);
    const [bridge, kite] = feeds.map(follow) as [Followed, Followed];
    await until(() => bridge.ticks.length > 30 && kite.ticks.length > 20, "ticks of both");
    const quotes = bridge.ticks.filter((tick) => tick.type === "quote" && tick.instrument === "MT5:EURUSD");
    const [first, last] = [quotes[0]!, quotes.at(-1)!];
    const shown = tape.of("MT5:EURUSD").ticks(first.eventTime, last.eventTime + 1);
    expect(quotes.map((tick) => [tick.eventTime, tick.type === "quote" && tick.bid])).toEqual(
      shown.map(({time, bid}) => [time, bid])
    );
    for (const tick of kite.ticks) {
      expect(tick).toMatchObject({type: "trade"});
      expect(Math.abs(tick.receivedTime - tick.eventTime)).toBeLessThan(5 * MINUTE_MS);
    }
    expect([bridge.last(), kite.last()]).toEqual([
      {connected: true, lastError: null, reconnects: 0},
      {connected: true, lastError: null, reconnects: 0}
    ]);
  });

  it("names every variable that is missing, of all feeds at once", async () => {
    const {settings, effects} = await start();
    expect(() => openFeeds(settings, {...effects, env: {}})).toThrow(
      /sources\.mt5-a\.token[\s\S]*sources\.kite\.apiKey/
    );
  });

  it("may be stopped before it is connected, and started once only", async () => {
    const {settings, effects} = await start();
    for (const feed of openFeeds(settings, effects)) {
      const {ticks} = follow(feed);
      expect(() =>
        feed.start(
          () => {},
          () => {}
        )
      ).toThrow(/started before/);
      await feed.stop();
      const count = ticks.length;
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(ticks.length).toBe(count);
    }
  });
});

describe("Kite's ticker", () => {
  function ticker(
    {kite}: Venues,
    options: {accessToken?: () => string; muteMs?: number; silentMs?: number; isOpen?: boolean} = {}
  ) {
    const {accessToken = () => kiteKeys.accessToken, isOpen = true, ...rest} = options;
    const instruments = new Map([[408_065, "NSE:INFY" as const]]);
    const access = async () => ({
      socketUrl: kite.socketUrl,
      apiKey: kiteKeys.apiKey,
      accessToken: accessToken(),
      instruments
    });
    const effects = {
      now: Date.now,
      random: () => 0,
      sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
    };
    return createKiteTicker(
      {name: "kite", instruments: ["NSE:INFY"], access, isOpen: () => isOpen, backoffMs: 50, ...rest},
      effects
    );
  }

  it("leaves a connection that sends heartbeats and no data while the market is open", async () => {
    const all = await start();
    const {ticks, statuses, last} = follow(ticker(all, {muteMs: 1_500}));
    await until(() => ticks.length > 0, "a tick");
    all.kite.faults.set({kind: "mute-data"});
    await until(() => statuses.some(({lastError}) => /mute for \d+ s in an open market/.test(lastError ?? "")), "mute");
    all.kite.faults.clear();
    const count = ticks.length;
    await until(() => ticks.length > count && last()?.connected === true && last()?.lastError === null, "ticks again");
    expect(last()!.reconnects).toBeGreaterThan(0);
  });

  it("keeps such a connection while the market is shut", async () => {
    const all = await start();
    all.kite.faults.set({kind: "mute-data"});
    const {last} = follow(ticker(all, {muteMs: 200, isOpen: false}));
    await until(() => last()?.connected === true, "connection");
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(last()).toEqual({connected: true, lastError: null, reconnects: 0});
  });

  it("leaves a connection that says nothing at all", async () => {
    const all = await start();
    all.kite.faults.set({kind: "mute"});
    const {statuses} = follow(ticker(all, {silentMs: 1_500, isOpen: false}));
    await until(() => statuses.some(({lastError}) => /silent for/.test(lastError ?? "")), "silence");
  });

  it("says what to run when its token is dead, and goes on with a fresh one", async () => {
    const all = await start();
    let token = "a-dead-token";
    const {ticks, statuses, last} = follow(ticker(all, {accessToken: () => token}));
    await until(() => statuses.length > 0, "a refusal");
    expect(last()).toMatchObject({
      connected: false,
      lastError: expect.stringMatching(/access token refused; .*npm run tapebook -- login/)
    });
    expect(JSON.stringify(statuses)).not.toContain("a-dead-token");
    token = kiteKeys.accessToken;
    await until(() => ticks.length > 0, "a tick");
    expect(last()).toMatchObject({connected: true, lastError: null});
  });

  it("connects again when it is closed", async () => {
    const all = await start();
    const {ticks, statuses} = follow(ticker(all));
    await until(() => ticks.length > 0, "a tick");
    await fetch(`${all.kite.url}/_sim/fault`, {
      method: "POST",
      headers: {"x-sim-control": "yes"},
      body: '{"kind": "close"}'
    });
    await until(() => statuses.some(({reconnects}) => reconnects === 1), "reconnection");
    const count = ticks.length;
    await until(() => ticks.length > count, "ticks again");
  });
});

describe("a polled bridge", () => {
  function feed({a, effects, env}: Venues, hoursOff = 0) {
    const client = createBridgeClient(
      {name: "mt5-a", url: a.url, token: env["MT5_BRIDGE_TOKEN"]!, retries: 0},
      effects
    );
    const listings = [{instrument: "MT5:EURUSD", source: "mt5-a", symbol: "EURUSD"}] as const;
    return createBridgeFeed(
      {client, clock: {zone: "America/New_York", offsetHours: 7 + hoursOff}, listings, fastMs: 50},
      effects
    );
  }

  it("gives the newest tick first, then each once and in order, over an outage too", async () => {
    const all = await start();
    const {ticks, statuses, last} = follow(feed(all));
    await until(() => ticks.length > 5, "ticks");
    all.a.faults.set({kind: "unavailable"});
    await until(() => last()?.connected === false, "outage");
    expect(last()!.lastError).toMatch(/mt5-a: .*\/ticks answers 503/);
    all.a.faults.clear();
    const count = ticks.length;
    await until(() => ticks.length > count + 5, "ticks again");
    expect(statuses.at(-1)).toEqual({connected: true, lastError: null, reconnects: 1});
    const [first, newest] = [ticks[0]!.eventTime, ticks.at(-1)!.eventTime];
    expect(ticks.map(({eventTime}) => eventTime)).toEqual(
      tape
        .of("MT5:EURUSD")
        .ticks(first, newest + 1)
        .map(({time}) => time)
    );
    expect(Math.abs(ticks[0]!.receivedTime - first)).toBeLessThan(30 * SECOND_MS);
  });

  it("asks for more when the last answer does not reach back", async () => {
    const all = await start();
    const {ticks, last} = follow(feed(all));
    await until(() => ticks.length > 0, "a tick");
    all.a.faults.set({kind: "short-range", rows: 1, count: 1});
    await until(() => ticks.length > 12, "ticks");
    const times = ticks.map(({eventTime}) => eventTime);
    expect(times).toEqual([...times].sort((x, y) => x - y));
    expect(last()?.connected).toBe(true);
  });

  it("passes nothing on whose times lie in the future, and names the rule", async () => {
    const {ticks, last} = follow(feed(await start(), -2));
    await until(() => last() !== undefined, "a status");
    expect(last()).toMatchObject({
      connected: false,
      lastError: expect.stringMatching(/ticks are \d+ minutes ahead under the clock rule America\/New_York \+ 5 h/)
    });
    expect(ticks).toEqual([]);
  });
});
