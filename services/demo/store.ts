import pg from "pg";
import {type BarSeries, barColumns, createBarSeries} from "../domain/bar.js";
import {DAY_MS, type EpochMs, MINUTE_MS} from "../domain/time.js";
import type {Timeframe} from "../domain/timeframe.js";
import {insertBars} from "../sources/postgres/insert-bars.js";
import {migrate} from "../sources/postgres/migrate.js";
import {timeframeKey} from "../sources/postgres/schema.js";
import {isMissing} from "./defects.js";
import {dropStale} from "./stale.js";
import type {Tape} from "./tape/tape.js";

/** The instrument that the store holds. */
const storedInstrument = "CFD:US500";
/** The name of that instrument in the database. */
const storedContract = "US500";

const kept = {"1m": 62, "1d": 740} as const;
const sampleRows = 300;

/**
 * Fills the demo's database, through the real schema, with the closed bars of the index: its minutes, and its days.
 * Bars that are there already stay; if they are not the tape's, or lie after *now*, they go first.
 *
 * @param hasGap whether the minutes of the planted gap are left out
 * @returns rows added
 */
export async function fillStore(url: string, tape: Tape, now: EpochMs, hasGap: boolean): Promise<number> {
  await migrate(url);
  const client = new pg.Client({connectionString: url});
  await client.connect();
  try {
    const whole = tape.of(storedInstrument).minuteBars(now - kept["1m"] * DAY_MS, now - MINUTE_MS + 1, now);
    const minutes = hasGap ? withoutGaps(whole) : whole;
    const days = closedDays(tape, now);
    await dropStale(client, {contract: storedContract, isOtherTape: await isOther(client, whole), now});
    return (await bring(client, "1m", minutes)) + (await bring(client, "1d", days));
  } finally {
    await client.end();
  }
}

function closedDays(tape: Tape, now: EpochMs): BarSeries {
  const one = tape.of(storedInstrument);
  const days = one.dayBars(now - kept["1d"] * DAY_MS, now, now);
  const {sessions} = one.levels;
  return pick(days, (time) => sessions.at(sessions.numberAt(time)).close <= now);
}

function withoutGaps(bars: BarSeries): BarSeries {
  return pick(bars, (time) => !isMissing(storedInstrument, time));
}

function pick(bars: BarSeries, isWanted: (time: EpochMs) => boolean): BarSeries {
  const rows = [...bars.time.keys()].filter((i) => isWanted(bars.time[i]!));
  const picked = createBarSeries(rows.length);
  for (const name of barColumns) picked[name].set(rows.map((row) => bars[name][row]!));
  return picked;
}

/** Whether the newest stored minute that the tape has too is another. */
async function isOther(client: pg.Client, {time, close}: BarSeries): Promise<boolean> {
  const {rows} = await client.query<{time: number; close: number}>(
    `select extract(epoch from timestamp)::float8 * 1000 as time, close from ohlc_bars
     where contract_id = $1 and timeframe_unit = 2 and timeframe_value = 1 and timestamp <= to_timestamp($2::float8 / 1000)
     order by timestamp desc limit 1`,
    [storedContract, time.at(-1) ?? 0]
  );
  const [last] = rows;
  return last !== undefined && close[time.indexOf(last.time)] !== last.close;
}

/** Adds what is not there yet; begins anew where what is there is not the tape's. */
async function bring(client: pg.Client, timeframe: Timeframe, bars: BarSeries): Promise<number> {
  const last = await lastKept(client, timeframe, bars);
  if (last !== undefined)
    return insertBars(
      client,
      storedContract,
      timeframe,
      pick(bars, (time) => time > last)
    );
  const {unit, value} = timeframeKey(timeframe);
  const own = "contract_id = $1 and timeframe_unit = $2 and timeframe_value = $3";
  await client.query(`delete from ohlc_bars where ${own}`, [storedContract, unit, value]);
  return insertBars(client, storedContract, timeframe, bars);
}

/**
 * The last bar that is there, if the newest rows are the tape's own and as many are there as there should be; `undefined`
 * if not, or if there are none.
 */
async function lastKept(client: pg.Client, timeframe: Timeframe, bars: BarSeries): Promise<EpochMs | undefined> {
  const {unit, value} = timeframeKey(timeframe);
  const {rows} = await client.query<{time: number; close: number; volume: string}>(
    `select extract(epoch from timestamp)::float8 * 1000 as time, close, volume from ohlc_bars
     where contract_id = $1 and timeframe_unit = $2 and timeframe_value = $3 order by timestamp desc limit ${sampleRows}`,
    [storedContract, unit, value]
  );
  const known = new Map(Array.from(bars.time, (time, i) => [time, i]));
  const isOurs = ({time, close, volume}: (typeof rows)[number]) => {
    const i = known.get(time);
    return i !== undefined && bars.close[i] === close && bars.volume[i] === Number(volume);
  };
  const last = rows.every(isOurs) ? rows[0]?.time : undefined;
  if (last === undefined) return undefined;
  const {rows: counted} = await client.query<{n: number}>(
    `select count(*)::int as n from ohlc_bars
     where contract_id = $1 and timeframe_unit = $2 and timeframe_value = $3 and timestamp >= to_timestamp($4::float8 / 1000)`,
    [storedContract, unit, value, bars.time[0]]
  );
  return counted[0]?.n === bars.time.filter((time) => time <= last).length ? last : undefined;
}
