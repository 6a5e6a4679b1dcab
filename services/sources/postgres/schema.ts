import {parseTimeframe, type Timeframe, type TimeframeUnit} from "../../domain/timeframe.js";

/**
 * The tables, as deployed: each statement makes what is not there and leaves alone what is. `timeframe_unit` is 1
 * second, 2 minute, 3 hour, 4 day, 5 week, 6 month.
 */
export const schemaStatements: readonly string[] = [
  `create table if not exists ohlc_bars (
    contract_id text not null,
    timestamp timestamptz not null,
    open double precision not null,
    high double precision not null,
    low double precision not null,
    close double precision not null,
    volume bigint,
    timeframe_unit int not null,
    timeframe_value int not null,
    primary key (contract_id, timestamp, timeframe_unit, timeframe_value)
  )`,
  `create table if not exists detected_signals (
    signal_id serial primary key,
    analyzer_id text not null,
    timestamp timestamptz not null,
    trigger_timestamp timestamptz not null default now(),
    contract_id text not null,
    timeframe text not null,
    signal_type text not null,
    signal_price double precision,
    signal_open double precision,
    signal_high double precision,
    signal_low double precision,
    signal_close double precision,
    signal_volume bigint,
    details jsonb,
    unique (analyzer_id, contract_id, timeframe, timestamp, signal_type)
  )`,
  `create table if not exists analyzer_watermarks (
    analyzer_id text not null,
    contract_id text not null,
    timeframe text not null,
    last_processed_timestamp timestamptz not null,
    primary key (analyzer_id, contract_id, timeframe)
  )`
];

const textTypes = ["text", "character varying"];
const timeTypes = ["timestamp with time zone"];
const priceTypes = ["double precision", "numeric", "real"];
const countTypes = ["bigint", "integer", "double precision", "numeric"];

/** What a table must have, whoever made it: the columns that are read or written, and their types as PostgreSQL names them. */
export const expectedColumns: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  ohlc_bars: {
    contract_id: textTypes,
    timestamp: timeTypes,
    open: priceTypes,
    high: priceTypes,
    low: priceTypes,
    close: priceTypes,
    volume: countTypes,
    timeframe_unit: ["integer", "smallint", "bigint"],
    timeframe_value: ["integer", "smallint", "bigint"]
  },
  detected_signals: {
    analyzer_id: textTypes,
    timestamp: timeTypes,
    trigger_timestamp: timeTypes,
    contract_id: textTypes,
    timeframe: textTypes,
    signal_type: textTypes,
    signal_price: priceTypes,
    signal_open: priceTypes,
    signal_high: priceTypes,
    signal_low: priceTypes,
    signal_close: priceTypes,
    signal_volume: countTypes,
    details: ["jsonb"]
  },
  analyzer_watermarks: {
    analyzer_id: textTypes,
    contract_id: textTypes,
    timeframe: textTypes,
    last_processed_timestamp: timeTypes
  }
};

/** The columns by which a row is the same as one that is there: a table without this key would take it twice. */
export const expectedKeys: Readonly<Record<string, readonly string[]>> = {
  ohlc_bars: ["contract_id", "timestamp", "timeframe_unit", "timeframe_value"],
  detected_signals: ["analyzer_id", "contract_id", "timeframe", "timestamp", "signal_type"],
  analyzer_watermarks: ["analyzer_id", "contract_id", "timeframe"]
};

const units: readonly TimeframeUnit[] = ["s", "m", "h", "d", "w", "mo"];

/** A timeframe as `ohlc_bars` keys it: `5m` is unit 2, value 5. */
export function timeframeKey(timeframe: Timeframe): {unit: number; value: number} {
  const {count, unit} = parseTimeframe(timeframe);
  return {unit: units.indexOf(unit) + 1, value: count};
}

/** The timeframe of a key in `ohlc_bars`: unit 2, value 5 is `5m`; `undefined` where there is none. */
export function timeframeOf(unit: number, value: number): string | undefined {
  const name = units[unit - 1];
  return name === undefined ? undefined : `${value}${name}`;
}
