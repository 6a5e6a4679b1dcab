import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {WebSocket} from "ws";
import {type Client, createClient} from "../../components/live/client.js";
import {defaultClientEffects, type Socket} from "../../components/live/client-effects.js";
import {createJoin} from "../../components/live/join-series.js";
import {toBarSeries, toBars} from "../../services/domain/bar.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import type {Tick} from "../../services/domain/tick.js";
import type {BarEvent, TopicEvent} from "../../services/domain/wire.js";
import {type SidecarProcess, startLiveVenues} from "./live-venues.js";

const MINUTE = 60_000;
// Seven seconds before a minute ends, in a session of both venues.
const START = Date.UTC(2026, 10, 18, 6, 29, 53);
const SESSION_OPEN = Date.UTC(2026, 10, 18, 3, 45);
const instruments: readonly InstrumentId[] = ["MT5:EURUSD", "NSE:INFY"];
const minutesPlayed = process.env["TAPEBOOK_VERIFY"] ? 5 : 0;

describe("a sidecar process, a client and simulated venues", () => {
  let venues: Awaited<ReturnType<typeof startLiveVenues>>;
  let sidecar: SidecarProcess;
  let client: Client;
  const events: TopicEvent[] = [];

  const ticksOf = (id: InstrumentId) => {
    const ticks = events.flatMap((event) =>
      event.type === "tick" && event.tick.instrument === id ? [event.tick] : []
    );
    return ticks as Tick[];
  };
  const barsOf = (id: InstrumentId) => {
    return events.filter((event): event is BarEvent => event.type === "bar" && event.topic === `bar:${id}:1m`);
  };
  const tapeBars = (id: InstrumentId, end: number) => {
    return toBars(venues.tape.of(id).minuteBars(SESSION_OPEN, end, venues.now())).filter(
      ({time}) => time + MINUTE <= end
    );
  };
  /** The tape's bars joined to what came, from a snapshot that ends ten minutes before the start. */
  const joinedBars = (id: InstrumentId, end: number) => {
    const snapshot = toBarSeries(tapeBars(id, START - 10 * MINUTE));
    const join = createJoin(snapshot, {timeframe: "1m"});
    join.apply(barsOf(id));
    const {bars, differences, forming} = join.series();
    return {
      bars: toBars(bars).filter(({time}) => time >= SESSION_OPEN && time + MINUTE <= end && time !== forming?.time),
      differences
    };
  };
  const until = (time: number) => new Promise((resolve) => setTimeout(resolve, time - venues.now()));
  const floor = (time: number) => time - (time % MINUTE);

  /** Every bar of the tape that was over at *end* has come, and as the tape has it. */
  async function expectWhole(end: number): Promise<void> {
    for (const id of instruments) {
      await expect
        .poll(() => joinedBars(id, end).bars.length, {timeout: 20_000, interval: 200})
        .toBe(tapeBars(id, end).length);
      expect(joinedBars(id, end)).toEqual({bars: tapeBars(id, end), differences: []});
    }
  }

  beforeAll(async () => {
    venues = await startLiveVenues(START);
    sidecar = await venues.startSidecar();
    const open = (url: string) => new WebSocket(url) as Socket;
    const topics = instruments.flatMap((id) => [`tick:${id}`, `bar:${id}:1m`] as const);
    const since = Object.fromEntries(instruments.map((id) => [`bar:${id}:1m`, START - 10 * MINUTE]));
    const after = (delayMs: number, task: () => void) => defaultClientEffects.after(Math.min(delayMs, 200), task);
    client = createClient({url: sidecar.url, topics, since, effects: {...defaultClientEffects, after, open}});
    client.listen({onEvents: (fresh) => events.push(...fresh)});
  }, 60_000);
  afterAll(async () => {
    client?.close();
    await venues?.stop();
  });

  it("gives the tick that the bridge sent: every one, once, in order", async () => {
    await expect.poll(() => ticksOf("MT5:EURUSD").length, {timeout: 20_000}).toBeGreaterThan(2);
    const got = ticksOf("MT5:EURUSD");
    const sent = venues.tape.of("MT5:EURUSD").ticks(got[0]!.eventTime, got.at(-1)!.eventTime + 1);
    expect(got.map((tick) => tick.type === "quote" && [tick.eventTime, tick.bid, tick.ask])).toEqual(
      sent.map(({time, bid, ask}) => [time, bid, ask])
    );
  });

  it("gives the tick that Kite sent: every one, once, in order, to the second as Kite tells it", async () => {
    await expect.poll(() => ticksOf("NSE:INFY").length, {timeout: 20_000}).toBeGreaterThan(2);
    const got = ticksOf("NSE:INFY").map(
      (tick) => tick.type === "trade" && [tick.eventTime, tick.price, tick.dayVolume]
    );
    const sent = venues.tape.of("NSE:INFY").ticks(START - MINUTE, venues.now());
    const first = sent.findIndex(({dayVolume}) => dayVolume === (got[0] as number[])[2]);
    const asSent = sent.slice(first).map(({time, price, dayVolume}) => [time - (time % 1_000), price, dayVolume]);
    expect(got).toEqual(asSent.slice(0, got.length));
  });

  it("joins to the tape's own bars, the minute of its start healed and not guessed", async () => {
    const startMinute = floor(START);
    await until(startMinute + MINUTE);
    await expectWhole(startMinute + MINUTE);
    for (const id of instruments) {
      const [first] = barsOf(id).filter(({bar, final}) => final && bar.time === startMinute);
      expect(first?.healed).toBe(true);
      const partial = barsOf(id).filter(({bar, final}) => !final && bar.time === startMinute);
      expect(partial.every((event) => event.partial)).toBe(true);
    }
  }, 60_000);

  it("goes on by itself after the sidecar was killed, with nothing lost and nothing doubled", async () => {
    sidecar.child.kill("SIGKILL");
    expect(await sidecar.ended).toBe("SIGKILL");
    await expect.poll(() => client.state.connection).not.toBe("open");
    const before = client.state.boot;
    sidecar = await venues.startSidecar(Number(new URL(sidecar.url).port));
    await expect.poll(() => client.state.connection, {timeout: 20_000}).toBe("open");
    expect(client.state.boot).not.toBe(before);
    const count = ticksOf("MT5:EURUSD").length;
    await expect.poll(() => ticksOf("MT5:EURUSD").length, {timeout: 20_000}).toBeGreaterThan(count + 2);
    const times = ticksOf("MT5:EURUSD").map(({eventTime}) => eventTime);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    await expectWhole(floor(START) + MINUTE);
  }, 60_000);

  it.runIf(minutesPlayed > 0)(
    `stays whole through ${minutesPlayed} minutes of faults at the venues`,
    async () => {
      for (let minute = 0; minute < minutesPlayed; ++minute) {
        const end = floor(venues.now()) + MINUTE;
        await until(end - 20_000 * ((minute % 3) + 1) + 5_000 * minute);
        if (minute % 2 === 0) venues.kite.faults.set({kind: "mute-data"});
        else venues.bridge.faults.set({kind: "unavailable", path: "/ticks", count: 12});
        await until(end + 15_000);
        venues.kite.faults.clear();
      }
      const end = floor(venues.now());
      await until(end + 2 * MINUTE);
      await expectWhole(end);
      expect(barsOf("MT5:EURUSD").some(({final, healed}) => final && !healed)).toBe(true);
    },
    1_200_000
  );

  it("tells its client when it is asked to stop, and ends well", async () => {
    const errors: (string | null)[] = [];
    client.listen({onState: ({lastError}) => errors.push(lastError)});
    sidecar.child.kill("SIGTERM");
    expect(await sidecar.ended).toBe(0);
    await expect.poll(() => errors).toContain("sidecar is stopping (1001)");
  }, 30_000);
});
