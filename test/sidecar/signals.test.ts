import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {trendStarts} from "../../services/analytics/structure/trend-starts/trend-starts.js";
import {type Bar, toBarSeries} from "../../services/domain/bar.js";
import type {Signal} from "../../services/domain/wire.js";
import {systemEffects} from "../../services/sidecar/effects.js";
import {openSignalDatabase, type SignalDatabase} from "../../services/sidecar/signals/signal-database.js";
import {openSignalDesk} from "../../services/sidecar/signals/signal-desk.js";
import {createSignalTarget} from "../../services/sidecar/signals/signal-target.js";
import {createHub} from "../../services/sidecar/topics/hub.js";
import {openDatabase} from "../../services/sources/postgres/database.js";
import {insertBars} from "../../services/sources/postgres/insert-bars.js";
import {migrate} from "../../services/sources/postgres/migrate.js";
import {type StoppableDatabase, startStoppable} from "./store-kit.js";
import {roundTheClock, seededRandom} from "./tape.js";

const NINE = Date.UTC(2024, 0, 2, 9);
const MINUTE = 60_000;

function randomBars(count: number): Bar[] {
  const random = seededRandom(5);
  let price = 1000;
  return Array.from({length: count}, (_, i) => {
    const open = price;
    price += Math.round((random() - 0.5) * 20);
    const [high, low] = [
      Math.max(open, price) + Math.round(random() * 5),
      Math.min(open, price) - Math.round(random() * 5)
    ];
    return {time: NINE + i * MINUTE, open, high, low, close: price, volume: i};
  });
}

const bars = randomBars(400);
const told = (signals: readonly {type: string; time: number; knownAt: number; ruleType: string}[]) =>
  signals.map(({type, time, knownAt, ruleType}) => `${type} ${time} ${knownAt} ${ruleType}`);
const all = told(trendStarts(toBarSeries(bars)));

let db: StoppableDatabase;
let pool: ReturnType<typeof openDatabase>;
let database: SignalDatabase;
beforeAll(async () => {
  db = await startStoppable();
  await migrate(db.url);
  pool = openDatabase(db.url);
  database = openSignalDatabase(pool);
}, 60_000);
afterAll(async () => {
  await pool.end();
  await db.close();
});

interface Row {
  readonly signal_type: string;
  readonly time: number;
  readonly known: number;
  readonly rule: string;
}
const stored = async (instrument: string) => {
  const rows = await db.query<Row>(
    `select signal_type, (extract(epoch from timestamp) * 1000)::float8 as time,
       (extract(epoch from trigger_timestamp) * 1000)::float8 as known, details->>'rule_type' as rule
     from detected_signals where contract_id = $1 order by signal_id`,
    [instrument]
  );
  return rows.map(({signal_type, time, known, rule}) => `${signal_type} ${time} ${known - MINUTE} ${rule}`);
};

function target(instrument: "X:A" | "X:B" | "X:C" | "X:D", changes: {origin?: number; database?: SignalDatabase} = {}) {
  const signals: Signal[] = [];
  const options = {
    analyzer: "trend-starts",
    instrument,
    timeframe: "1m",
    calendar: roundTheClock,
    origin: NINE
  } as const;
  const made = createSignalTarget({...options, database, ...changes, onSignal: (signal) => signals.push(signal)});
  return {...made, signals};
}

describe("createSignalTarget", () => {
  it("finds in bars that come in any order what trendStarts finds in all at once, once they are settled", async () => {
    const {put, advance, signals} = target("X:A");
    for (let start = 0; start < bars.length; start += 20) {
      for (const bar of bars.slice(start, start + 20).reverse()) put(bar);
      await advance(NINE + (start + 15) * MINUTE);
    }
    await advance(Infinity);
    expect(told(signals)).toEqual(all);
    expect(all.length).toBeGreaterThan(20);
    expect(await stored("X:A")).toEqual(all);
  });

  it("stores the confirmed bar and its details as the contract has them", async () => {
    const [first] = await db.query(
      "select * from detected_signals where contract_id = 'X:A' order by signal_id limit 1"
    );
    const [event] = trendStarts(toBarSeries(bars));
    const bar = bars.find(({time}) => time === event!.time)!;
    expect(first).toMatchObject({
      ...{analyzer_id: "trend-starts", timeframe: "1m", signal_price: event!.price},
      ...{signal_open: bar.open, signal_high: bar.high, signal_low: bar.low, signal_close: bar.close},
      details: {
        confirmed_signal_bar_index: event!.evidence.confirmedBar,
        confirmed_signal_bar_date: new Date(bar.time).toISOString(),
        triggering_bar_index: event!.evidence.triggeringBar,
        rule_type: event!.ruleType
      }
    });
  });

  it("says the same from stored bars after a restart, and stores each once", async () => {
    await insertBars(pool, "X:B", "1m", toBarSeries(bars));
    const first = target("X:B", {origin: bars[300]!.time});
    for (const bar of bars.slice(300, 350)) first.put(bar);
    await first.advance(Infinity);
    const second = target("X:B", {origin: bars[320]!.time});
    for (const bar of bars.slice(320)) second.put(bar);
    await second.advance(Infinity);
    const since = (from: number, to: number) =>
      all.filter((text) => {
        const known = Number(text.split(" ")[2]);
        return known >= bars[from]!.time && known < (bars[to]?.time ?? Infinity);
      });
    expect(told(first.signals)).toEqual(since(300, 350));
    expect(told(second.signals)).toEqual(since(320, 400));
    expect(await stored("X:B")).toEqual(all);
  });

  it("waits while the database is away, and stores what it found meanwhile when it is back", async () => {
    const {put, advance, signals} = target("X:C");
    for (const bar of bars.slice(0, 200)) put(bar);
    await advance(Infinity);
    await db.stop();
    for (const bar of bars.slice(200)) put(bar);
    await expect(advance(Infinity)).rejects.toThrow();
    expect(told(signals)).toEqual(all);
    const cold = target("X:C");
    await expect(cold.advance(Infinity)).rejects.toThrow();
    expect(cold.signals).toEqual([]);
    await db.start();
    await expect
      .poll(
        () =>
          advance(Infinity).then(
            () => "stored",
            () => "away"
          ),
        {timeout: 20_000}
      )
      .toBe("stored");
    expect(await stored("X:C")).toEqual(all);
  }, 40_000);

  it("has each signal once in the database however often it dies in the middle of storing", async () => {
    let stored_ = 0;
    const dying: SignalDatabase = {
      ...database,
      async store(key, signals, processedTime) {
        stored_ += 1;
        if (stored_ % 3 === 1) throw new Error("died before");
        await database.store(key, signals, processedTime);
        if (stored_ % 3 === 2) throw new Error("died after");
      }
    };
    await insertBars(pool, "X:D", "1m", toBarSeries(bars));
    for (let end = 40; end <= bars.length; end += 40) {
      const {put, advance} = target("X:D", {origin: bars[Math.max(0, end - 60)]!.time, database: dying});
      for (const bar of bars.slice(Math.max(0, end - 60), end)) put(bar);
      await advance(Infinity).catch(() => {});
    }
    const last = target("X:D", {origin: bars[380]!.time});
    for (const bar of bars.slice(380)) last.put(bar);
    await last.advance(Infinity);
    expect((await stored("X:D")).sort()).toEqual([...all].sort());
  });
});

describe("openSignalDesk", () => {
  it("keeps no target waiting for one that fails, says which and why, and makes up for it", async () => {
    await db.query(`create function refuse() returns trigger language plpgsql as $$
      begin raise exception 'no room for %', new.contract_id; end $$`);
    await db.query(`create trigger refusing before insert on detected_signals
      for each row when (new.contract_id = 'X:E') execute function refuse()`);
    const hub = createHub();
    const instruments = (["X:E", "X:F"] as const).map((id) => {
      hub.open(`bar:${id}:1m`, 10);
      return {id, calendar: roundTheClock, origin: NINE, pull: () => Promise.reject(new Error("not asked for"))};
    });
    const targets = instruments.map(({id}) => ({instrument: id, timeframe: "1m"}) as const);
    const desk = openSignalDesk(
      {analyzer: "trend-starts", targets, instruments, hub, signalsKept: 1_000, settledTo: () => Infinity, database},
      systemEffects()
    );
    try {
      for (const {id} of instruments)
        for (const bar of bars) hub.publish(`bar:${id}:1m`, [{type: "bar", bar, final: true}]);
      await expect.poll(() => stored("X:F"), {timeout: 10_000}).toEqual(all);
      expect(await stored("X:E")).toEqual([]);
      expect(desk.status()).toEqual({targets: 2, failing: 1, lastError: "X:E 1m: no room for X:E"});
      await db.query("drop trigger refusing on detected_signals");
      await expect.poll(() => stored("X:E"), {timeout: 10_000}).toEqual(all);
      await expect.poll(desk.status).toEqual({targets: 2, failing: 0, lastError: null});
    } finally {
      await desk.stop();
    }
  }, 40_000);
});
