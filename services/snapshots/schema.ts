/** What a column holds: a moment in milliseconds, a double, a whole number, or text. */
export type ColumnType = "time" | "number" | "count" | "text";

/** One column of a data set. Required unless `optional`: a hole is NULL, never zero. */
export interface ColumnSpec {
  readonly name: string;
  readonly type: ColumnType;
  /** As it stands in the file's metadata; `price` and `money` become the currency where one is known. */
  readonly unit: string;
  readonly optional?: true;
}

/** The columns of one kind of file, and the version by which a reader knows them. */
export interface SnapshotSchema {
  readonly name: string;
  readonly columns: readonly ColumnSpec[];
}

const moment = "ms since 1970-01-01T00:00:00Z";

/** Bars, one file per instrument and timeframe; `time` is when the bar opened. */
export const barsSchema: SnapshotSchema = {
  name: "bars/1",
  columns: [
    {name: "time", type: "time", unit: moment},
    {name: "open", type: "number", unit: "price"},
    {name: "high", type: "number", unit: "price"},
    {name: "low", type: "number", unit: "price"},
    {name: "close", type: "number", unit: "price"},
    {name: "volume", type: "number", unit: "ticks, shares or contracts, as the venue counts"}
  ]
};

/** Ticks of one instrument, oldest first. A price that a tick does not state is NULL. */
export const ticksSchema: SnapshotSchema = {
  name: "ticks/1",
  columns: [
    {name: "time", type: "time", unit: moment},
    {name: "bid", type: "number", unit: "price", optional: true},
    {name: "ask", type: "number", unit: "price", optional: true},
    {name: "last", type: "number", unit: "price", optional: true},
    {name: "volume", type: "number", unit: "shares or contracts dealt at last"}
  ]
};

/** Bars of several instruments in one table: an instrument after another, oldest first. */
export const allBarsSchema: SnapshotSchema = {
  name: "all-bars/1",
  columns: [{name: "instrument", type: "text", unit: "VENUE:SYMBOL"}, ...barsSchema.columns]
};

/** Bars as they are kept, of several instruments and timeframes, one series after another, oldest first: for SQL. */
export const keptBarsSchema: SnapshotSchema = {
  name: "kept-bars/1",
  columns: [
    {name: "instrument", type: "text", unit: "VENUE:SYMBOL"},
    {name: "timeframe", type: "text", unit: "as 5m"},
    ...barsSchema.columns
  ]
};

/** Ticks of several instruments, an instrument after another, oldest first: for SQL. */
export const allTicksSchema: SnapshotSchema = {
  name: "all-ticks/1",
  columns: [{name: "instrument", type: "text", unit: "VENUE:SYMBOL"}, ...ticksSchema.columns]
};

/** Bars around an account's round trips, of several instruments and timeframes, one after another, oldest first. */
export const tripBarsSchema: SnapshotSchema = {
  name: "trip-bars/1",
  columns: [
    {name: "instrument", type: "text", unit: "VENUE:SYMBOL"},
    {name: "timeframe", type: "text", unit: "as 5m"},
    ...barsSchema.columns
  ]
};

/** An account's deals. What only a trade has is NULL for money paid in or out. */
export const dealsSchema: SnapshotSchema = {
  name: "deals/1",
  columns: [
    {name: "ticket", type: "text", unit: "broker's number"},
    {name: "time", type: "time", unit: moment},
    {name: "type", type: "text", unit: "buy, sell or balance"},
    {name: "entry", type: "text", unit: "in, out, inout or out-by", optional: true},
    {name: "instrument", type: "text", unit: "VENUE:SYMBOL", optional: true},
    {name: "position", type: "text", unit: "broker's number", optional: true},
    {name: "volumeLots", type: "number", unit: "lots", optional: true},
    {name: "price", type: "number", unit: "price", optional: true},
    {name: "stopPrice", type: "number", unit: "price", optional: true},
    {name: "profitMinor", type: "count", unit: "money"},
    {name: "commissionMinor", type: "count", unit: "money"},
    {name: "swapMinor", type: "count", unit: "money"},
    {name: "feeMinor", type: "count", unit: "money"},
    {name: "currency", type: "text", unit: "ISO 4217"}
  ]
};

/** An account's open positions at the moment its state was taken. */
export const positionsSchema: SnapshotSchema = {
  name: "positions/1",
  columns: [
    {name: "ticket", type: "text", unit: "broker's number"},
    {name: "instrument", type: "text", unit: "VENUE:SYMBOL"},
    {name: "side", type: "text", unit: "buy or sell"},
    {name: "volumeLots", type: "number", unit: "lots"},
    {name: "openTime", type: "time", unit: moment},
    {name: "openPrice", type: "number", unit: "price"},
    {name: "currentPrice", type: "number", unit: "price"},
    {name: "stopPrice", type: "number", unit: "price", optional: true},
    {name: "profitMinor", type: "count", unit: "money"},
    {name: "currency", type: "text", unit: "ISO 4217"}
  ]
};

/** Daily closes of several instruments; `time` is when the session closed and the price could first be known. */
export const closesSchema: SnapshotSchema = {
  name: "closes/1",
  columns: [
    {name: "instrument", type: "text", unit: "VENUE:SYMBOL"},
    {name: "time", type: "time", unit: moment},
    {name: "close", type: "number", unit: "price"}
  ]
};

/** Names of a file's own key-value metadata. */
export const metadataKeys = {
  schema: "tapebook.schema",
  dataset: "tapebook.dataset",
  zone: "tapebook.zone",
  units: "tapebook.units",
  lineage: "tapebook.lineage",
  state: "tapebook.state",
  stated: "tapebook.stated",
  leftOut: "tapebook.left-out",
  seal: "tapebook.crc32"
} as const;
