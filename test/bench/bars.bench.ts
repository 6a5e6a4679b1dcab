import {cascadeBars} from "../../services/analytics/bars/cascade-bars.js";
import type {ResampledBars} from "../../services/analytics/bars/resampled-bars.js";
import type {TickTable} from "../../services/analytics/bars/tick-table.js";
import type {Timeframe} from "../../services/domain/timeframe.js";
import {groupBars, type Level, loadTicks} from "./duckdb-ticks.js";
import {exchange, sessionTicks} from "./market.js";
import {type Bench, compare} from "./measure.js";

const levels: readonly Level[] = [
  {timeframe: "1s"},
  {timeframe: "1m", from: "1s"},
  {timeframe: "3m", from: "1m"},
  {timeframe: "5m", from: "1m"},
  {timeframe: "15m", from: "5m"},
  {timeframe: "1h", from: "15m"}
];
const timeframes: Timeframe[] = levels.map(({timeframe}) => timeframe);
const instruments = 50;
const length = 10_000_000;

/** Ticks of a session into bars of six timeframes, beside DuckDB's group by and beside reading the ticks. */
export default {
  name: "bars",
  async run() {
    const ticks = sessionTicks(length, instruments);
    const connection = await loadTicks(ticks);
    const path = "ticks → 1s → 1m 3m 5m 15m 1h, 10 M of 50";
    const ours = () => cascade(ticks);
    const pair = {path, unit: "ns/tick", perMs: 1e6 / length, ours};
    const theirs = () => groupBars(connection, levels);
    return [
      await compare({...pair, peer: "DuckDB, two threads", theirs, least: 3, rounds: 5}),
      await compare({
        ...pair,
        peer: "reading the four columns",
        theirs: () => readAll(ticks),
        most: 4.5,
        clock: "cpu",
        warmups: 1,
        rounds: 11
      })
    ];
  },
  async check() {
    const ticks = sessionTicks(60_000, 7);
    const connection = await loadTicks(ticks);
    await groupBars(connection, levels);
    const ours = cascade(ticks, 7);
    for (const [i, timeframe] of timeframes.entries()) {
      const reader = await connection.runAndReadAll(
        `select instrument, start, open, high, low, close, volume from bars_${timeframe} order by instrument, start`
      );
      const theirs = reader.getRows().map((row) => row.map(Number).join());
      const mine = ours.flatMap((made, instrument) => rowsOf(made[i]!).map((row) => [instrument, ...row].join()));
      if (mine.length === 0 || mine.join("\n") !== theirs.join("\n"))
        throw new Error(`${timeframe}: ${mine.length} bars of ours are not DuckDB's ${theirs.length}`);
    }
    connection.closeSync();
  }
} satisfies Bench;

function cascade(ticks: TickTable, count = instruments): ResampledBars[][] {
  return cascadeBars(ticks, {calendars: new Array(count).fill(exchange), timeframes});
}

function rowsOf({length, time, open, high, low, close, volume}: ResampledBars): number[][] {
  return Array.from({length}, (_, i) => [time[i]!, open[i]!, high[i]!, low[i]!, close[i]!, volume[i]!]);
}

/** Each column added up, one after the other. */
function readAll({time, instrument, price, volume}: TickTable): number {
  return addUp(time) + addUp(price) + addUp(volume) + addUpPlaces(instrument);
}

function addUp(column: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < column.length; ++i) sum += column[i]!;
  return sum;
}

function addUpPlaces(column: Uint16Array): number {
  let sum = 0;
  for (let i = 0; i < column.length; ++i) sum += column[i]!;
  return sum;
}
