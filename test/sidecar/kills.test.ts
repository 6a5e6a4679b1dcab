import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {resampleBars} from "../../services/analytics/bars/resample-bars.js";
import {trendStarts} from "../../services/analytics/structure/trend-starts/trend-starts.js";
import {type Bar, toBarSeries, toBars} from "../../services/domain/bar.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import type {StatusEvent} from "../../services/domain/wire.js";
import {historyOrigin} from "../../services/sidecar/market.js";
import {type SidecarProcess, startLiveVenues, storeSettings} from "./live-venues.js";
import {type StoppableDatabase, startStoppable} from "./store-kit.js";

const MINUTE = 60_000;
// Twelve seconds before a minute ends, in a session of both venues.
const START = Date.UTC(2026, 10, 18, 6, 29, 48);
const instruments: readonly InstrumentId[] = ["MT5:EURUSD", "NSE:INFY"];
const kills = process.env["TAPEBOOK_VERIFY"] ? 10 : 4;

describe(`a sidecar that is killed ${kills} times, its database stopped meanwhile`, () => {
  let venues: Awaited<ReturnType<typeof startLiveVenues>>;
  let db: StoppableDatabase;
  let sidecar: SidecarProcess;
  const heard: string[][] = [];

  beforeAll(async () => {
    db = await startStoppable();
    heard.push(await db.listen("ohlc_update"));
    venues = await startLiveVenues(START, {settings: storeSettings, env: {DATABASE_URL: db.url}});
  }, 60_000);
  afterAll(async () => {
    await venues?.stop();
    await db?.close();
  });

  const health = async () => {
    const reply = await fetch(`${sidecar.url.replace("ws:", "http:")}/healthz`);
    return (await reply.json()) as Required<Pick<StatusEvent, "feeds" | "store">>;
  };
  const rows = async () => {
    const [found] = await db.query<{n: number}>("select count(*)::int as n from ohlc_bars").catch(() => [{n: 0}]);
    return found!.n;
  };
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const tapeMinutes = (id: InstrumentId, end: number): Bar[] => {
    const origin = historyOrigin(venues.calendars[id === "NSE:INFY" ? "nse" : "fx"]!, START);
    return toBars(venues.tape.of(id).minuteBars(origin, end, venues.now())).filter(({time}) => time + MINUTE <= end);
  };

  it("loses no bar and doubles none, in the database or on the channel, and each is as the tape has it", async () => {
    for (let kill = 0; kill < kills; ++kill) {
      sidecar = await venues.startSidecar();
      const before = await rows();
      await expect.poll(async () => (await rows()) > before || before > 1_000, {timeout: 15_000}).toBe(true);
      if (kill === 1) {
        await db.stop();
        await expect.poll(async () => (await health()).store.lastError, {timeout: 15_000}).toMatch(/^database: /);
      }
      await wait((kill % 3) * 60);
      sidecar.child.kill("SIGKILL");
      expect(await sidecar.ended).toBe("SIGKILL");
      if (kill === 1) {
        await db.start();
        heard.push(await db.listen("ohlc_update"));
      }
    }
    sidecar = await venues.startSidecar();
    const end = START - (START % MINUTE) + MINUTE;
    await wait(Math.max(0, end + 6_000 - venues.now()));
    for (const id of instruments) {
      const stored = async () => (await db.bars(id)).filter(({time}) => time + MINUTE <= end);
      await expect.poll(async () => (await stored()).length, {timeout: 30_000}).toBe(tapeMinutes(id, end).length);
      expect(await stored()).toEqual(tapeMinutes(id, end));
    }
    await expect
      .poll(async () => (await health()).store, {timeout: 20_000})
      .toMatchObject({waiting: 0, lastError: null});
    expect((await health()).feeds.map(({connected}) => connected)).toEqual([true, true]);
    const keys = () =>
      heard.flat().map((text) => {
        const {contract_id, timestamp, timeframe_unit, timeframe_value} = JSON.parse(text) as Record<string, unknown>;
        return [contract_id, timestamp, timeframe_unit, timeframe_value].join(" ");
      });
    await expect.poll(async () => keys().length - (await rows())).toBe(0);
    expect(keys().length).toBe(new Set(keys()).size);
    expect(keys().length).toBeGreaterThan(1_000);
  }, 120_000);

  it("stored every longer bar as the minutes make it, and each signal once", async () => {
    const end = START - (START % MINUTE) - ((START - (START % MINUTE)) % (5 * MINUTE));
    for (const id of instruments) {
      const calendar = venues.calendars[id === "NSE:INFY" ? "nse" : "fx"]!;
      const fives = toBars(resampleBars(toBarSeries(tapeMinutes(id, end)), "5m", calendar, {asOf: end}));
      const stored = await db.query<{time: number; close: number; volume: number}>(
        `select (extract(epoch from timestamp) * 1000)::float8 as time, close, volume::float8 as volume from ohlc_bars
         where contract_id = $1 and timeframe_unit = 2 and timeframe_value = 5 and timestamp < to_timestamp($2::float8)
         order by timestamp`,
        [id, end / 1000]
      );
      expect(stored).toEqual(fives.map(({time, close, volume}) => ({time, close, volume})));
      const found = trendStarts(toBarSeries(fives)).map(({type, time}) => `${type} ${time}`);
      await expect
        .poll(
          async () => {
            const signals = await db.query<{text: string}>(
              `select signal_type || ' ' || (extract(epoch from timestamp) * 1000)::bigint as text from detected_signals
               where contract_id = $1 and timeframe = '5m' and trigger_timestamp <= to_timestamp($2::float8)`,
              [id, end / 1000]
            );
            return signals.map(({text}) => text).sort();
          },
          {timeout: 15_000}
        )
        .toEqual([...found].sort());
      expect(found.length).toBeGreaterThan(5);
    }
  }, 40_000);
});
