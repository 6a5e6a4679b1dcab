import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {WebSocket} from "ws";
import {defaultClientEffects, type Socket} from "../../components/live/client-effects.js";
import {type Bar, toBars} from "../../services/domain/bar.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import type {Tick} from "../../services/domain/tick.js";
import {tapeEffects} from "../../services/sidecar/effects.js";
import {withKnown} from "../../services/sidecar/follow.js";
import {defaultLimits as limits} from "../../services/sidecar/limits.js";
import {historyOrigin, openMarket} from "../../services/sidecar/market.js";
import {listen} from "../../services/sidecar/server.js";
import {openStore} from "../../services/sidecar/store/open-store.js";
import {createHub} from "../../services/sidecar/topics/hub.js";
import {orderedClock} from "./ordered-clock.js";
import {openSeamPage} from "./seam-page.js";
import {type StoppableDatabase, startStoppable} from "./store-kit.js";
import {randomTape, roundTheClock, seededRandom, tapeBars} from "./tape.js";
import {createTapeFeed} from "./tape-feed.js";

const START = Date.UTC(2024, 0, 2, 9);
const MINUTE = 60_000;
const SPEED = 150;
const cases = process.env["TAPEBOOK_VERIFY"] ? 50 : 2;

/** Frames of all cases together: a client that does not come through offers no bytes the next time. */
const frames = {bytes: 0, json: 0};
let db: StoppableDatabase;
beforeAll(async () => {
  db = await startStoppable();
}, 60_000);
afterAll(() => db.close());

/**
 * One random life on a clock that runs fast, over a real server, real sockets and a real database: a page that opens on
 * a snapshot in mid-tape and is told ticks as bytes or as JSON, ticks that overtake each other, outages of the feed, lines
 * that break, a sidecar that is stopped and started, a database that is.
 */
async function playSocketCase(seed: number) {
  const random = seededRandom(seed);
  const between = (low: number, high: number) => low + random() * (high - low);
  const instruments: readonly InstrumentId[] = [`X:Q${seed}`, `X:T${seed}`, `X:P${seed}`];
  const minutes = 7 + Math.floor(random() * 4);
  const end = START + minutes * MINUTE;
  const tape = randomTape(instruments, {start: START, minutes, random});
  const bars = new Map(instruments.map((id) => [id, tapeBars(tape, id)]));
  const clock = orderedClock(tapeEffects({start: START + between(0, MINUTE), speed: SPEED}));
  const {effects} = clock;
  const until = (time: number) => new Promise<void>((resolve) => effects.after(time - effects.now(), resolve));
  const outage = between(START + MINUTE, end);
  const outages = random() < 0.7 ? [{start: outage, end: outage + between(1_000, 80_000), isMute: random() < 0.5}] : [];
  const delays = new Map<string, number>();
  for (const tick of tape) delays.set(placeOf(tick), random() < 0.3 ? between(0, 1_000) : 0);
  const pull =
    (id: InstrumentId) =>
    async (from: number, to: number): Promise<Bar[]> => {
      if (random() < 0.2) throw new Error("history is down");
      return bars
        .get(id)!
        .filter((bar) => bar.time >= from && bar.time < to && bar.time + MINUTE + 1_000 <= clock.now());
    };
  let boots = 0;
  let port = 0;

  async function startSidecar() {
    const hub = createHub();
    const folder = join(db.folder, `journal-${seed}`);
    const store = await openStore({url: db.url, folder, instruments: new Set(instruments)}, effects);
    const origin = historyOrigin(roundTheClock, clock.now());
    const followed = instruments.map((id) => ({id, calendar: roundTheClock, pull: pull(id), origin}));
    const known = await withKnown(followed, store.minutes, clock.now());
    const feeds = [
      createTapeFeed(
        {tape, outages, latencyMs: 500, repeated: 3, delayOf: (tick: Tick) => delays.get(placeOf(tick))!},
        clock
      )
    ];
    const market = openMarket({feeds, instruments: known, hub, limits, store: store.status}, effects);
    store.follow(hub);
    const context = {hub, limits, simulated: true, boot: `boot-${++boots}`, now: effects.now, origins: []};
    const health = () => ({feeds: market.status(), store: store.status()});
    const server = await listen({...context, host: "127.0.0.1", port, health});
    port = Number(new URL(server.url).port);
    const stop = async () => {
      await server.close();
      await market.stop();
      await store.close();
    };
    return {url: server.url, store, stop};
  }

  let sidecar = await startSidecar();
  const sockets = new Set<WebSocket>();
  const isBinary = seed % 2 === 0;
  const open = (url: string, protocols: readonly string[]) => {
    const socket = new WebSocket(url, isBinary ? [...protocols] : []);
    socket.on("message", (_, isFrameBinary) => {
      frames[isFrameBinary ? "bytes" : "json"] += 1;
    });
    sockets.add(socket);
    return socket as Socket;
  };
  const after = (delayMs: number, task: () => void) => defaultClientEffects.after(Math.min(delayMs, 50), task);
  await until(between(clock.now(), START + (minutes / 2) * MINUTE));
  const page = openSeamPage(
    {url: sidecar.url, instruments, bars, taken: between(START, clock.now()), start: START, hasTicks: true},
    {...defaultClientEffects, after, open}
  );
  const plan: [number, () => Promise<unknown>][] = [];
  if (random() < 0.6)
    plan.push([
      between(START + MINUTE, end),
      async () => {
        await sidecar.stop();
        await until(clock.now() + between(500, 60_000));
        sidecar = await startSidecar();
      }
    ]);
  if (random() < 0.6) plan.push([between(START + MINUTE, end), () => db.stop().then(() => db.start())]);
  if (random() < 0.8)
    plan.push([between(START + MINUTE, end), async () => sockets.forEach((socket) => void socket.terminate())]);
  for (const [time, act] of plan.sort(([a], [b]) => a - b)) {
    await until(time);
    await act();
  }
  await until(end + 30_000);
  for (const id of instruments) {
    const {join: joined} = page.joins.get(id)!;
    const shown = () => {
      const {bars: all, forming} = joined.series();
      return toBars(all).slice(0, all.length - (forming ? 1 : 0));
    };
    await expect.poll(() => shown().length, {timeout: 15_000}).toBe(bars.get(id)!.length);
    expect(shown(), `seed ${seed}, ${id}`).toEqual(bars.get(id));
    expect(joined.series().differences, `seed ${seed}, ${id}`).toEqual([]);
  }
  const [told, played] = [countOf(page.ticks), countOf(tape)];
  for (const [key, count] of told) expect(count, `seed ${seed}, tick ${key}`).toBeLessThanOrEqual(played.get(key) ?? 0);
  expect(page.ticks.length).toBeGreaterThan(0);
  for (const id of instruments) {
    await expect.poll(async () => (await db.bars(id)).length, {timeout: 15_000}).toBe(bars.get(id)!.length);
    expect(await db.bars(id), `seed ${seed}, ${id} stored`).toEqual(bars.get(id));
  }
  await expect.poll(() => sidecar.store.status(), {timeout: 15_000}).toMatchObject({waiting: 0, connected: true});
  page.client.close();
  await sidecar.stop();
}

/** How often each tick is there, but for when it was received. */
function countOf(ticks: readonly Tick[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const {receivedTime: _, ...tick} of ticks) {
    const key = JSON.stringify(Object.entries(tick).sort());
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Ticks of one instrument and time overtake others together. */
function placeOf({instrument, eventTime}: Tick): string {
  return `${instrument} ${eventTime}`;
}

describe("the seam over real sockets", () => {
  it.each(Array.from({length: cases}, (_, i) => i + 1))(
    "is the tape's own bars on the page and in the database, whatever restarts: case %i",
    playSocketCase,
    60_000
  );

  it("were told in bytes and in JSON", () => {
    expect(frames.bytes).toBeGreaterThan(cases);
    expect(frames.json).toBeGreaterThan(cases);
  });
});
